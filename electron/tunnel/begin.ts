import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { publicIpv6 } from '../profile/split/calls.ts';
import type { Candidate } from './carrier.ts';
import { TunnelFailure } from './errors.ts';
import type { Journal, RoutingLock } from './journal.ts';
import type { Ledger } from './ledger.ts';
import { lowerRoutingLock, planRoutingLock } from './lock/routing-lock.ts';
import { preflight } from './preflight.ts';
import { identify, isAlive } from './processes.ts';
import type { ConnectRequest, ConnectTools } from './request.ts';
import { planSysctls } from './sysctls.ts';
import { undoTunnel } from './undo.ts';

/** Finds out everything that can be known before a change, then writes the journal. Returns the servers to try, in order. */
export async function begin(tools: ConnectTools, request: ConnectRequest, ledger: Ledger): Promise<Candidate[]> {
  ledger.report();
  const earlier = await earlierConnection(tools);
  const { candidates, survey } = await preflight(tools.programs, request.carrier, {
    takeover: earlier !== undefined,
    signal: request.signal,
  });
  request.signal.throwIfAborted();
  if (earlier) {
    // From here on the earlier connection is ours to undo, should we be stopped.
    ledger.journal = earlier;
    await undoTunnel(tools, earlier);
    const routing = await takeOver(tools, earlier.routing, request.carrier.only);
    await ledger.save({ ...(await newJournal(request, routing)), sysctls: earlier.sysctls });
  } else {
    const routing = withScope(planRoutingLock(survey), request.carrier.only);
    const journal = { ...(await newJournal(request, routing)), sysctls: await planSysctls() };
    await tools.journal.create(journal);
    ledger.journal = journal;
  }
  return candidates;
}

function withScope(lock: RoutingLock, only: string[] | undefined): RoutingLock {
  const { table, resolverPref, lanPref, tunnelPref, lan, tunnelled, ipv6 } = lock;
  const whole = { table, resolverPref, lanPref, tunnelPref, lan, tunnelled, ipv6 };
  // IPv6 that the tunnel does not carry must not carry the calls around it: it is held.
  return only ? { ...whole, only: [...new Set([...only, publicIpv6])] } : whole;
}

/** Of another scope, the rules are another set. The firewall of the earlier connection holds everything of its own meanwhile. */
async function takeOver(
  { programs }: ConnectTools,
  earlier: RoutingLock,
  only: string[] | undefined,
): Promise<RoutingLock> {
  const next = withScope(earlier, only);
  if (JSON.stringify(next.only) === JSON.stringify(earlier.only)) return earlier;
  await lowerRoutingLock(programs, earlier);
  return { ...next, tunnelled: [] };
}

/** A connection of ours that is taken over with its lock, so that a change of server has no gap. */
async function earlierConnection(tools: ConnectTools): Promise<Journal | undefined> {
  const found = await tools.journal.read();
  if (found === undefined) return undefined;
  if (found === 'unreadable') {
    throw new TunnelFailure(
      'network-change-failed',
      'The record of an earlier connection is damaged; run "sawt repair" first.',
    );
  }
  if (found.phase === 'connecting' && (await isAlive(found.owner))) {
    throw new TunnelFailure('another-tunnel', 'Sawt is already connecting; wait for it or run "sawt disconnect".');
  }
  if (found.bootId === (await bootId())) return found;
  // Nothing but the resolvers survives a restart of the computer.
  await undoTunnel(tools, found);
  await tools.journal.remove();
  return undefined;
}

async function newJournal(request: ConnectRequest, routing: Journal['routing']): Promise<Journal> {
  const owner = await identify(process.pid);
  if (!owner)
    throw new TunnelFailure('not-supported', 'This system has no /proc, which Sawt needs to keep track of programs.');
  const { id, backend, killSwitch, carrier } = request;
  return {
    schema: 1,
    phase: 'connecting',
    stage: 'starting',
    owner,
    bootId: await bootId(),
    kind: carrier.kind,
    profile: id,
    backend,
    killSwitch,
    interface: `sawt${randomBytes(4).toString('hex')}`,
    program: null,
    routing,
    sysctls: [],
    resolver: { kind: 'untouched' },
    since: null,
    durationMs: 0,
    attempts: [],
    verified: null,
    error: null,
  };
}

/** Changes with every start of the computer (random(4)). */
async function bootId(): Promise<string> {
  return (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
}
