import { mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import jsQR from 'jsqr';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sawt } from '../cli-bed.ts';

const text = '[Interface]\nPrivateKey = c2VjcmV0\n';
const summary = {
  id: 'p-1',
  name: 'Madrid',
  kind: 'wireguard',
  endpoint: null,
  provider: null,
  dropped: [],
  warnings: [],
} as const;
const handlers = { 'profiles.show': () => ({ summary, text }) };

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sawt-test-'));
  file = join(folder, 'madrid.conf');
});
afterEach(() => rm(folder, { recursive: true }));

describe('sawt export', () => {
  it('writes a file that only its owner may read', async () => {
    const run = await sawt(['export', 'p-1', '--format', 'conf', '--out', file], handlers);
    expect(run).toMatchObject({ code: 0, out: '' });
    expect(await readFile(file, 'utf8')).toBe(text);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('leaves an existing file as it is, unless forced', async () => {
    await writeFile(file, 'mine, and longer than what is written over it when it is forced', { mode: 0o644 });
    const argv = ['export', 'p-1', '--format', 'conf', '--out', file];
    const run = await sawt(argv, handlers);
    expect(run.code).toBe(1);
    expect(run.err).toContain('exists already');
    expect(await readFile(file, 'utf8')).toContain('mine');
    expect((await sawt([...argv, '--force'], handlers)).code).toBe(0);
    expect(await readFile(file, 'utf8')).toBe(text);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('follows no link that somebody laid there', async () => {
    await symlink(join(folder, 'elsewhere'), file);
    expect((await sawt(['export', 'p-1', '--format', 'conf', '--out', file], handlers)).code).toBe(1);
    await expect(stat(join(folder, 'elsewhere'))).rejects.toThrow('ENOENT');
  });

  it.each([['conf'], ['qr-text'], ['qr-svg'], ['qr-png']])(
    'prints no secret as %s without being told',
    async (format) => {
      const run = await sawt(['export', 'p-1', '--format', format], handlers);
      expect(run).toMatchObject({ code: 2, out: '', calls: [] });
    },
  );

  it('prints the profile when told', async () => {
    const run = await sawt(['export', 'p-1', '--format', 'conf', '--reveal'], handlers);
    expect(run).toMatchObject({ code: 0, out: text });
  });

  it('refuses a format that the profile is not of', async () => {
    const run = await sawt(['export', 'p-1', '--format', 'ovpn', '--out', file], handlers);
    expect(run.code).toBe(1);
    await expect(stat(file)).rejects.toThrow('ENOENT');
  });

  it('makes pictures', async () => {
    const png = await sawt(['export', 'p-1', '--format', 'qr-png', '--out', file], handlers);
    expect(png.code).toBe(0);
    expect((await readFile(file)).subarray(1, 4).toString()).toBe('PNG');
    const svg = join(folder, 'madrid.svg');
    await sawt(['export', 'p-1', '--format', 'qr-svg', '--out', svg], handlers);
    expect(await readFile(svg, 'utf8')).toMatch(/^<svg/);
  });

  it('makes text that another device can read back', async () => {
    const { out } = await sawt(['export', 'p-1', '--format', 'qr-text', '--reveal'], handlers);
    expect(readBlocks(out)).toBe(text);
  });
});

/** Reads a QR code of half-height blocks as a camera would. */
function readBlocks(picture: string): string | undefined {
  const rows = picture.split('\n').filter((row) => row !== '');
  const width = Math.max(...rows.map((row) => row.length));
  const scale = 4;
  const margin = 4;
  const size = { width: (width + 2 * margin) * scale, height: (rows.length * 2 + 2 * margin) * scale };
  const pixels = new Uint8ClampedArray(size.width * size.height * 4).fill(255);
  const isDark = (x: number, y: number): boolean => {
    const block = rows[y >> 1]?.[x] ?? ' ';
    return block === '█' || block === (y % 2 === 0 ? '▀' : '▄');
  };
  for (let y = 0; y < size.height; y++)
    for (let x = 0; x < size.width; x++)
      if (isDark(Math.floor(x / scale) - margin, Math.floor(y / scale) - margin))
        pixels.fill(0, (y * size.width + x) * 4, (y * size.width + x) * 4 + 3);
  return jsQR(pixels, size.width, size.height)?.data;
}
