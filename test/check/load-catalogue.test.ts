import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CatalogueError } from '../../electron/check/errors.ts';
import { loadCatalogue as load, type LoadedCatalogue } from '../../electron/check/load-catalogue.ts';
import { developmentKey } from '../../electron/signed/keys.ts';
import { sign } from '../../scripts/servers/sign.ts';
import { developmentSecret, now } from '../servers/samples.ts';

const shipped = fileURLToPath(new URL('../../resources/catalogue', import.meta.url));
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sawt-catalogue-'));
  await cp(shipped, folder, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

const loadCatalogue = (from: string): Promise<LoadedCatalogue> => load({ folder: from, releaseKeys: [], now });
const signature = (text: string): string => sign(Buffer.from(text), developmentSecret, 'c');

/** Changes the catalogue and signs it anew, so that only what stands in it can be wrong. */
async function edit(change: (text: string) => string): Promise<void> {
  const file = join(folder, 'catalogue.json');
  const text = change(await readFile(file, 'utf8'));
  await writeFile(file, text);
  await writeFile(`${file}.minisig`, signature(text));
}
const failure = async (): Promise<CatalogueError> => {
  const error: unknown = await loadCatalogue(folder).catch((caught: unknown) => caught);
  if (error instanceof CatalogueError) return error;
  throw new Error('the catalogue was accepted');
};

describe('the catalogue as shipped', () => {
  it('has the eighteen services, each with dated sources that are explained', async () => {
    const { catalogue } = await loadCatalogue(shipped);
    const ids = catalogue.services.map(({ id }) => id);
    expect(ids.toSorted()).toEqual([
      ...['botim', 'discord', 'facetime', 'google_meet', 'imo', 'kakaotalk', 'line', 'messenger', 'signal', 'skype'],
      ...['teams', 'telegram', 'viber', 'webex', 'wechat', 'whatsapp', 'wire', 'zoom'],
    ]);
    const facts = catalogue.services.flatMap((service) => [
      ...service.messages,
      ...service.calls,
      ...service.prefixes,
      service.callPath,
      ...(service.retirement ? [service.retirement] : []),
    ]);
    const named = new Set(facts.flatMap(({ sources }) => sources));
    expect([...named].filter((name) => !(name in catalogue.sources))).toEqual([]);
  });

  it('has neutral controls of at least three operators for each kind that a rule needs', async () => {
    const { controls } = (await loadCatalogue(shipped)).catalogue;
    for (const kind of ['tls', 'stun', 'dns', 'doh', 'portal', 'ntp'] as const) {
      expect(new Set(controls[kind].map(({ operator }) => operator)).size, kind).toBeGreaterThanOrEqual(3);
    }
    expect(new Set(controls.stun.flatMap(({ port, altPorts }) => [port, ...altPorts])).size).toBeGreaterThanOrEqual(3);
  });

  it('has nobody drive a verdict of whom it knows by hearsay only', async () => {
    const { services } = (await loadCatalogue(shipped)).catalogue;
    const targets = services.flatMap(({ messages, calls }) => [...messages, ...calls]);
    const hearsay = targets.filter(({ sources }) => sources.every((source) => source === 'common'));
    expect(hearsay.filter(({ confidence }) => confidence !== 'low')).toEqual([]);
    expect(hearsay.length).toBeGreaterThan(0);
  });

  it('gives the private roots that its targets name', async () => {
    expect([...(await loadCatalogue(shipped)).privateRoots.keys()]).toEqual(['signal']);
  });
});

describe('a catalogue that is damaged', () => {
  it('by a cut is refused, naming the file', async () => {
    await edit((text) => text.slice(0, 5000));
    expect(await failure()).toMatchObject({ code: 'catalogue-invalid', file: 'catalogue.json', place: null });
  });

  it('by a wrong value is refused, naming the place and not the value', async () => {
    await edit((text) => text.replace('"host": "g.whatsapp.net"', '"host": "g.whatsapp.net evil"'));
    const error = await failure();
    expect(error.place).toMatch(/^services\.0\.messages\.0/);
    expect(error.message).not.toContain('evil');
  });

  it('by a retired service that does not say since when is refused', async () => {
    await edit((text) => text.replace('"on": "2025-05-05"', '"on": "soon"'));
    expect((await failure()).place).toMatch(/^services\.\d+\.retirement/);
    await edit((text) => text.replace('"status": "active"', '"status": "retired"'));
    expect((await failure()).place).toMatch(/^services\.0\.retirement/);
  });

  it('by an unknown field is refused', async () => {
    await edit((text) => text.replace('"schema": 1,', '"schema": 1, "run": "rm",'));
    expect((await failure()).file).toBe('catalogue.json');
  });

  it('by a missing root certificate is refused', async () => {
    await rm(join(folder, 'ca', 'signal.pem'));
    expect((await failure()).place).toMatch(/^services\.\d+$/);
  });

  it('by a root that is none is refused, naming its file', async () => {
    await writeFile(join(folder, 'ca', 'signal.pem'), 'not a certificate');
    expect((await failure()).file).toBe('ca/signal.pem');
  });

  it('because it is not there is refused', async () => {
    await rm(join(folder, 'catalogue.json'));
    expect((await failure()).message).toMatch(/cannot be read/);
  });
});

describe('a catalogue and its signature', () => {
  const read = (): Promise<string> => readFile(join(folder, 'catalogue.json'), 'utf8');
  const next = (text: string): string =>
    text.replace(/"version": (\d+)/, (_, version: string) => `"version": ${Number(version) + 1}`);
  const withUpdate = (text: string, signed = signature(text)): Promise<LoadedCatalogue> =>
    load({ folder, releaseKeys: [developmentKey], now, kept: { bytes: Buffer.from(text), signature: signed } });

  it('as it is in the repository fit: after a change, "npm run catalogue:sign" signs it anew', async () => {
    expect((await loadCatalogue(shipped)).developmentKey).toBe(true);
  });

  it('that was changed without one is refused as forged', async () => {
    await writeFile(join(folder, 'catalogue.json'), ' ', { flag: 'a' });
    await expect(loadCatalogue(folder)).rejects.toMatchObject({ code: 'list-signature', rule: 'signature-list' });
    await rm(join(folder, 'catalogue.json.minisig'));
    expect((await failure()).message).toMatch(/signature cannot be read/);
  });

  it('newer than that of the app is used, an older one is not', async () => {
    const own = await read();
    const { origin, catalogue } = await withUpdate(next(own));
    expect([origin, catalogue.version]).toEqual(['updated', (JSON.parse(own) as { version: number }).version + 1]);
    await edit((text) => next(next(text)));
    expect(await withUpdate(next(own))).toMatchObject({ origin: 'bundled' });
  });

  it.each([
    ['signature-list', (text: string) => text.replace('"WhatsApp"', '"Whatsapp"')],
    ['schema', (text: string) => text.replace('"schema": 1,', '"schema": 1, "run": "rm",')],
    ['schema', (text: string) => text.replace('"g.whatsapp.net"', '"g.whatsapp.net\\nevil"')],
    ['schema', (text: string) => text.replace('"g.whatsapp.net"', '"-oProxyCommand=x"')],
    ['schema', (text: string) => text.replace('"ca": "signal"', '"ca": "other"')],
    ['schema', (text: string) => text.replace('"port": 443', '"port": 70000')],
    ['json', (text: string) => text.slice(0, -20)],
    ['dates', (text: string) => text.replace(/"expiresAt": "[^"]*"/, '"expiresAt": "2020-01-01T00:00:00.000Z"')],
    ['issued-in-future', (text: string) => text.replace(/"(issued|expires)At": "2/g, '"$1At": "3')],
    ['size', (text: string) => text.padEnd(1024 * 1024 + 1)],
  ])('from outside that fails %s gives way to that of the app (%#)', async (rule, change) => {
    const own = next(await read());
    const changed = change(own);
    expect(changed).not.toBe(own);
    const signed = signature(rule === 'signature-list' ? own : changed);
    expect(await withUpdate(changed, signed)).toMatchObject({ origin: 'bundled', refusedUpdate: rule });
  });

  it('of ten thousand services is refused, within a moment', async () => {
    const value = JSON.parse(next(await read())) as { services: unknown[] };
    const services = Array.from({ length: 10_000 }, () => null);
    const begin = performance.now();
    expect(await withUpdate(JSON.stringify({ ...value, services }))).toMatchObject({ refusedUpdate: 'schema' });
    expect(performance.now() - begin).toBeLessThan(2000);
  });
});
