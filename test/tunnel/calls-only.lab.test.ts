import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Comparison, Connection, Report, Verdict } from '../../electron/api/schema.ts';
import { inAnyRange } from '../../electron/tunnel/addresses.ts';
import { addresses } from '../lab/addresses.ts';
import type { Packet } from '../lab/capture/packet.ts';
import { findScenario } from '../lab/scenarios/all.ts';
import { places } from '../lab/system/places.ts';
import { makeBed, world, type Bed } from './bed/bed.ts';

/** A web address of Telegram, and its published ranges in both families. */
const telegram = { address: '149.154.167.99', ranges: ['149.154.160.0/20', '91.108.4.0/22', '2000::/3'] };

let bed: Bed;
beforeAll(async () => {
  bed = await makeBed();
  await bed.lab.flip({});
});
afterEach(() => sawt('disconnect'));
afterAll(() => bed.close());

type Document = Record<string, unknown>;

async function sawt<Result = Document>(...args: string[]): Promise<Result> {
  const argv = [process.execPath, places.program('cli'), ...args, '--json'] as const;
  const { stdout, stderr } = await bed.lab.exec('client', argv);
  if (stdout === '') throw new Error(`sawt ${args.join(' ')} gave no document: ${stderr}`);
  return JSON.parse(stdout) as Result;
}

async function callsOnly(file: string): Promise<{ id: string; whole: string }> {
  const whole = String((await sawt('import', join(bed.lab.folder, file)))['id']);
  return { whole, id: String((await sawt('generate', '--from', whole, '--split', 'calls'))['id']) };
}

const reach = async (address: string): Promise<number | null> =>
  (await bed.lab.exec('client', ['timeout', '2', 'bash', '-c', `exec 3<>/dev/tcp/${address}/443`])).code;

/** Where the client's own packets went in plain, while `work` was done. */
async function plainly(work: () => Promise<void>): Promise<string[]> {
  const capture = await bed.lab.capture('isp', 'lan');
  // A capture in which there is nothing is an error; this always passes outside.
  await bed.shell('client', `ping -c 1 -W 1 ${addresses.ispLan.v4}`);
  await work();
  const sent = (packet: Packet): string[] =>
    packet.kind === 'ip' && packet.destination !== addresses.vpn.v4 && packet.protocol !== 'icmpv6'
      ? [packet.source.startsWith('10.20.') || packet.source.startsWith('2001:db8:20:') ? destinationOf(packet) : '']
      : [];
  return (await capture.stop()).flatMap(sent).filter((text) => text !== '' && !text.startsWith(addresses.ispLan.v4));
}

function destinationOf(packet: Extract<Packet, { kind: 'ip' }>): string {
  return `${packet.destination} ${'destinationPort' in packet ? packet.destinationPort : packet.protocol}`;
}

const insideOnes = (sent: readonly string[]): string[] =>
  sent.filter((text) => inAnyRange(text.split(' ')[0] ?? '', telegram.ranges) || text.endsWith(' 53'));
const outsideOnes = (sent: readonly string[]): string[] => sent.filter((text) => text.startsWith(world.v4));

/** Asks for a name, speaks with the service in both families, and with the rest of the world. */
async function everything(): Promise<void> {
  await bed.shell('client', 'getent ahosts web.telegram.org');
  expect(await reach(telegram.address)).toBe(0);
  const v6 = bed.lab.world.names['web.telegram.org']?.v6[0];
  if (v6 !== undefined) await reach(v6);
  expect((await bed.flood(50, 0.4, [world.v4])).answered).toBeGreaterThan(10);
}

/** Ends the tunnel's program, and no other of its name. */
async function killTunnel(): Promise<void> {
  const device = (await bed.shell('client', "ip -o link | grep -o 'sawt[0-9a-f]*' | head -n 1")).trim();
  const kill = `for file in /proc/[0-9]*/cmdline; do
    if tr '\\0' ' ' <"$file" 2>/dev/null | grep -Eq '^[^ ]*(wireguard-go|openvpn) .*${device}'; then
      kill -9 "$(echo "$file" | cut -d/ -f3)"
    fi
  done`;
  await bed.shell('client', kill);
}

describe.each(['wireguard.conf', 'openvpn-udp.ovpn'])('with calls only through %s', (file) => {
  it('the services go inside and never outside, the rest goes outside', { timeout: 60_000 }, async () => {
    const untouched = await bed.snapshot();
    const { id } = await callsOnly(file);
    const connection = await sawt<Connection>('connect', id);
    expect(connection).toMatchObject({
      ...{ state: 'connected', split: 'calls' },
      verified: { traffic: true, dnsInTunnel: true, calls: 'ok' },
    });
    const sent = await plainly(everything);
    expect(insideOnes(sent)).toEqual([]);
    expect(outsideOnes(sent).length).toBeGreaterThan(10);
    expect(await sawt('status')).toMatchObject({ state: 'connected', split: 'calls' });
    await sawt('disconnect');
    expect(await bed.snapshot()).toBe(untouched);
  });

  it('nothing of the services leaks when the tunnel dies, and the rest goes on', { timeout: 60_000 }, async () => {
    const { id } = await callsOnly(file);
    await sawt('connect', id);
    await killTunnel();
    const sent = await plainly(async () => {
      expect(await reach(telegram.address)).not.toBe(0);
      await bed.flood(50, 0.3, [telegram.address]);
      expect((await bed.flood(50, 0.4, [world.v4])).answered).toBeGreaterThan(10);
    });
    expect(insideOnes(sent)).toEqual([]);
    expect(outsideOnes(sent).length).toBeGreaterThan(10);
    expect(await sawt('status')).toMatchObject({ error: { code: 'program-died' } });
    // The same look sees what leaks without the lock.
    const unlock = 'nft delete table inet sawt_ks; while ip rule del pref 100; do :; done; ip rule del pref 90';
    const leaked = await plainly(async () => {
      await bed.shell('client', unlock);
      await bed.flood(50, 0.3, [telegram.address]);
    });
    expect(insideOnes(leaked).length).toBeGreaterThan(5);
    await sawt('repair');
  });
});

describe.each(['wireguard.conf', 'openvpn-udp.ovpn'])('calls that were blocked, through %s', (file) => {
  it('work again by the re-check, and messages still go outside', { timeout: 90_000 }, async () => {
    const { censor, world: change } = findScenario('practice');
    await bed.lab.flip(censor, change);
    const before = await sawt<Report>('check');
    expect(callsOf(before, 'telegram')).toBe('blocked');
    const { id } = await callsOnly(file);
    const connection = await sawt<Connection>('connect', id);
    expect(connection).toMatchObject({ state: 'connected', split: 'calls', verified: { calls: 'ok' } });
    const signal = bed.lab.world.names['chat.signal.org']?.v4[0] ?? '';
    let again: Comparison | undefined;
    const sent = await plainly(async () => {
      again = await sawt<Comparison>('recheck');
      await reach(signal);
    });
    expect(again && callsOf(again.after, 'telegram')).toBe('ok');
    // Nothing is said of a service whose calls go outside.
    expect(again && callsOf(again.after, 'signal')).toBeUndefined();
    expect(again?.after.findings).toEqual([]);
    // The check itself asks public resolvers by their addresses; those outside say nothing of the calls.
    expect(insideOnes(sent).filter((text) => !text.endsWith(' 53'))).toEqual([]);
    expect(sent).toContain(`${signal} 443`);
    await sawt('disconnect');
    await bed.lab.flip({});
  });
});

const callsOf = ({ services }: Report, id: string): Verdict | undefined =>
  services.find((service) => service.id === id)?.calls.verdict;

it('a change to the whole tunnel and back takes the lock along', { timeout: 60_000 }, async () => {
  const untouched = await bed.snapshot();
  const { id, whole } = await callsOnly('wireguard.conf');
  await sawt('connect', id);
  const connection = await sawt<Connection>('connect', whole, '--no-recheck');
  expect(connection).toMatchObject({ state: 'connected' });
  expect(connection.split).toBeUndefined();
  const sent = await plainly(everything);
  expect([...insideOnes(sent), ...outsideOnes(sent)]).toEqual([]);
  expect(await sawt('connect', id)).toMatchObject({ state: 'connected', split: 'calls' });
  expect(outsideOnes(await plainly(everything)).length).toBeGreaterThan(10);
  await sawt('disconnect');
  expect(await bed.snapshot()).toBe(untouched);
});

it('a lock for calls only that was left without its journal is found and taken away', { timeout: 60_000 }, async () => {
  const untouched = await bed.snapshot();
  const { id } = await callsOnly('wireguard.conf');
  await sawt('connect', id);
  await bed.lab.exec('client', ['sh', '-c', `rm -f "$SAWT_HOME"/run/connection.json`]);
  await sawt('repair');
  expect(await bed.snapshot()).toBe(untouched);
});
