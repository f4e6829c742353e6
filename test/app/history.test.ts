import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { openHistory, type Bounds, type History } from '../../electron/app/history.ts';
import type { Report } from '../../electron/check/report.ts';
import { reportOf } from '../reports.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';

let folder: string;
let network: string;
beforeEach(async () => {
  folder = await temporaryFolder();
  network = 'aaaa';
});

const open = (bounds?: Bounds): History =>
  openHistory({
    folder,
    networkId: () => Promise.resolve(network),
    ownAddresses: () => ['10.20.0.2'],
    ...(bounds && { bounds }),
  });

function madeAt(minute: number, change: Partial<Report> = {}): Report {
  const startedAt = new Date(Date.UTC(2026, 10, 24, 12, minute)).toISOString();
  return { ...bare(reportOf({ telegram: 'ok' })), startedAt, ...change };
}
const bare = (report: Report): Report => ({ ...report, network: { ...report.network, resolvers: [] } });
const behindVpn = (minute: number): Report =>
  madeAt(minute, { network: { ...madeAt(0).network, tunnel: 'wireguard' } });

describe('the last report of a network', () => {
  it('is there again in the next process', async () => {
    await open().keep(madeAt(1), false);
    await open().keep(madeAt(2), false);
    network = 'bbbb';
    expect(await open().ofThisNetwork()).toBeUndefined();
    await open().keep(madeAt(3), false);
    expect(await open().ofThisNetwork()).toEqual(madeAt(3));
    network = 'aaaa';
    expect(await open().ofThisNetwork()).toEqual(madeAt(2));
    expect(await open().newest()).toEqual(madeAt(3));
  });

  it('is never one that was made through a tunnel, ours or another', async () => {
    await open().keep(madeAt(1), false);
    await open().keep(madeAt(2), true);
    await open().keep(behindVpn(3), false);
    expect(await open().ofThisNetwork()).toEqual(madeAt(1));
    expect(await open().newest()).toEqual(madeAt(1));
  });
});

describe('the history', () => {
  it('has every check, newest first, also those through a tunnel', async () => {
    await open().keep(madeAt(1), false);
    await open().keep(madeAt(2), true);
    await open().keep(behindVpn(3), false);
    const entries = await open().entries();
    expect(entries.map(({ ownTunnel, report }) => [report.startedAt.slice(14, 16), ownTunnel])).toEqual([
      ['03', false],
      ['02', true],
      ['01', false],
    ]);
    expect(await open().get(entries[2]?.id ?? '')).toEqual(entries[2]);
  });

  it('puts a check through our own tunnel to the network that was checked last, whatever the tunnel looks like', async () => {
    await open().keep(madeAt(1), false);
    network = 'tunnel';
    await open().keep(madeAt(2), true);
    expect((await open().entries()).map((entry) => entry.network)).toEqual(['n-aaaa', 'n-aaaa']);
  });

  it('keeps no own address, and nothing that others may read', async () => {
    const told = { ...madeAt(1).network, resolvers: ['10.20.0.1'], mapped: '198.51.100.7' };
    const detail = { resolver: 'system', answers: ['10.20.0.2'] };
    const probe = {
      id: 'p1',
      kind: 'dns',
      service: null,
      target: 'a.example',
      address: '10.20.0.1',
      port: 53,
    } as const;
    const times = { outcome: 'ok', failure: null, operation: null, startMs: 0, durationMs: 1 };
    await open().keep(madeAt(1, { network: told, probes: [{ ...probe, ...times, detail }] }), false);
    const [name = ''] = await readdir(join(folder, 'history'));
    const path = join(folder, 'history', name);
    const text = await readFile(path, 'utf8');
    for (const address of ['10.20.0.1', '10.20.0.2', '198.51.100.7']) expect(text).not.toContain(address);
    expect(text).toContain('a.example');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'network-salt.json'))).mode & 0o777).toBe(0o600);
  });

  it('keeps fifty of a network', async () => {
    for (let minute = 0; minute < 51; minute++) await open().keep(madeAt(minute), false);
    const kept = (await open().entries()).map(({ report }) => report.startedAt);
    expect(kept).toHaveLength(50);
    expect(kept).not.toContain(madeAt(0).startedAt);
  });

  it('keeps the latest of each network, and of all', async () => {
    const bounds = { aNetwork: 3, inAll: 5, bytes: 1e9 };
    for (let minute = 0; minute < 5; minute++) await open(bounds).keep(madeAt(minute), false);
    network = 'bbbb';
    for (let minute = 10; minute < 13; minute++) await open(bounds).keep(madeAt(minute), false);
    const kept = (await open().entries()).map((entry) => [entry.network, entry.report.startedAt.slice(14, 16)]);
    expect(kept).toEqual([
      ['n-bbbb', '12'],
      ['n-bbbb', '11'],
      ['n-bbbb', '10'],
      ['n-aaaa', '04'],
      ['n-aaaa', '03'],
    ]);
  });

  it('forgets a network when its last report goes', async () => {
    const bounds = { aNetwork: 3, inAll: 2, bytes: 1e9 };
    for (const [minute, name] of ['aaaa', 'bbbb', 'cccc'].entries()) {
      network = name;
      await open(bounds).keep(madeAt(minute), false);
    }
    expect((await open().networks.list()).map(({ id }) => id)).toEqual(['n-bbbb', 'n-cccc']);
  });

  it('takes no more room than it may, but always keeps the newest', async () => {
    const bounds = { aNetwork: 9, inAll: 9, bytes: 10 };
    await open(bounds).keep(madeAt(1), false);
    await open(bounds).keep(madeAt(2), false);
    expect((await open().entries()).map(({ report }) => report.startedAt)).toEqual([madeAt(2).startedAt]);
  });

  it('sets a damaged file aside and goes on', async () => {
    await open().keep(madeAt(1), false);
    await open().keep(madeAt(2), false);
    const [first = ''] = await readdir(join(folder, 'history'));
    await writeFile(join(folder, 'history', first), '{"id":"cut');
    expect(await open().entries()).toHaveLength(1);
    expect(await open().ofThisNetwork()).toEqual(madeAt(2));
    expect((await readdir(join(folder, 'history'))).filter((name) => name.includes('damaged'))).toHaveLength(1);
  });

  it('says when it cannot be read', async () => {
    await open().keep(madeAt(1), false);
    await writeFile(join(folder, 'file'), '');
    const elsewhere = openHistory({
      folder: join(folder, 'file'),
      networkId: () => Promise.resolve('a'),
      ownAddresses: () => [],
    });
    await expect(elsewhere.entries()).rejects.toMatchObject({ code: 'storage-failed' });
    await expect(elsewhere.keep(madeAt(2), false)).rejects.toMatchObject({ code: 'storage-failed' });
  });
});

describe('networks', () => {
  it('are told apart by a salt that is made once and stays on this computer', async () => {
    const salts: string[] = [];
    const remember = (salt: Uint8Array): Promise<string> => {
      salts.push(Buffer.from(salt).toString('hex'));
      return Promise.resolve('aaaa');
    };
    const options = { folder, networkId: remember, ownAddresses: () => [] };
    await openHistory(options).keep(madeAt(1), false);
    await openHistory(options).ofThisNetwork();
    expect(salts[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(salts[1]).toBe(salts[0]);
    const { saltHex } = JSON.parse(await readFile(join(folder, 'network-salt.json'), 'utf8')) as { saltHex: string };
    expect(saltHex).toBe(salts[0]);
  });

  it('have numbers in the order of first sight, and names when given one', async () => {
    await open().keep(madeAt(1), false);
    network = 'bbbb';
    await open().keep(madeAt(2), false);
    await open().networks.rename('n-bbbb', 'Café');
    await open().keep(madeAt(3), false);
    expect(await open().networks.list()).toEqual([
      { id: 'n-aaaa', number: 1, name: null },
      { id: 'n-bbbb', number: 2, name: 'Café' },
    ]);
    await expect(open().networks.rename('n-cccc', 'x')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('can be cleared alone', async () => {
    await open().keep(madeAt(1), false);
    network = 'bbbb';
    await open().keep(madeAt(2), false);
    expect(await open().clear('n-aaaa')).toBe(1);
    expect((await open().entries()).map((entry) => entry.network)).toEqual(['n-bbbb']);
    expect((await open().networks.list()).map(({ id }) => id)).toEqual(['n-bbbb']);
    await expect(open().clear('n-aaaa')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('leave nothing behind when all is cleared, the salt and what was set aside included', async () => {
    const history = open();
    await history.keep(madeAt(1), false);
    await writeFile(join(folder, 'history', 'old.json.damaged-1'), '{');
    expect(await history.clear()).toBe(1);
    expect(await readdir(folder)).toEqual([]);
    expect(await history.entries()).toEqual([]);
    await history.keep(madeAt(2), false);
    expect(await open().ofThisNetwork()).toEqual(madeAt(2));
  });
});
