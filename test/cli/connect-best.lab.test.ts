import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Connection, ProbedServer, ProfileSummary, ServersProbe } from '../../electron/api/schema.ts';
import { genkey, pubkey } from '../../electron/profile/wg/commands.ts';
import { addresses } from '../lab/addresses.ts';
import type { Censor } from '../lab/censor/censor.ts';
import { makeClientBed, type ClientBed } from './client-bed.ts';

let bed: ClientBed;
let untouched: string;
const ids = new Map<string, string>();
beforeAll(async () => {
  bed = await makeClientBed();
  for (const file of ['wireguard.conf', 'openvpn-tcp.ovpn']) {
    const { stdout } = await bed.sawt(['import', join(bed.lab.folder, file), '--json']);
    ids.set(file, (JSON.parse(stdout) as ProfileSummary).id);
  }
  untouched = await bed.snapshot();
});
afterEach(async () => {
  await bed.sawt(['disconnect']);
  await bed.lab.flip({});
});
afterAll(() => bed.lab.close());

async function connectToBest(...more: string[]): Promise<{ connection: Connection; said: string }> {
  const { stdout, stderr } = await bed.sawt(['connect', '--best', '--no-recheck', '--json', ...more]);
  return { connection: JSON.parse(stdout) as Connection, said: stderr };
}

/** What the servers answer now is remembered for the next connection on this network. Best first. */
async function probe(): Promise<ProbedServer[]> {
  const { code, stdout } = await bed.sawt(['servers', 'probe', '--json']);
  expect(code).toBe(0);
  return (JSON.parse(stdout) as ServersProbe).results;
}

const idOf = (file: string): string => ids.get(file) ?? '';
const tries = ({ attempts }: Connection): string[] => attempts.map(({ transport, result }) => `${transport} ${result}`);

const noWireGuard: Censor = { packets: [{ drop: 'udp', ports: [51820] }] };
/** How each is cut off, and what then becomes of the try. */
const cut: Partial<Record<ProbedServer['method'], { censor: Censor; tried: string }>> = {
  wireguard: { censor: noWireGuard, tried: 'wireguard-udp silent' },
  'openvpn-tcp': { censor: { packets: [{ drop: 'openvpn', transport: 'tcp' }] }, tried: 'openvpn-tcp refused' },
};
const nothingPasses: Censor = { packets: [{ drop: 'everything' }] };

it('one that answers is taken, and why is said', { timeout: 90_000 }, async () => {
  const { connection, said } = await connectToBest();
  expect(connection).toMatchObject({ state: 'connected', verified: { traffic: true } });
  expect(said).toContain('the best for calls, of 2 tried');
});

it('a blocked WireGuard port is found out by asking, and OpenVPN is taken', { timeout: 90_000 }, async () => {
  await bed.lab.flip(noWireGuard);
  await probe();
  const { connection } = await connectToBest();
  expect(connection).toMatchObject({ state: 'connected', profile: idOf('openvpn-tcp.ovpn') });
  expect(tries(connection)).toEqual(['openvpn-tcp ok']);
});

it('the best one gives way to the next when it is cut off after it had answered', { timeout: 90_000 }, async () => {
  // Which of the two is the best is the line's business.
  const [best, next] = await probe();
  const how = best && cut[best.method];
  if (!how || !next) throw new Error('Both should have answered.');
  await bed.lab.flip(how.censor);
  const { connection, said } = await connectToBest('--kill-switch');
  expect(connection).toMatchObject({ state: 'connected', killSwitch: true, profile: next.profile });
  expect(tries(connection)).toEqual([how.tried, `${next.method === 'wireguard' ? 'wireguard-udp' : next.method} ok`]);
  expect(said).toContain(`${best.name} ${best.endpoint}: the best for calls`);
});

it('when none answers any more, all are asked anew, and nothing is left behind', { timeout: 90_000 }, async () => {
  await probe();
  await bed.lab.flip(nothingPasses);
  const { connection } = await connectToBest();
  expect(connection).toMatchObject({ state: 'failed', error: { code: 'handshake-silent' } });
  expect(tries(connection).sort()).toEqual(['openvpn-tcp silent', 'wireguard-udp silent']);
  expect(await bed.snapshot()).toBe(untouched);
});

it('a key that is not accepted any more gives way to the next', { timeout: 90_000 }, async () => {
  await bed.sawt(['profiles', 'remove', idOf('openvpn-tcp.ovpn')]);
  const keys = new Map([[idOf('wireguard.conf'), (await peers()).trim()], await secondDevice()]);
  const [best, next] = await probe();
  await bed.lab.exec('vpn', ['wg', 'set', 'wgs', 'peer', keys.get(best?.profile ?? '') ?? '', 'remove']);
  const { connection } = await connectToBest();
  expect(connection).toMatchObject({ state: 'connected', profile: next?.profile });
  expect(tries(connection)).toEqual(['wireguard-udp silent', 'wireguard-udp ok']);
});

const peers = async (): Promise<string> => (await bed.lab.exec('vpn', ['wg', 'show', 'wgs', 'peers'])).stdout;

/** A profile for the same server at another of its ports, with a key of its own; its id and its public key. */
async function secondDevice(): Promise<[profile: string, publicKey: string]> {
  const [privateKey, address] = [genkey(), '10.66.0.77/32'];
  const { stdout: server } = await bed.lab.exec('vpn', ['wg', 'show', 'wgs', 'public-key']);
  await bed.lab.exec('vpn', ['wg', 'set', 'wgs', 'peer', pubkey(privateKey), 'allowed-ips', address]);
  const own = `[Interface]\nPrivateKey = ${privateKey}\nAddress = ${address}\nDNS = 10.66.0.1\n`;
  const peer = `[Peer]\nPublicKey = ${server}AllowedIPs = 0.0.0.0/0\nEndpoint = ${addresses.vpn.v4}:443\n`;
  const file = join(bed.lab.folder, 'second.conf');
  await writeFile(file, own + peer);
  const { stdout } = await bed.sawt(['import', file, '--json']);
  return [(JSON.parse(stdout) as ProfileSummary).id, pubkey(privateKey)];
}
