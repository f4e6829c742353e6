import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { HistoryNetwork, HistorySummary } from '../../../electron/api/schema.ts';
import { temporaryFolder } from '../../store/temporary-folder.ts';
import { reportWith, sawt } from '../cli-bed.ts';

const since = { verdict: 'blocked', since: '2026-11-20T12:00:00.000Z', orEarlier: true } as const;
const network: HistoryNetwork = {
  id: 'n-aaaa',
  number: 1,
  name: null,
  here: true,
  services: [
    { id: 'telegram', name: 'Telegram', messages: { ...since, verdict: 'ok' }, calls: since },
    { id: 'signal', name: 'Signal', messages: null, calls: since },
  ],
};
const entry: HistorySummary = {
  id: '20261124120000000-aaaa',
  network: 'n-aaaa',
  startedAt: '2026-11-24T12:00:00.000Z',
  state: 'online',
  tunnel: 'none',
  ownTunnel: false,
  messages: { ok: 17, blocked: 0, degraded: 0, unclear: 1 },
  calls: { ok: 1, blocked: 2, degraded: 3, unclear: 12 },
};
const listed = { networks: [network], entries: [{ ...entry, id: 'later', ownTunnel: true }, entry] };
const listing = { 'history.list': () => listed };

describe('sawt history', () => {
  it('lists networks, what is blocked there since when, and their checks', async () => {
    const run = await sawt(['history'], listing);
    expect(run).toMatchObject({ code: 0, err: '' });
    expect(run.out).toContain('Network 1 (you are here)  n-aaaa');
    expect(run.out).toMatch(/calls blocked since 2026-11-20 \d\d:\d\d or earlier: Telegram, Signal/);
    expect(run.out).toMatch(/messages: 17 work +calls: 1 works, 2 blocked, 3 hindered +through Sawt +later/);
    expect(run.out).toContain(entry.id);
    expect(run.out).not.toContain('messages works since');
  });

  it('prints them as JSON, and nothing else', async () => {
    const run = await sawt(['history', '--json'], listing);
    expect(JSON.parse(run.out)).toEqual(listed);
    expect(run.err).toBe('');
  });

  it('says when nothing was checked yet', async () => {
    const run = await sawt(['history'], { 'history.list': () => ({ networks: [], entries: [] }) });
    expect(run).toMatchObject({ code: 0, out: '' });
    expect(run.err).toContain('sawt check');
  });

  it('says of a check without a network what there was instead', async () => {
    const offline = { ...entry, state: 'offline' as const };
    const run = await sawt(['history'], { 'history.list': () => ({ networks: [network], entries: [offline] }) });
    expect(run.out).toContain('This computer is offline');
    expect(run.out).not.toContain('17 work');
  });

  it('knows no other word', async () => {
    expect(await sawt(['history', 'lsit'], listing)).toMatchObject({ code: 2, out: '', calls: [] });
  });
});

describe('sawt history show and compare', () => {
  it('shows one check as it was', async () => {
    const report = reportWith('ok', 'blocked');
    const showing = { 'history.show': () => ({ entry, report }) };
    expect((await sawt(['history', 'show', entry.id], showing)).out).toMatch(/^2026-11-24[^]*Telegram +works +blocked/);
    expect(JSON.parse((await sawt(['history', 'show', entry.id, '--json'], showing)).out)).toEqual(report);
  });

  it('compares two', async () => {
    const comparison = {
      before: reportWith('ok', 'blocked'),
      after: reportWith('ok', 'ok'),
      services: [{ id: 'telegram', name: 'Telegram', messages: 'same-ok', calls: 'fixed' }],
    };
    const run = await sawt(['history', 'compare', 'a', 'b'], { 'history.compare': () => comparison });
    expect(run.calls).toEqual([{ name: 'history.compare', args: { before: 'a', after: 'b' } }]);
    expect(run.out).toContain('blocked -> works  now works');
    const json = await sawt(['history', 'compare', 'a', 'b', '--json'], { 'history.compare': () => comparison });
    expect(JSON.parse(json.out)).toEqual(comparison);
  });
});

describe('sawt history --export ooni', () => {
  let file: string;
  beforeEach(async () => (file = join(await temporaryFolder(), 'sawt.jsonl')));
  const exporting = { 'history.export': () => ({ text: '{"a":1}\n', measurements: 1, leftOut: 2 }) };

  it('writes a file that only its owner may read, and says what it left out', async () => {
    const run = await sawt(['history', '--export', 'ooni', file], exporting);
    expect(run).toMatchObject({ code: 0, out: '' });
    expect(run.err).toContain('2 made through a VPN were left out');
    expect(await readFile(file, 'utf8')).toBe('{"a":1}\n');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('leaves an existing file as it is, unless forced', async () => {
    await writeFile(file, 'mine');
    expect((await sawt(['history', '--export', 'ooni', file], exporting)).code).toBe(1);
    expect(await readFile(file, 'utf8')).toBe('mine');
    const json = await sawt(['history', '--export', 'ooni', file, '--force', '--json'], exporting);
    expect(JSON.parse(json.out)).toEqual({ file, measurements: 1, leftOut: 2 });
    expect(await readFile(file, 'utf8')).toBe('{"a":1}\n');
  });

  it('writes no empty file', async () => {
    const run = await sawt(['history', '--export', 'ooni', file], {
      'history.export': () => ({ text: '', measurements: 0, leftOut: 1 }),
    });
    expect(run.code).toBe(1);
    await expect(stat(file)).rejects.toThrow('ENOENT');
  });

  it('wants a file and a format that there is', async () => {
    expect(await sawt(['history', '--export', 'ooni'], exporting)).toMatchObject({ code: 2, calls: [] });
    expect(await sawt(['history', '--export', 'csv', file], exporting)).toMatchObject({ code: 2, calls: [] });
  });
});

describe('sawt history rename and clear', () => {
  it('gives a network a name, and its number back', async () => {
    const naming = { 'history.rename': ({ name }: { name: string | null }) => ({ id: 'n-aaaa', number: 1, name }) };
    expect((await sawt(['history', 'rename', 'n-aaaa', 'Home'], naming)).err).toContain('now called Home');
    expect((await sawt(['history', 'rename', 'n-aaaa'], naming)).err).toContain('now called Network 1');
  });

  it('forgets one network, or all', async () => {
    const clearing = { 'history.clear': () => ({ removed: 3 }) };
    const one = await sawt(['history', 'clear', '--network', 'n-aaaa', '--json'], clearing);
    expect(one.calls).toEqual([{ name: 'history.clear', args: { network: 'n-aaaa' } }]);
    expect(JSON.parse(one.out)).toEqual({ removed: 3 });
    const all = await sawt(['history', 'clear'], clearing);
    expect(all.calls).toEqual([{ name: 'history.clear', args: {} }]);
    expect(all.err).toContain('3 checks were forgotten');
  });
});
