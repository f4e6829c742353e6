import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ApiError } from '../../../electron/api/errors.ts';
import type { DocumentUpdate } from '../../../electron/api/schema.ts';
import { sawt } from '../cli-bed.ts';

const view = {
  sequence: 1,
  issuedAt: '2026-11-01T00:00:00.000Z',
  expiresAt: '2027-05-01T00:00:00.000Z',
  expired: false,
  developmentKey: false,
  providers: [],
  servers: [],
};

describe('sawt servers list', () => {
  it('prints the list and nothing else with --json, nearest to the country that was named', async () => {
    const run = await sawt(['servers', 'list', '--near', 'ma', '--json'], { 'servers.list': () => view });
    expect(run).toMatchObject({ code: 0, err: '', calls: [{ name: 'servers.list', args: { near: 'MA' } }] });
    expect(JSON.parse(run.out)).toEqual(view);
  });

  it('is what "servers" alone does, and warns of a development key and of an old list', async () => {
    const run = await sawt(['servers'], { 'servers.list': () => ({ ...view, expired: true, developmentKey: true }) });
    expect(run.code).toBe(0);
    expect(run.err).toContain('development key');
    expect(run.err).toContain('expired on 2027-05-01');
  });

  it('refuses what is no country', async () => {
    expect(await sawt(['servers', 'list', '--near', 'Morocco'])).toMatchObject({ code: 2, calls: [] });
  });
});

describe('sawt servers verify', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sawt-test-'));
    file = join(folder, 'list.json');
    await writeFile(file, '{}');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it.each([
    [true, 0],
    [false, 3],
  ])('of a list whose signature is good: %s ends with %i', async (ok, code) => {
    await writeFile(`${file}.minisig`, 'signature');
    const result = { ok, message: 'Said by the verifier.' };
    const run = await sawt(['servers', 'verify', file, '--json'], { 'servers.verify': () => result });
    expect(run.code).toBe(code);
    expect(run.err).toContain('Said by the verifier.');
    expect(run.calls[0]?.args).toEqual({ listBase64: 'e30=', signature: 'signature' });
  });

  it('without a signature beside it, or with an endless one, asks nobody', async () => {
    const missing = await sawt(['servers', 'verify', file]);
    expect(missing).toMatchObject({ code: 1, calls: [] });
    expect(missing.err).toContain('list.json.minisig');
    await writeFile(`${file}.minisig`, 'x'.repeat(4097));
    expect(await sawt(['servers', 'verify', file])).toMatchObject({ code: 3, calls: [] });
  });
});

describe('sawt servers update', () => {
  const document: DocumentUpdate = {
    ...{ kind: 'servers', outcome: 'updated', version: 7, previousVersion: 6, mirror: 'lists.example' },
    ...{ rule: null, failures: [] },
  };
  const failures: DocumentUpdate['failures'] = [
    { mirror: 'one.example', rule: 'version-floor', failure: null },
    { mirror: 'two.example', rule: null, failure: 'timeout' },
  ];
  const refused = {
    ...document,
    outcome: 'refused',
    rule: 'version-floor',
    version: 6,
    mirror: null,
    failures,
  } as const;
  const unreachable = { ...document, outcome: 'unreachable', version: 6, mirror: null } as const;

  it.each([
    [0, [document, { ...document, kind: 'catalogue', outcome: 'unchanged' } as const]],
    [3, [document, refused]],
    [3, [unreachable, refused]],
    [1, [document, unreachable]],
  ])('ends with %i (%#)', async (code, documents) => {
    const run = await sawt(['servers', 'update', '--json'], { 'servers.update': () => ({ documents }) });
    expect([run.code, JSON.parse(run.out)]).toEqual([code, { documents }]);
  });

  it('says of each document what became of it, and of each mirror why it was not taken', async () => {
    const run = await sawt(['servers', 'update'], { 'servers.update': () => ({ documents: [document, refused] }) });
    expect(run.out).toContain('Server list: version 7 is new (before: 6), from lists.example.');
    expect(run.out).toContain('Server list: refused; version 6 stays in use.');
    expect(run.out).toContain('one.example: offered something else (refused, rule version-floor)');
    expect(run.out).toContain('two.example: too slow');
    expect(run.err).toContain('The last good lists stay in use');
  });
});

describe('sawt servers export and import', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sawt-test-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('write one file, or numbered pictures, and replace nothing unasked', async () => {
    const out = join(folder, 'list.sawt');
    const file = { 'servers.export': () => ({ fileName: 'x', base64: Buffer.from('signed').toString('base64') }) };
    expect(await sawt(['servers', 'export', '--out', out], file)).toMatchObject({
      code: 0,
      calls: [{ args: { kind: 'servers', form: 'file' } }],
    });
    expect(await readFile(out, 'utf8')).toBe('signed');
    expect((await sawt(['servers', 'export', '--out', out], file)).code).toBe(1);
    const set = { 'servers.export': () => ({ pictures: ['YQ==', 'Yg=='] }) };
    const argv = ['servers', 'export', '--kind', 'catalogue', '--qr-set', join(folder, 'set')];
    expect(await sawt(argv, set)).toMatchObject({
      code: 0,
      calls: [{ args: { kind: 'catalogue', form: 'pictures' } }],
    });
    expect((await readdir(join(folder, 'set'))).sort()).toEqual(['catalogue-1-of-2.png', 'catalogue-2-of-2.png']);
  });

  it('need to be told where to write', async () => {
    expect(await sawt(['servers', 'export'])).toMatchObject({ code: 2, calls: [] });
    expect(await sawt(['servers', 'export', '--out', 'a', '--qr-set', 'b'])).toMatchObject({ code: 2, calls: [] });
  });

  it('hand all files over by name, and a refusal ends with 3', async () => {
    await writeFile(join(folder, 'a.json'), 'a');
    await writeFile(join(folder, 'a.json.minisig'), 'b');
    const argv = ['servers', 'import', join(folder, 'a.json'), join(folder, 'a.json.minisig')];
    const refuse = (): never => {
      throw new ApiError({ code: 'list-rollback', message: 'older', details: { rule: 'version-floor' } });
    };
    const run = await sawt(argv, { 'servers.import': refuse });
    expect(run).toMatchObject({ code: 3, err: expect.stringContaining('older') as string });
    expect(run.calls[0]?.args).toMatchObject({ files: [{ name: 'a.json' }, { name: 'a.json.minisig' }] });
  });
});
