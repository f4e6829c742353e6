import { isFirewallUp } from './lock/firewall.ts';
import { listRoutes } from './lock/ip.ts';
import { isRoutingLockUp } from './lock/routing-lock.ts';
import { isAlive } from './processes.ts';
import type { Journal, JournalFile } from './journal.ts';
import type { Programs } from './run.ts';
import type { TunnelError, TunnelState, Verified } from './types.ts';

/** What the system shows of the connection that a journal describes. */
export interface Observation {
  ownerAlive: boolean;
  /** Traffic is routed into the tunnel's interface: the interface is there and up. */
  carrying: boolean;
  program: boolean;
  firewall: boolean;
  routing: boolean;
}

async function observe(programs: Programs, journal: Journal): Promise<Observation> {
  const [ownerAlive, routes, program, firewall, routing] = await Promise.all([
    isAlive(journal.owner),
    listRoutes(programs, '4', journal.routing.table),
    journal.program ? isAlive(journal.program) : true,
    isFirewallUp(programs),
    isRoutingLockUp(programs, journal.routing),
  ]);
  const carrying = routes.some(({ dst, dev }) => dst === 'default' && dev === journal.interface);
  return { ownerAlive, carrying, program, firewall, routing };
}

export interface StatusTools {
  programs: Programs;
  journal: JournalFile;
}

/** What is true now, whoever connected. */
export async function readStatus({ programs, journal }: StatusTools): Promise<TunnelState> {
  const found = await journal.read();
  if (found === undefined) return { state: 'disconnected' };
  if (found === 'unreadable') return { state: 'failed', profile: null, backend: null, attempts: [], error: unreadable };
  return judgeStatus(found, await observe(programs, found));
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
    return { state: 'blocked', profile, backend, killSwitch, error: journal.error };
  }
  if (seen.carrying && seen.program && verified) return connectedState(journal, verified);
  return killSwitch ? { state: 'blocked', profile, backend, killSwitch, error: died } : failed(died);
}

export function connectedState(journal: Journal, verified: Verified): TunnelState {
  const { profile, backend, since, durationMs, killSwitch, attempts } = journal;
  return { state: 'connected', profile, backend, since: since ?? '', durationMs, killSwitch, verified, attempts };
}

const died: TunnelError = {
  code: 'program-died',
  message:
    'The tunnel ended unexpectedly and nothing leaks: all traffic is held. Connect again, or run "sawt disconnect" to go on without protection.',
};

const interrupted: TunnelError = {
  code: 'program-died',
  message:
    'Connecting was interrupted and may have left traffic held; connect again, or run "sawt repair" to put the network back.',
};

const lockGone: TunnelError = {
  code: 'firewall-failed',
  message:
    'Another program removed the lock against leaks, or the computer was restarted, so traffic may be unprotected; connect again, or run "sawt repair".',
};

const unreadable: TunnelError = {
  code: 'network-change-failed',
  message:
    'The record of the connection is damaged, so Sawt cannot tell what it says; run "sawt repair" to put the network back.',
};
