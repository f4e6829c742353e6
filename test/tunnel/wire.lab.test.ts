import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addresses } from '../lab/addresses.ts';
import { findScenario } from '../lab/scenarios/all.ts';
import { places } from '../lab/system/places.ts';
import { makeBed, world, type Bed } from './bed/bed.ts';
import { judgeWire, type TunnelOnWire, type WireVerdict } from './wire/oracle.ts';

let bed: Bed;
let client: TunnelOnWire['client'];
beforeAll(async () => {
  bed = await makeBed();
  await bed.lab.flip(findScenario('practice').censor);
  const mac = (await bed.shell('client', 'cat /sys/class/net/eth0/address')).trim();
  client = { address: addresses.client.v4, mac };
  expect(await sawt('check')).toMatchObject({ network: { state: 'online', tunnel: 'none' } });
});
afterEach(() => sawt('disconnect'));
afterAll(() => bed.close());

type Document = Record<string, unknown>;

/** The public command line, as a person in the practice network runs it. */
async function sawt(...args: string[]): Promise<Document> {
  const argv = [process.execPath, places.program('cli'), ...args, '--json'] as const;
  const { stdout, stderr } = await bed.lab.exec('client', argv);
  if (stdout === '') throw new Error(`sawt ${args.join(' ')} gave no document: ${stderr}`);
  return JSON.parse(stdout) as Document;
}

async function importProfile(file: string): Promise<string> {
  return String((await sawt('import', join(bed.lab.folder, file)))['id']);
}

/** What passes between client and ISP, in both families, while `work` is done. */
async function watchWire(tunnel: TunnelOnWire, work: () => Promise<void>): Promise<WireVerdict> {
  const capture = await bed.lab.capture('isp', 'lan');
  await work();
  return judgeWire(await capture.stop(), tunnel);
}

/** As every program does: by the system's resolver, in both families. */
async function lookUp(...names: string[]): Promise<void> {
  const found = await bed.shell('client', `getent ahosts ${names.join(' ')}`);
  expect(found).toMatch(/\d+\.\d+\.\d+\.\d+ +STREAM/);
}

const server = addresses.vpn.v4;
const tunnels = [
  { kind: 'wireguard-udp', file: 'wireguard.conf', port: 51820, mtu: 1420 },
  { kind: 'openvpn-udp', file: 'openvpn-udp.ovpn', port: 1194, mtu: 1500 },
  { kind: 'openvpn-tcp', file: 'openvpn-tcp.ovpn', port: 443, mtu: 1500 },
] as const;

describe.each(tunnels)('on the wire with $kind', ({ kind, file, port, mtu }) => {
  const onWire = (): TunnelOnWire => ({ kind, client, server: { address: server, port }, mtu });

  it('there is nothing but the tunnel from connecting to the end of the journey', { timeout: 90_000 }, async () => {
    const id = await importProfile(file);
    const { own, strangers } = await watchWire(onWire(), async () => {
      expect(await sawt('connect', id)).toMatchObject({ state: 'connected', verified: { traffic: true } });
      expect(await sawt('recheck')).toMatchObject({ after: { network: { state: 'online' } } });
      const { answered } = await bed.flood(300, 1);
      expect(answered).toBeGreaterThan(200);
      await lookUp('web.whatsapp.com', 'web.telegram.org');
    });
    expect(strangers).toEqual([]);
    expect(own).toBeGreaterThan(500);
  });

  it(
    'the same look sees what leaks without the lock, also to the port of the server',
    { timeout: 60_000 },
    async () => {
      const id = await importProfile(file);
      const transport = kind === 'openvpn-tcp' ? 'tcp' : 'udp';
      const plain = `exec 3<>/dev/${transport}/${server}/${port}; echo plain bytes >&3; sleep 0.2`;
      const { own, strangers } = await watchWire(onWire(), async () => {
        expect(await sawt('connect', id, '--no-recheck')).toMatchObject({ state: 'connected' });
        await bed.shell('client', 'nft delete table inet sawt_ks; ip rule del pref 100; ip -6 rule del pref 100');
        await bed.flood(100, 0.3);
        await bed.lab.exec('client', ['bash', '-c', plain]);
      });
      expect(own).toBeGreaterThan(5);
      const leaks = (pattern: string): number => strangers.filter((line) => line.includes(pattern)).length;
      expect(leaks(`${world.v4} ports`)).toBeGreaterThan(20);
      expect(leaks(`${world.v6} ports`)).toBeGreaterThan(20);
      expect(leaks('"plain bytes."')).toBe(1);
    },
  );
});

it('a wire on which nothing was sent is an error, not a proof', async () => {
  const capture = await bed.lab.capture('injector', 'lo');
  await expect(capture.stop()).rejects.toThrow(/it is empty/);
});
