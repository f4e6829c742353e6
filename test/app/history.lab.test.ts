import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Comparison, Connection, HistoryNetwork, HistorySummary, Report } from '../../electron/api/schema.ts';
import { measurementSchema } from '../check/ooni/schema.ts';
import { makeClientBed, type ClientBed } from '../cli/client-bed.ts';
import { addresses } from '../lab/addresses.ts';

let bed: ClientBed;
beforeAll(async () => {
  bed = await makeClientBed();
});
afterAll(() => bed.lab.close());

/** The network next door: another gateway, behind which the ISP does something else. */
const otherGateway = '10.20.0.254';

const inClient = async (...lines: string[]): Promise<void> => {
  const { code, stderr } = await bed.lab.exec('client', ['sh', '-ec', lines.join('\n')]);
  expect([code, stderr]).toEqual([0, '']);
};
const json = async <Result>(...args: string[]): Promise<Result> =>
  JSON.parse((await bed.sawt([...args, '--json'])).stdout) as Result;
const check = (): Promise<Report> => json<Report>('check');
const list = (): Promise<{ networks: HistoryNetwork[]; entries: HistorySummary[] }> => json('history');
const callsOf = (report: Report, id = 'telegram') =>
  report.services.find((service) => service.id === id)?.calls.verdict;
const moveTo = (gateway: string): Promise<void> => inClient(`ip route replace default via ${gateway}`);

/** S28 of the scenarios: the mobile network blocks calls, the one at home does not. */
describe('two networks', () => {
  beforeAll(async () => {
    await bed.lab.exec('isp', ['ip', 'addr', 'add', `${otherGateway}/24`, 'dev', 'lan']);
    await bed.flip('practice');
    await check();
    await moveTo(otherGateway);
    await bed.flip('S01');
    await check();
  });

  it('are told apart, each with what is blocked there since when', async () => {
    const { networks, entries } = await list();
    const telegram = networks.map(({ services }) => services.find(({ id }) => id === 'telegram')?.calls);
    expect(telegram).toMatchObject([
      { verdict: 'blocked', since: entries[1]?.startedAt, orEarlier: true },
      { verdict: 'ok', since: entries[0]?.startedAt, orEarlier: true },
    ]);
    expect(networks.map(({ here }) => here)).toEqual([false, true]);
    expect(entries.map(({ network }) => network)).toEqual([networks[1]?.id, networks[0]?.id]);
    const { stdout } = await bed.sawt(['history']);
    expect(stdout).toMatch(/Network 1 [^]*calls blocked since .*Telegram[^]*Network 2 \(you are here\)/);
  });

  it('are compared', async () => {
    const [home = '', mobile = ''] = (await list()).entries.map(({ id }) => id);
    const { services } = await json<Comparison>('history', 'compare', mobile, home);
    expect(services.find(({ id }) => id === 'telegram')).toMatchObject({ messages: 'same-ok', calls: 'fixed' });
  });

  it('are recognised when one comes back, and compared with their own past', async () => {
    await moveTo(addresses.ispLan.v4);
    await bed.flip('practice');
    const { before, services } = await json<Comparison>('recheck');
    expect(callsOf(before)).toBe('blocked');
    expect(services.find(({ id }) => id === 'telegram')?.calls).toBe('still-blocked');
    expect((await list()).networks.map(({ here }) => here)).toEqual([true, false]);
  });

  it('leave no address of ours on the disk or in the export, and no name of theirs in the export', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'sawt-export-')), 'sawt.jsonl');
    const { code } = await bed.sawt(['history', '--export', 'ooni', file]);
    expect(code).toBe(0);
    const text = await readFile(file, 'utf8');
    const measurements = text
      .trimEnd()
      .split('\n')
      .map((line) => measurementSchema.parse(JSON.parse(line)));
    expect(measurements).toHaveLength(3);
    expect(measurements[0]?.test_keys.network_events.some(({ failure }) => failure === 'generic_timeout_error')).toBe(
      true,
    );

    const folder = join(bed.lab.clientEnv['SAWT_HOME'] ?? '', 'data', 'history');
    const kept = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')));
    const { client, ispLan, ispWan } = addresses;
    const own = [client.v4, client.v6, ispLan.v4, ispLan.v6, ispWan.v4, otherGateway];
    for (const address of own) for (const one of [text, ...kept]) expect(one).not.toContain(`"${address}`);
    for (const { id } of (await list()).networks) expect(text).not.toContain(id.slice(2));
  });
});

/** S35: what was blocked works through the tunnel; what goes around one is named. */
describe('through our own tunnel', () => {
  it('the check is kept with the network it was made in, and compared with the one before', async () => {
    const profile = await bed.importProfile();
    expect(await json<Connection>('connect', profile)).toMatchObject({ state: 'connected', verified: { calls: 'ok' } });
    const { networks, entries } = await list();
    expect(entries[0]).toMatchObject({ ownTunnel: true, network: networks[0]?.id });
    const [through = '', direct = ''] = entries.map(({ id }) => id);
    const { after, services } = await json<Comparison>('history', 'compare', direct, through);
    expect(services.find(({ id }) => id === 'telegram')?.calls).toBe('fixed');
    expect(after.network.aroundTunnel).toBeUndefined();
    // What the tunnel lets pass is not what the network does.
    expect(networks[0]?.services.find(({ id }) => id === 'telegram')?.calls?.verdict).toBe('blocked');
    await bed.sawt(['disconnect']);
  });
});

describe('another VPN', () => {
  const device = 'office0';
  const everything = ['0.0.0.0/1', '128.0.0.0/1', '::/1', '8000::/1'];
  beforeAll(async () => {
    const { wireguardClient, vpn, ispLan } = addresses;
    const { stdout } = await bed.sawt(['wg', 'strip', join(bed.lab.folder, 'wireguard.conf')]);
    await inClient(
      `wireguard-go ${device} >/dev/null 2>&1`,
      `wg setconf ${device} /dev/stdin <<'END'\n${stdout}\nEND`,
      `ip addr add ${wireguardClient.v4}/32 dev ${device}`,
      `ip addr add ${wireguardClient.v6}/128 dev ${device} nodad`,
      `ip link set ${device} up mtu 1420`,
      `ip route add ${vpn.v4} via ${ispLan.v4}`,
    );
  });
  afterAll(() => inClient(`ip link del ${device}`, `ip route del ${addresses.vpn.v4}`));

  it('that carries nothing of it is none', async () => {
    expect((await check()).network).toMatchObject({ tunnel: 'none' });
  });

  it('that is on is named, and the network underneath keeps its own history', async () => {
    await inClient(...everything.map((all) => `ip route add ${all} dev ${device}`));
    const report = await check();
    expect(report.network).toMatchObject({ state: 'online', tunnel: 'other' });
    expect(report.network.aroundTunnel).toBeUndefined();
    expect(callsOf(report)).toBe('ok');
    const { networks, entries } = await list();
    expect(entries[0]).toMatchObject({ ownTunnel: false, tunnel: 'other' });
    expect(networks[0]?.services.find(({ id }) => id === 'telegram')?.calls?.verdict).toBe('blocked');
  });

  it('past which UDP goes leaves calls blocked, and the check says why', async () => {
    await inClient(
      `ip route add default via ${addresses.ispLan.v4} table 77`,
      'ip rule add ipproto udp lookup 77 priority 50',
    );
    const { stdout } = await bed.sawt(['check']);
    const report = await json<Report>('history', 'show', (await list()).entries[0]?.id ?? '');
    expect(report.network).toMatchObject({ tunnel: 'other', aroundTunnel: ['udp'] });
    expect(callsOf(report)).toBe('blocked');
    expect(stdout).toContain("describes the VPN's network");
    expect(stdout).toContain('Careful: UDP, and calls with it, goes around the VPN');
    await inClient('ip rule del priority 50');
  });

  it('past which IPv6 goes is named too', async () => {
    await inClient(`ip -6 route del ::/1 dev ${device}`, `ip -6 route del 8000::/1 dev ${device}`);
    expect((await check()).network).toMatchObject({ tunnel: 'other', aroundTunnel: ['ipv6'] });
    await inClient(`ip route del 0.0.0.0/1 dev ${device}`, `ip route del 128.0.0.0/1 dev ${device}`);
  });
});

/** S36: the services are open, the way around a block is not. */
describe('where WireGuard is blocked', () => {
  it('the connection says what else to try, and that works', async () => {
    await bed.flip('wg-dpi');
    const profile = await bed.importProfile();
    const untouched = await bed.snapshot();
    const refused = await bed.sawt(['connect', profile, '--json']);
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.stdout)).toMatchObject({
      state: 'failed',
      attempts: [{ transport: 'wireguard-udp', result: 'silent' }],
      error: { code: 'handshake-silent' },
    });
    expect(refused.stderr).toMatch(/may block WireGuard.*an OpenVPN profile over TCP/);
    expect(await bed.snapshot()).toBe(untouched);

    const { id } = await json<{ id: string }>('import', join(bed.lab.folder, 'openvpn-tcp.ovpn'));
    expect(await json<Connection>('connect', id, '--no-recheck')).toMatchObject({
      state: 'connected',
      attempts: [{ transport: 'openvpn-tcp', result: 'ok' }],
    });
    await bed.sawt(['disconnect']);
  });
});
