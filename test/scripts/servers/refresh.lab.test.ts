import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Server } from '../../../electron/servers/types.ts';
import type { Censor } from '../../lab/censor/censor.ts';
import { buildLab, type Lab } from '../../lab/lab.ts';
import { places } from '../../lab/system/places.ts';
import type { Finished } from '../../lab/system/programs.ts';
import type { Mood } from '../../lab/world/providers/api.ts';

// The built tool asks the providers of the lab's world over real TLS, from a copy of the repository's data.

let lab: Lab;
let repository: string;
beforeAll(async () => {
  lab = await buildLab();
});
afterAll(() => lab.close());
beforeEach(async () => {
  repository = await mkdtemp(join(tmpdir(), 'sawt-repository-'));
  await cp(join(places.resources, 'servers'), join(repository, 'resources', 'servers'), { recursive: true });
  await lab.flip({});
  return () => rm(repository, { recursive: true });
});

const refresh = (...args: string[]): Promise<Finished> =>
  lab.exec('client', [process.execPath, places.program('servers-tool'), 'refresh', ...args], { cwd: repository });
const pathOf = (provider: string): string => join(repository, 'resources', 'servers', 'providers', `${provider}.json`);
const textOf = (provider: string): Promise<string> => readFile(pathOf(provider), 'utf8');
const serversOf = async (provider: string): Promise<Server[]> =>
  (JSON.parse(await textOf(provider)) as { servers: Server[] }).servers;
const kept = ['airvpn', 'azirevpn', 'ivpn', 'mullvad', 'ovpn.com', 'windscribe'];
const today = new Date().toISOString().slice(0, 10);

describe('lists that say what we have', () => {
  it('are shown and, without --write, change nothing', async () => {
    const before = await Promise.all(kept.map(textOf));
    const { code, stdout } = await refresh();
    expect(code, stdout).toBe(0);
    for (const words of ['AirVPN: 16 servers (we had 16), 16 of them', 'Mullvad: 35 servers (we had 35), 35 of them'])
      expect(stdout).toContain(words);
    expect(stdout).toContain('AzireVPN: 17 servers (we had 17), 17 of them');
    expect(stdout).toContain('NordVPN: the app reads 1 servers there');
    expect(stdout).not.toMatch(/^ {2}(!!|[~+x-]) /m);
    expect(await Promise.all(kept.map(textOf))).toEqual(before);
  });

  it('confirm it with --write, and are not sent a second time', async () => {
    const before = await serversOf('ovpn.com');
    expect(before.every(({ confidence }) => confidence === 'M')).toBe(true);
    const first = await refresh('--write', '--provider', kept.join());
    expect([first.code, first.stderr]).toEqual([0, '']);
    const after = await serversOf('ovpn.com');
    // Another copy of another origin says the same.
    const unsourced = (server: Server): unknown => ({ ...server, confidence: 'M', asOf: '', sources: [] });
    expect(after.map(unsourced)).toEqual(before.map(unsourced));
    expect(new Set(after.map(({ confidence, asOf }) => `${confidence} ${asOf}`))).toEqual(new Set([`H ${today}`]));
    const second = await refresh('--write', '--provider', kept.join());
    expect(second.stdout.match(/has not changed/g)).toHaveLength(kept.length);
    const build = [process.execPath, places.program('servers-tool'), 'build'] as const;
    expect((await lab.exec('client', build, { cwd: repository })).stdout).toContain('Now sign it');
  });
});

describe('a list that changed', () => {
  it('is shown entry by entry before it is written', async () => {
    await lab.flip({}, { lists: { mullvad: { gone: 2, added: 3, keys: 1, addresses: 2 } } });
    const before = await serversOf('mullvad');
    const { code, stdout } = await refresh('--provider', 'mullvad', '--write');
    expect(code, stdout).toBe(0);
    expect(stdout).toContain('Mullvad: 36 servers (we had 35), 31 of them');
    expect(stdout).toMatch(/!! KEY CHANGED mullvad\/es-bcn-wg-001: \S{44} -> \S{44}/);
    expect(stdout).toContain('~ address mullvad/es-bcn-wg-002: 185.188.61.225, ');
    expect(stdout).toContain('- mullvad/es-mad-wg-101 (Madrid, ES)');
    expect(stdout).toContain('+ mullvad/es-new-1 (Madrid, ES) 23.250.202.1');
    const after = await serversOf('mullvad');
    const byId = new Map(after.map((server) => [server.id, server]));
    expect(after).toHaveLength(before.length + 1);
    expect(byId.has('mullvad/es-mad-wg-101')).toBe(false);
    expect(byId.get('mullvad/es-new-1')).toMatchObject({
      confidence: 'M',
      asOf: today,
      wireguard: { ports: [51820, 53, 123] },
      sources: ['https://api.mullvad.net/app/v1/relays'],
    });
    expect(byId.get('mullvad/es-bcn-wg-001')).toMatchObject({ confidence: 'M' });
    expect(byId.get('mullvad/pt-lis-wg-201')).toMatchObject({ confidence: 'H' });
  });

  it.each([
    ['shrank', { gone: 18 }],
    ['many-keys', { keys: 12 }],
  ] as const)('too much is refused (%s), unless a person says that it is right', async (surprise, change) => {
    await lab.flip({}, { lists: { mullvad: change } });
    const before = await textOf('mullvad');
    const refused = await refresh('--provider', 'mullvad', '--write');
    expect([refused.code, await textOf('mullvad')]).toEqual([3, before]);
    expect(refused.stdout).toContain(`Refused (${surprise})`);
    expect((await refresh('--provider', 'mullvad', '--write', '--accept', surprise)).code).toBe(0);
    expect(await textOf('mullvad')).not.toBe(before);
  });

  it('as the one that was tampered with in public is refused by the rules of the list, whatever is accepted', async () => {
    await lab.flip({}, { lists: { mullvad: { tampered: true }, windscribe: { tampered: true } } });
    const before = await Promise.all(kept.map(textOf));
    const { code, stdout } = await refresh(
      ...['--write', '--accept', 'shrank,many-keys', '--provider', 'mullvad,windscribe'],
    );
    expect([code, await Promise.all(kept.map(textOf))]).toEqual([3, before]);
    expect(stdout).toMatch(/Mullvad: The server list was refused: .*\(rule repeated-key\)/);
    expect(stdout).toMatch(/Windscribe: The server list was refused: .*\(rule repeated-address\)/);
  });
});

describe('a provider that fails leaves its file as it was and is named', () => {
  it.each<[Mood, string]>([
    ['busy', 'it was asked too often and wants a pause of 30 seconds'],
    ['oversized', 'far longer than a list can be'],
    ['page', 'a page for people came'],
    ['redirect', 'it leads elsewhere'],
    ['strange', 'another shape than the documented one'],
    ['slow', 'it did not answer in time'],
  ])('%s', async (mood, words) => {
    await lab.flip({}, { providers: { ivpn: mood, surfshark: mood } });
    const before = await textOf('ivpn');
    const args = ['--write', '--timeout', '3', '--provider', 'ivpn,mullvad,surfshark'];
    const { code, stdout } = await refresh(...args);
    expect([code, await textOf('ivpn')]).toEqual([1, before]);
    expect(stdout).toMatch(new RegExp(`IVPN: nothing was learned, .*${words}.* ivpn.json stays as it was`));
    expect(stdout).toContain('Surfshark: the app could not read the list');
    expect((await serversOf('mullvad'))[0]?.asOf).toBe(today);
  });

  it.each<[string, Censor, string]>([
    ['whose name is hidden', { names: [{ names: ['ivpn.net'], answer: 'nxdomain' }] }, 'cannot be reached'],
    ['who is intercepted', { web: [{ match: 'sni', names: ['ivpn.net'], action: 'mitm' }] }, 'somebody else answered'],
  ])('%s', async (_, censor, words) => {
    await lab.flip(censor);
    const { code, stdout } = await refresh('--write', '--provider', 'ivpn');
    expect([code, stdout]).toEqual([1, expect.stringContaining(words)]);
  });
});

it('says which providers there are when it is asked for another', async () => {
  const { code, stderr } = await refresh('--provider', 'acme');
  expect([code, stderr]).toEqual([1, expect.stringContaining('No list is known of acme; there are airvpn')]);
});
