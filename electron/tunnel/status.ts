import { isFirewallUp } from './lock/firewall.ts';
import { listRoutes } from './lock/ip.ts';
import { isRoutingLockUp } from './lock/routing-lock.ts';
import { isAlive } from './processes.ts';
import type { Journal, JournalFile } from './journal.ts';
import type { Programs } from './run.ts';
import { hasLostServer } from './openvpn/present-state.ts';
import type { TunnelError, TunnelState, Verified } from './types.ts';
import { connectionFiles } from './undo.ts';
import { isWireGuardSilent } from './wireguard/silence.ts';

/** What the system shows of the connection that a journal describes. */
export interface Observation {
  ownerAlive: boolean;
  /** Traffic is routed into the tunnel's interface: the interface is there and up. */
  carrying: boolean;
  program: boolean;
  firewall: boolean;
  routing: boolean;
  /** The other side has stopped answering. */
  silent: boolean;
}

async function observe(tools: StatusTools, journal: Journal): Promise<Observation> {
  const { programs } = tools;
  const [ownerAlive, routes, program, firewall, routing, silent] = await Promise.all([
    isAlive(journal.owner),
    listRoutes(programs, '4', journal.routing.table),
    journal.program ? isAlive(journal.program) : true,
    isFirewallUp(programs),
    isRoutingLockUp(programs, journal.routing),
    journal.phase === 'connected' && isServerSilent(tools, journal),
  ]);
  const carrying = routes.some(({ dst, dev }) => dst === 'default' && dev === journal.interface);
  return { ownerAlive, carrying, program, firewall, routing, silent };
}

/** From what the tunnel program itself knows: nothing is sent. */
async function isServerSilent({ programs, runtimeFolder, now }: StatusTools, journal: Journal): Promise<boolean> {
  const { kind, interface: device } = journal;
  const { management, reading } = connectionFiles(runtimeFolder, device);
  if (kind === 'openvpn') return await hasLostServer(management);
  return await isWireGuardSilent(programs, { device, path: reading, nowMs: now() });
}

export interface StatusTools {
  programs: Programs;
  runtimeFolder: string;
  journal: JournalFile;
  /** Milliseconds since 1970, by the clock that stamps the handshakes. */
  now: () => number;
}

/** What is true now, whoever connected. */
export async function readStatus(tools: StatusTools): Promise<TunnelState> {
  const found = await tools.journal.read();
  if (found === undefined) return { state: 'disconnected' };
  if (found === 'unreadable') return { state: 'failed', profile: null, backend: null, attempts: [], error: unreadable };
  return judgeStatus(found, await observe(tools, found));
}

/** The true state: what the journal says, unless the system shows otherwise. */
export function judgeStatus(journal: Journal, seen: Observation): TunnelState {
  const { profile, backend, killSwitch, attempts, verified } = journal;
  const failed = (error: TunnelError): TunnelState => ({ state: 'failed', profile, backend, attempts, error });
  if (journal.phase === 'connecting') {
    if (seen.ownerAlive) return { state: 'connecting', stage: journal.stage, profile, backend, attempts };
    return failed(interrupted);
  }
  const locked = seen.firewall && seen.routing;
  if (!locked) return failed(lockGone);
  if (journal.phase === 'blocked' && journal.error) {
    return { state: 'blocked', profile, backend, killSwitch, attempts, error: journal.error };
  }
  const whole = seen.carrying && seen.program;
  if (whole && verified && !seen.silent) return connectedState(journal, verified);
  const error = whole && seen.silent ? wentSilent : died;
  return killSwitch ? { state: 'blocked', profile, backend, killSwitch, attempts, error } : failed(error);
}

export function connectedState(journal: Journal, verified: Verified): TunnelState {
  const { profile, backend, since, durationMs, killSwitch, attempts, routing } = journal;
  const split = routing.only && { split: 'calls' as const };
  return {
    ...{ state: 'connected', profile, backend, since: since ?? '', durationMs, killSwitch, ...split },
    ...{ verified, attempts },
  };
}

const died: TunnelError = {
  code: 'program-died',
  message:
    'The tunnel ended unexpectedly and nothing leaks: all traffic is held. Connect again, or run "sawt disconnect" to go on without protection.',
};

/** Not "handshake-silent": that one leaves the network as it was before, and here everything is held. */
const wentSilent: TunnelError = {
  code: 'server-silent',
  message:
    'The server has stopped answering, so nothing passes through the tunnel; nothing leaks: all traffic is held until it answers again. Connect to another server, or run "sawt disconnect" to go on without protection.',
};

const interrupted: TunnelError = {
  code: 'connect-interrupted',
  message:
    'Connecting was interrupted and may have left traffic held; connect again, or run "sawt repair" to put the network back.',
};

/** Not "firewall-failed": that one means that nothing was connected without the lock. */
const lockGone: TunnelError = {
  code: 'lock-gone',
  message:
    'Another program removed the lock against leaks, or the computer was restarted, so traffic may be unprotected; connect again, or run "sawt repair".',
};

const unreadable: TunnelError = {
  code: 'record-damaged',
  message:
    'The record of the connection is damaged, so Sawt cannot tell what it says; run "sawt repair" to put the network back.',
};
