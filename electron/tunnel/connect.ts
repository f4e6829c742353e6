import { attempt } from './attempt.ts';
import { begin } from './begin.ts';
import { AttemptFailure, type Candidate } from './carrier.ts';
import { disconnect } from './disconnect.ts';
import { toTunnelError, TunnelFailure } from './errors.ts';
import type { Journal } from './journal.ts';
import { Ledger } from './ledger.ts';
import { raiseFirewall } from './lock/firewall.ts';
import { raiseRoutingLock } from './lock/routing-lock.ts';
import type { ConnectRequest, ConnectTools } from './request.ts';
import { connectedState, readStatus } from './status.ts';
import { sysctlNote } from './sysctls.ts';
import type { TunnelState, Verified } from './types.ts';
import { undoTunnel } from './undo.ts';

/**
 * Journal, lock, tunnel, proof, with one server after the other. Whatever fails is undone, or held by the lock with the
 * kill switch. Failures are returned as states; nothing is thrown.
 */
export async function connect(tools: ConnectTools, request: ConnectRequest): Promise<TunnelState> {
  const startedAt = performance.now();
  const ledger = new Ledger(tools.journal, request);
  let state: TunnelState;
  try {
    const candidates = await begin(tools, request, ledger);
    const verified = await tryEach(candidates, tools, request, ledger);
    state = await succeed(ledger, verified, startedAt);
  } catch (error) {
    state = await giveUp(tools, request, ledger, error);
  }
  request.onState(state);
  return state;
}

/** Until one works. */
async function tryEach(
  candidates: readonly Candidate[],
  tools: ConnectTools,
  request: ConnectRequest,
  ledger: Ledger,
): Promise<Verified> {
  let failure: AttemptFailure | undefined;
  for (const candidate of candidates) {
    const startedAt = performance.now();
    try {
      const verified = await attempt(tools, request, ledger, candidate);
      ledger.note(candidate, 'ok', startedAt);
      return verified;
    } catch (error) {
      if (request.signal.aborted) ledger.note(candidate, 'cancelled', startedAt);
      if (!(error instanceof AttemptFailure)) throw error;
      ledger.note(candidate, error.result, startedAt);
      failure = error;
      await clearAttempt(tools, ledger);
      // The same name and password would be refused by the next server too, and the account may get locked.
      if (error.result === 'rejected') break;
    }
  }
  throw failure ?? new TunnelFailure('no-endpoint', 'The profile names no server that could be tried.');
}

/** Undoes one attempt and keeps the lock for the next. */
async function clearAttempt(tools: ConnectTools, ledger: Ledger): Promise<void> {
  await undoTunnel(tools, ledger.current);
  await ledger.update({ program: null, resolver: { kind: 'untouched' } });
}

async function succeed(ledger: Ledger, verified: Verified, startedAt: number): Promise<TunnelState> {
  const durationMs = Math.round(performance.now() - startedAt);
  const { attempts } = ledger;
  await ledger.update({ phase: 'connected', since: new Date().toISOString(), durationMs, verified, attempts });
  return connectedState(ledger.current, verified);
}

/** Ends in the state that the failure leaves behind; the error of an undo that fails too is the one that counts. */
async function giveUp(
  tools: ConnectTools,
  request: ConnectRequest,
  ledger: Ledger,
  cause: unknown,
): Promise<TunnelState> {
  const { journal, attempts } = ledger;
  const aborted = request.signal.aborted;
  const failed = (error: unknown): TunnelState => {
    return { state: 'failed', profile: request.id, backend: request.backend, attempts, error: toTunnelError(error) };
  };
  try {
    if (journal && request.killSwitch && !aborted) return await hold(tools, ledger, journal, cause);
    if (journal) await disconnect(tools, journal);
    return aborted ? await readStatus(tools) : failed(cause);
  } catch (error) {
    return failed(error);
  }
}

async function hold(tools: ConnectTools, ledger: Ledger, journal: Journal, cause: unknown): Promise<TunnelState> {
  const error = toTunnelError(cause);
  const { interface: device, routing, sysctls, profile, backend, killSwitch } = journal;
  const note = sysctlNote(sysctls);
  await raiseFirewall(tools.programs, { interface: device, openings: [], ownAddresses: [], note, only: routing.only });
  await raiseRoutingLock(tools.programs, routing);
  await undoTunnel(tools, journal);
  const { attempts } = ledger;
  const held = { ...journal, phase: 'blocked' as const, program: null, attempts, error };
  await ledger.save({ ...held, resolver: { kind: 'untouched' } });
  return { state: 'blocked', profile, backend, killSwitch, attempts, error };
}
