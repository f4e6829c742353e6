import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createApp, sawtHome } from '../../electron/app.ts';
import type { Handlers } from '../../electron/api/schema.ts';
import type { ServerList } from '../../electron/servers/types.ts';
import { joinParcel } from '../../electron/signed/files.ts';
import { makePng } from '../profile/picture/make-pictures.ts';
import { resources } from '../servers/samples.ts';
import { publicLine, secretOf, signedBy } from '../signed/samples.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';

const { signal } = new AbortController();
const own = JSON.parse(readFileSync(join(resources, 'servers.json'), 'utf8')) as ServerList;
const newer = (more: number): ServerList => ({ ...own, listVersion: own.listVersion + more });

/** An app whose maintainers have the key 1. */
async function open(): Promise<Handlers> {
  const folder = await temporaryFolder();
  cpSync(join(resources, '..'), join(folder, 'resources'), { recursive: true });
  writeFileSync(join(folder, 'resources', 'signing', 'release.pub'), `${publicLine(secretOf(1))}\n`);
  const home = sawtHome({ SAWT_HOME: join(folder, 'home') }, process.platform, '/nobody');
  const options = { resources: join(folder, 'resources'), home, version: '1', front: 'cli', practice: false } as const;
  return (await createApp(options)).handlers;
}
/** A picture in which there is no code. */
const grey = makePng({
  ...{ width: 40, height: 40, depth: 8, colour: 0 },
  rows: Array<Buffer>(40).fill(Buffer.alloc(41)),
});
type Files = Parameters<Handlers['servers.import']>[0]['files'];
const give = (handlers: Handlers, files: Files): ReturnType<Handlers['servers.import']> =>
  handlers['servers.import']({ files }, { signal });
const file = (name: string, bytes: Uint8Array | string): Files[number] => ({
  name,
  base64: Buffer.from(bytes).toString('base64'),
});
const parcel = (value: unknown, key = 1): Files => [file('list.sawt', joinParcel(signedBy(key, value)))];

async function versions(handlers: Handlers): Promise<unknown> {
  return (await handlers['servers.list']({}, { signal })).listVersion;
}

test('what one hands on, the other takes: as a file, and as pictures in any order', async () => {
  const [from, to, third] = [await open(), await open(), await open()];
  await give(from, parcel(newer(3)));
  const written = await from['servers.export']({ kind: 'servers', form: 'file' }, { signal });
  if (!('base64' in written)) throw new Error('no file');
  const taken = await give(to, [{ name: 'x', base64: written.base64 }]);
  expect(taken.documents).toMatchObject([{ outcome: 'updated', version: own.listVersion + 3, mirror: null }]);
  const set = await from['servers.export']({ kind: 'servers', form: 'pictures' }, { signal });
  if (!('pictures' in set)) throw new Error('no pictures');
  const pictures = set.pictures.map((base64, index) => ({ name: `${index}.png`, base64 })).toReversed();
  await expect(give(third, pictures.slice(1))).rejects.toMatchObject({
    ...{ code: 'list-incomplete', details: { missing: '9' } },
    message: expect.stringContaining('missing: 9') as string,
  });
  await give(third, pictures);
  expect([await versions(to), await versions(third)]).toEqual([own.listVersion + 3, own.listVersion + 3]);
});

test('a list and its .minisig beside it are taken, whichever comes first', async () => {
  const handlers = await open();
  const { bytes, signature } = signedBy(1, newer(1));
  await give(handlers, [file('servers.json.minisig', signature), file('servers.json', bytes)]);
  expect(await versions(handlers)).toBe(own.listVersion + 1);
});

test('a newer catalogue is taken as what it is', async () => {
  const handlers = await open();
  const catalogue = JSON.parse(readFileSync(join(resources, '..', 'catalogue', 'catalogue.json'), 'utf8')) as {
    version: number;
  };
  const { documents } = await give(handlers, parcel({ ...catalogue, version: catalogue.version + 1 }));
  expect(documents).toMatchObject([{ kind: 'catalogue', outcome: 'updated' }]);
  expect((await handlers['app.info']({}, { signal })).catalogue.version).toBe(catalogue.version + 1);
});

test('what is in use already is no news, whoever signed it', async () => {
  const handlers = await open();
  const bytes = readFileSync(join(resources, 'servers.json'));
  const signature = readFileSync(join(resources, 'servers.json.minisig'));
  const { documents } = await give(handlers, [file('a', bytes), file('a.minisig', signature)]);
  expect(documents).toMatchObject([{ outcome: 'unchanged', version: own.listVersion }]);
});

test.each([
  ['signature-key', parcel(newer(1), 2)],
  [
    'signature-list',
    [
      file(
        'x',
        Buffer.from(joinParcel(signedBy(1, newer(1))))
          .toString()
          .replace('Madrid', 'Madrit'),
      ),
    ],
  ],
  ['repeated-address', parcel({ ...newer(1), servers: own.servers.map((one) => ({ ...one, ipv4: '34.120.1.1' })) })],
  ['schema', parcel({ ...newer(1), run: 'rm' })],
  ['schema', parcel({ services: [] })],
])('refused by the rule %s, and what was in use stays (%#)', async (rule, files) => {
  const handlers = await open();
  await expect(give(handlers, files)).rejects.toMatchObject({ details: { rule } });
  expect(await versions(handlers)).toBe(own.listVersion);
});

test('an older one than was once taken is a rollback', async () => {
  const handlers = await open();
  await give(handlers, parcel(newer(2)));
  await expect(give(handlers, parcel(newer(1)))).rejects.toMatchObject({ code: 'list-rollback' });
  expect(await versions(handlers)).toBe(own.listVersion + 2);
});

test.each([
  ['a profile', [file('a.conf', '[Interface]\n')]],
  ['two files that do not belong together', [file('a', 'x'), file('b.minisig', 'y')]],
  ['nothing', [file('a', '')]],
  ['a picture without a code', [file('a.png', grey)]],
])('%s is no signed list', async (_, files) => {
  await expect(give(await open(), files)).rejects.toMatchObject({ code: 'not-a-list' });
});
