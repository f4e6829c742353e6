import { setTimeout as delay } from 'node:timers/promises';
import { splitPrefixes } from '../../profile/split/calls.ts';
import type { WireGuardPeer, WireGuardProfile } from '../../profile/types.ts';
import { coversFamily, familyOf, formatEndpoint, splitCidr, type Family } from '../addresses.ts';
import { AttemptFailure, type Candidate, type Carrier, type Inside, type OpenOptions } from '../carrier.ts';
import { resolveHost } from '../endpoints.ts';
import { TunnelFailure } from '../errors.ts';
import { batch } from '../lock/ip.ts';
import { identify } from '../processes.ts';
import type { Programs } from '../run.ts';
import { setconfText } from './conf.ts';

/** IPv4 over Ethernet less 80 bytes for the widest case, an IPv6 endpoint. */
const defaultMtu = 1420;
const handshakeLimitMs = 5000;
/** WireGuard itself tries again only after 5 s; on a lossy line a fresh start after this time gives three tries. */
const retryAfterMs = 1700;
const deviceLimitMs = 3000;

interface ExitPeer {
  index: number;
  peer: WireGuardPeer & { endpoint: NonNullable<WireGuardPeer['endpoint']> };
}

/** Throws `no-endpoint` or `not-supported` for a profile that cannot carry all traffic. */
export function createWireGuardCarrier(programs: Programs, profile: WireGuardProfile): Carrier {
  const only = splitPrefixes(profile);
  const exit = exitPeer(profile, only);
  const addresses = profile.addresses.map((cidr) => splitCidr(cidr).network);
  const ipv6 = addresses.some((address) => familyOf(address) === '6') && coversFamily(exit.peer.allowedIps, '6');

  async function configure({ device, candidate }: OpenOptions): Promise<void> {
    const text = setconfText(profile, exit.index, candidate.address);
    await programs.run('wg', ['setconf', device, '/dev/stdin'], { stdin: text, secret: true });
  }

  async function open(options: OpenOptions): Promise<Inside> {
    await createDevice(programs, options);
    await configure(options);
    await addAddresses(programs, options.device, profile);
    await programs.run('ip', ['link', 'set', 'dev', options.device, 'mtu', String(profile.mtu ?? defaultMtu), 'up']);
    return { addresses, resolvers: { servers: profile.dns, searchDomains: profile.searchDomains }, ipv6 };
  }

  async function handshake(options: OpenOptions): Promise<void> {
    await options.onStage('handshake');
    const startedAt = performance.now();
    for (let tries = 1; ;) {
      if (await hasHandshake(programs, options.device)) return;
      const waitedMs = performance.now() - startedAt;
      if (waitedMs > handshakeLimitMs) throw silent(options.candidate);
      if (waitedMs > tries * retryAfterMs) {
        tries += 1;
        await configure(options);
      }
      await delay(waitedMs < 300 ? 10 : 50, undefined, { signal: options.signal });
    }
  }

  async function candidates(signal: AbortSignal): Promise<Candidate[]> {
    const { host, port } = exit.peer.endpoint;
    const found = await resolveHost(host, signal);
    return found.map((address) => ({ transport: 'wireguard-udp', address, port }));
  }

  return { kind: 'wireguard', ownAddresses: addresses, only, tools: ['wg'], candidates, open, handshake };
}

/** The peer that all traffic goes to, or all that is meant to go through the tunnel. */
function exitPeer(profile: WireGuardProfile, only: readonly string[] | undefined): ExitPeer {
  const index = profile.peers.findIndex(({ allowedIps }) =>
    only ? allowedIps.join() === only.join() : coversFamily(allowedIps, '4'),
  );
  const peer = profile.peers[index];
  if (!peer) {
    throw new TunnelFailure(
      'not-supported',
      'This profile sends only some addresses through its server, and Sawt connects only what protects all traffic; set AllowedIPs to 0.0.0.0/0, ::/0 and import it again.',
    );
  }
  const { endpoint } = peer;
  if (!endpoint) {
    throw new TunnelFailure(
      'no-endpoint',
      'This profile names no server address (Endpoint), so there is nothing to connect to.',
    );
  }
  return { index, peer: { ...peer, endpoint } };
}

/** The kernel's WireGuard where it has one, else wireguard-go. */
async function createDevice(programs: Programs, { device, onProgram, signal }: OpenOptions): Promise<void> {
  const made = await programs.ask('ip', ['link', 'add', 'dev', device, 'type', 'wireguard']);
  if (made.code === 0) return;
  if (/operation not permitted/i.test(made.stderr)) {
    throw new TunnelFailure(
      'permission-refused',
      'The system refused to make a network device: connecting needs administrator rights.',
    );
  }
  const pid = await programs.start('wireguard-go', ['--foreground', device]);
  const program = await identify(pid);
  if (program) await onProgram(program);
  for (let waitedMs = 0; waitedMs < deviceLimitMs; waitedMs += 5) {
    if ((await programs.ask('wg', ['show', device, 'fwmark'])).code === 0) return;
    if (!program || !(await identify(pid))) break;
    await delay(5, undefined, { signal });
  }
  throw new TunnelFailure(
    'program-died',
    'wireguard-go could not make a network device; "sawt doctor" shows what this system lacks.',
  );
}

/** Without routes of their own: the tunnel's addresses must not hide or add any part of the local network. */
async function addAddresses(programs: Programs, device: string, { addresses }: WireGuardProfile): Promise<void> {
  for (const family of ['4', '6'] satisfies Family[]) {
    const own = addresses.filter((cidr) => familyOf(cidr) === family);
    const flags = family === '4' ? 'noprefixroute' : 'noprefixroute nodad';
    await batch(
      programs,
      family,
      own.map((cidr) => `address add ${cidr} dev ${device} ${flags}`),
    );
  }
}

async function hasHandshake(programs: Programs, device: string): Promise<boolean> {
  const { stdout } = await programs.ask('wg', ['show', device, 'latest-handshakes']);
  return stdout.split('\n').some((line) => Number(line.split('\t')[1] ?? 0) > 0);
}

function silent({ address, port }: Candidate): AttemptFailure {
  return new AttemptFailure(
    'silent',
    'handshake-silent',
    `The server ${formatEndpoint(address, port)} did not answer within ${handshakeLimitMs / 1000} seconds: this network may block WireGuard, the server may be down, or it does not know this key. Try another server, or an OpenVPN profile over TCP.`,
  );
}
