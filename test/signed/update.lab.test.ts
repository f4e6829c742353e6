import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { DocumentUpdate, ListsUpdate } from '../../electron/api/schema.ts';
import type { ServerList } from '../../electron/servers/types.ts';
import { sign } from '../../scripts/servers/sign.ts';
import { buildLab, type Lab } from '../lab/lab.ts';
import { findScenario } from '../lab/scenarios/all.ts';
import { places } from '../lab/system/places.ts';
import type { Finished } from '../lab/system/programs.ts';
import type { WorldChange } from '../lab/world/change.ts';
import { mirrorsWith } from '../lab/world/mirrors.ts';
import { publicLine, secretOf } from './samples.ts';

// The built command line, installed with the key of tests in the place of the maintainers', asks mirrors over real TLS.

const maintainers = secretOf(1);
let lab: Lab;
let folder: string;
let state: string;
let list: ServerList;
let catalogue: { version: number; issuedAt: string };

beforeAll(async () => {
  lab = await buildLab();
  folder = await mkdtemp(join(tmpdir(), 'sawt-installed-'));
  await mkdir(join(folder, 'dist'));
  await cp(places.program('cli'), join(folder, 'dist', 'cli.js'));
  await cp(join(places.repository, 'dist', 'chunks'), join(folder, 'dist', 'chunks'), { recursive: true });
  await cp(places.resources, join(folder, 'resources'), { recursive: true });
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await writeFile(join(folder, 'resources', 'signing', 'release.pub'), `${publicLine(maintainers)}\n`);
  const read = async (path: string): Promise<unknown> =>
    JSON.parse(await readFile(join(places.resources, path), 'utf8'));
  list = (await read('servers/servers.json')) as ServerList;
  catalogue = (await read('catalogue/catalogue.json')) as typeof catalogue;
});
afterAll(async () => {
  await lab.close();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  state = await mkdtemp(join(folder, 'home-'));
});

/** What the mirrors hold: documents by name, signed by the maintainers. */
async function mirrored(files: Record<string, unknown>, by = maintainers): Promise<WorldChange> {
  const texts = Object.entries(files).flatMap(([name, value]): [string, string][] => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return [
      [name, text],
      [`${name}.minisig`, sign(Buffer.from(text), by, 'c')],
    ];
  });
  return { pages: await mirrorsWith(Object.fromEntries(texts)) };
}
const open = (change: WorldChange, scenario = 'S01'): Promise<void> => lab.flip(findScenario(scenario).censor, change);

async function sawt(...args: string[]): Promise<Finished> {
  const env = { ...lab.clientEnv, SAWT_HOME: state };
  return lab.exec('client', [process.execPath, join(folder, 'dist', 'cli.js'), ...args], { env });
}
async function update(): Promise<{ code: Finished['code']; servers: DocumentUpdate; catalogue: DocumentUpdate }> {
  const { code, stdout } = await sawt('servers', 'update', '--json');
  const [servers, services] = (JSON.parse(stdout) as ListsUpdate).documents;
  if (!servers || !services) throw new Error('a document is missing');
  return { code, servers, catalogue: services };
}
const usedList = async (): Promise<number> =>
  (JSON.parse((await sawt('servers', '--json')).stdout) as { listVersion: number }).listVersion;

const newerList = (more: number): ServerList => ({ ...list, listVersion: list.listVersion + more });
const newerCatalogue = (more: number): unknown => ({ ...catalogue, version: catalogue.version + more });

test('a newer list and catalogue are taken, used by the next commands, and not fetched again', async () => {
  await open(await mirrored({ 'servers.json': newerList(2), 'catalogue.json': newerCatalogue(1) }));
  const first = await update();
  expect([first.code, first.servers.outcome, first.catalogue.outcome]).toEqual([0, 'updated', 'updated']);
  expect(first.catalogue.version).toBe(catalogue.version + 1);
  expect(await usedList()).toBe(list.listVersion + 2);
  const report = JSON.parse((await sawt('check', '--json', '--service', 'signal')).stdout) as { catalogue: unknown };
  expect(report.catalogue).toMatchObject({ version: catalogue.version + 1 });
  const second = await update();
  expect([second.code, second.servers.outcome, second.servers.version]).toEqual([0, 'unchanged', list.listVersion + 2]);
  expect((await readdir(join(state, 'data', 'signed'))).sort()).toEqual([
    'catalogue.signed',
    'floors.json',
    'servers.signed',
  ]);

  // Back to what was good once: whoever holds an old list with its old, true signature cannot bring it back.
  await open(await mirrored({ 'servers.json': newerList(1), 'catalogue.json': newerCatalogue(0) }));
  const rollback = await update();
  expect([rollback.code, rollback.servers.rule, rollback.catalogue.rule]).toEqual([
    3,
    'version-floor',
    'version-floor',
  ]);
  expect(await usedList()).toBe(list.listVersion + 2);
});

const poisoned = (): ServerList => ({
  ...newerList(1),
  servers: list.servers.map((server) => ({ ...server, ipv4: '34.120.1.1' })),
});

test.each([
  ['signature-key', () => mirrored({ 'servers.json': newerList(1), 'catalogue.json': newerCatalogue(1) }, secretOf(9))],
  ['repeated-address', () => mirrored({ 'servers.json': poisoned(), 'catalogue.json': newerCatalogue(1) })],
  ['size', () => mirrored({ 'servers.json': ' '.repeat(4 * 1024 * 1024 + 1), 'catalogue.json': newerCatalogue(1) })],
] as const)('what breaks the rule %s is refused with exit 3, and the last good list stays', async (rule, change) => {
  await open(await change());
  const { code, servers } = await update();
  expect([code, servers.outcome, servers.rule, await usedList()]).toEqual([3, 'refused', rule, list.listVersion]);
});

test('a mirror that leads elsewhere is not followed', async () => {
  const page = { status: 302, body: '', location: 'https://www.example.com/' };
  const { pages = {} } = await mirrored({});
  await open({ pages: Object.fromEntries(Object.keys(pages).map((host) => [host, { '*': page }])) });
  expect(await update()).toMatchObject({ code: 3, servers: { rule: 'redirect', version: list.listVersion } });
});

test('a mirror with a certificate that nobody vouches for is as good as none', async () => {
  const change = await mirrored({ 'servers.json': newerList(1), 'catalogue.json': newerCatalogue(1) });
  await open({ ...change, foreign: ['sawt.example'] });
  const { code, servers } = await update();
  expect([code, servers.outcome, servers.failures.map(({ failure }) => failure)]).toEqual([
    1,
    'unreachable',
    ['tls', 'tls', 'tls'],
  ]);
});

test('one mirror of three that still stands is enough', async () => {
  const change = await mirrored({ 'servers.json': newerList(1), 'catalogue.json': newerCatalogue(1) });
  const page = { status: 500, body: '' };
  const broken = { 'lists.sawt.example': { '*': page }, 'mirror-one.sawt.example': { '*': page } };
  await open({ pages: { ...change.pages, ...broken } });
  expect(await update()).toMatchObject({ code: 0, servers: { outcome: 'updated', mirror: 'mirror-two.sawt.example' } });
});

test('without a network, and with the program as it is in the repository, the bundled list stays in use', async () => {
  await open({}, 'offline');
  expect(await update()).toMatchObject({ code: 1, servers: { outcome: 'unreachable' } });
  expect(await usedList()).toBe(list.listVersion);
  await open({});
  const { code, stdout } = await lab.exec('client', [
    process.execPath,
    places.program('cli'),
    'servers',
    'update',
    '--json',
  ]);
  expect([code, (JSON.parse(stdout) as ListsUpdate).documents.map(({ outcome }) => outcome)]).toEqual([
    0,
    ['unchanged', 'unchanged'],
  ]);
});
