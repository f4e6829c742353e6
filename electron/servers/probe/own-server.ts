import { parseStaticKey } from '../../check/packet/openvpn-key.ts';
import { decodeStun, encodeStun, messageTypes, stunTransaction } from '../../check/packet/stun.ts';
import { runDatagramSeries, type Try } from './datagram-series.ts';
import type { ProbeNet } from './net.ts';
import { probeOpenVpn } from './openvpn.ts';
import { defaultPlan, type ProbeOutcome } from './outcome.ts';
import { probeTcp } from './tcp.ts';
import { probeWireGuard, type WireGuardTarget } from './wireguard.ts';

/** What is tried at a server of one's own. `udp`: any datagram, where nobody is known to listen yet. */
export type Door =
  | { what: 'ssh' | 'web'; port: number }
  | { what: 'udp' | 'relay'; port: number }
  | { what: 'wireguard'; port: number; keys: Omit<WireGuardTarget, 'address' | 'port'> }
  | { what: 'openvpn'; port: number; tlsCrypt: string };

/**
 * `answers`: it spoke. `closed`: something said that nobody listens, so the way there is open. `silent`: nothing came
 * back: blocked on the way, closed by a firewall that says nothing, or not there. `unreachable`: no way from here.
 */
export type DoorResult = 'answers' | 'closed' | 'silent' | 'unreachable';

/** A door after the knock; no secret in it. */
export interface KnockedDoor {
  what: Door['what'];
  transport: 'udp' | 'tcp';
  port: number;
  result: DoorResult;
  rttMs: number | null;
}

/**
 * `ready`: all that was asked of the VPN answers. `only-tcp`, `only-udp`: OpenVPN answers and WireGuard does not, or the
 * other way round. `not-set-up`: the server is there, its VPN is not. `reachable`: nothing is set up yet, and the way is
 * open. `silent`: nothing at all came back. `name-not-found`: there was no address to knock at.
 */
export type OwnServerConclusion =
  'ready' | 'only-tcp' | 'only-udp' | 'not-set-up' | 'reachable' | 'silent' | 'name-not-found';

export interface OwnServerCheck {
  host: string;
  /** The one that was tried; null when the name has none. */
  address: string | null;
  doors: KnockedDoor[];
  conclusion: OwnServerConclusion;
}

/** Knocks at all doors at once. @throws the signal's reason */
export function knock(
  address: string,
  doors: readonly Door[],
  options: { net: ProbeNet; signal?: AbortSignal },
): Promise<KnockedDoor[]> {
  return Promise.all(
    doors.map(async (door) => {
      const outcome = await knockAt(address, door, options);
      const rttMs = outcome.kind === 'answered' || outcome.kind === 'busy' ? outcome.rttMs : null;
      return { what: door.what, transport: transportOf(door), port: door.port, result: resultOf(outcome), rttMs };
    }),
  );
}

function transportOf({ what }: Door): 'udp' | 'tcp' {
  return what === 'wireguard' || what === 'relay' || what === 'udp' ? 'udp' : 'tcp';
}

async function knockAt(
  address: string,
  door: Door,
  options: { net: ProbeNet; signal?: AbortSignal },
): Promise<ProbeOutcome> {
  const to = { address, port: door.port };
  switch (door.what) {
    case 'ssh':
    case 'web':
      return (await probeTcp(to, options)).outcome;
    case 'wireguard':
      return (await probeWireGuard({ ...to, ...door.keys }, { ...options, liveKeys: new Set() })).outcome;
    case 'openvpn': {
      const wrapping = { kind: 'tls-crypt', key: parseStaticKey(door.tlsCrypt) } as const;
      return (await probeOpenVpn({ ...to, transport: 'tcp', wrapping }, options)).outcome;
    }
    case 'udp':
    case 'relay':
      return await askStun(to, options);
  }
}

async function askStun(
  to: { address: string; port: number },
  { net, signal }: { net: ProbeNet; signal?: AbortSignal },
): Promise<ProbeOutcome> {
  const makeTry = (): Try => {
    const transaction = stunTransaction('modern', net.randomBytes(16));
    return {
      bytes: encodeStun(messageTypes.bindingRequest, transaction),
      read: (datagram) => (isAnswer(datagram, transaction) ? 'answered' : 'foreign'),
    };
  };
  const { replies, failure, sent, waitedMs } = await runDatagramSeries({ net, to, plan: defaultPlan, makeTry, signal });
  const [first] = replies;
  if (first) return { kind: 'answered', rttMs: first.rttMs };
  if (failure === 'refused' || failure === 'reset') return { kind: 'refused' };
  if (failure === 'no-route' || failure === 'denied') return { kind: 'unreachable', why: failure };
  return { kind: 'silent', sent, waitedMs };
}

function isAnswer(datagram: Uint8Array, transaction: Uint8Array): boolean {
  try {
    return Buffer.from(decodeStun(datagram).transaction).equals(transaction);
  } catch {
    return false; // not STUN at all
  }
}

function resultOf({ kind }: ProbeOutcome): DoorResult {
  switch (kind) {
    case 'answered':
    case 'busy':
    case 'pskMismatch':
      return 'answers';
    case 'refused':
    case 'reset':
      return 'closed';
    case 'unreachable':
      return 'unreachable';
    case 'silent':
      return 'silent';
  }
}

/** What the doors mean together. `isMade`: the script for this server was made here, so its VPN is expected. */
export function concludeOwnServer(doors: readonly KnockedDoor[], isMade: boolean): OwnServerConclusion {
  const answers = (what: Door['what']): boolean | undefined => {
    const door = doors.find((one) => one.what === what);
    return door && door.result === 'answers';
  };
  const isThere = doors.some(({ result }) => result === 'answers' || result === 'closed');
  if (!isMade) return isThere ? 'reachable' : 'silent';
  const [wireguard, openvpn] = [answers('wireguard'), answers('openvpn')];
  if (wireguard !== true && openvpn !== true) return isThere ? 'not-set-up' : 'silent';
  if (wireguard === false) return 'only-tcp';
  return openvpn === false ? 'only-udp' : 'ready';
}
