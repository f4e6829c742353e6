import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Endpoint } from '../profile/types.ts';
import { formatEndpoint, hostCidr, inAnyRange } from './addresses.ts';
import { AttemptFailure, openingOf, type Candidate, type Carrier, type Inside } from './carrier.ts';
import { toTunnelError, TunnelFailure } from './errors.ts';
import type { Journal, JournalFile } from './journal.ts';
import { raiseFirewall } from './lock/firewall.ts';
import { batch } from './lock/ip.ts';
import { localRanges, planRoutingLock, raiseRoutingLock } from './lock/routing-lock.ts';
import { preflight } from './preflight.ts';
import { identify, isAlive } from './processes.ts';
import type { TunnelResolvers } from './resolv-conf-text.ts';
import { applyResolver, planResolver, presentResolversSurvive } from './resolver.ts';
import { connectedState, readStatus, type StatusTools } from './status.ts';
import { applySysctls, planSysctls } from './sysctls.ts';
import type { Attempt, Stage, TunnelState, Verified } from './types.ts';
import { undoLock, undoTunnel, type UndoTools } from './undo.ts';
import { observeIpv6 } from './verify/ipv6.ts';
import { proveTraffic, type TrafficProof } from './verify/traffic.ts';

/** After the handshake, until something must have come back. */
const trafficLimitMs = 3000;

export interface ConnectTools extends UndoTools, StatusTools {
  /** Neutral STUN servers, by address. */
  stun: readonly Endpoint[];
  /** Public resolvers, reached through the tunnel, for a profile that names none. */
  fallbackResolvers: readonly string[];
}

export interface ConnectRequest {
  id: string;
  backend: string;
  killSwitch: boolean;
  carrier: Carrier;
  signal: AbortSignal;
  onState: (state: TunnelState) => void;
  verifyCalls?: ((signal: AbortSignal) => Promise<Verified['calls']>) | undefined;
}

/**
 * The fixed sequence: journal, firewall, rules, device, addresses, routes, resolvers, proof. Whatever fails is undone, or
 * held by the lock with the kill switch. Failures are returned as states; nothing is thrown.
 */
export async function connect(tools: ConnectTools, request: ConnectRequest): Promise<TunnelState> {
  const connection = new Connection(tools, request);
  try {
    await connection.begin();
    return await connection.establish();
  } catch (error) {
    return await connection.giveUp(error);
  }
}

class Connection {
  private readonly tools: ConnectTools;
  private readonly request: ConnectRequest;
  private readonly startedAt = performance.now();
  private readonly attempts: Attempt[] = [];
  /** Undefined until the journal is on the disk: before that, there is nothing to undo. */
  private journal: Journal | undefined;
  private candidates: Candidate[] = [];
  private stage: Stage = 'starting';

  constructor(tools: ConnectTools, request: ConnectRequest) {
    this.tools = tools;
    this.request = request;
  }

  /** Finds out everything first, then writes the journal, then raises the lock. */
  async begin(): Promise<void> {
    const { tools, request } = this;
    this.report();
    const earlier = await this.earlierConnection();
    const { candidates, survey } = await preflight(tools.programs, request.carrier, {
      takeover: earlier !== undefined,
      signal: request.signal,
    });
    this.candidates = candidates;
    request.signal.throwIfAborted();
    if (earlier) {
      // From here on the earlier connection is ours to undo, should we be stopped.
      this.journal = earlier;
      await undoTunnel(tools, earlier);
      await this.save({ ...(await this.newJournal(earlier.routing)), sysctls: earlier.sysctls });
    } else {
      const journal = { ...(await this.newJournal(planRoutingLock(survey))), sysctls: await planSysctls() };
      await tools.journal.create(journal);
      this.journal = journal;
    }
  }

  /** A connection of ours that is taken over with its lock, so that a change of server has no gap. */
  private async earlierConnection(): Promise<Journal | undefined> {
    const found = await this.tools.journal.read();
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
    await undoTunnel(this.tools, found);
    await this.tools.journal.remove();
    return undefined;
  }

  private async newJournal(routing: Journal['routing']): Promise<Journal> {
    const owner = await identify(process.pid);
    if (!owner)
      throw new TunnelFailure('not-supported', 'This system has no /proc, which Sawt needs to keep track of programs.');
    const { id, backend, killSwitch, carrier } = this.request;
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

  async establish(): Promise<TunnelState> {
    let failure: AttemptFailure | undefined;
    for (const candidate of this.candidates) {
      const startedAt = performance.now();
      try {
        const verified = await this.attempt(candidate);
        this.note(candidate, 'ok', startedAt);
        return await this.succeed(verified);
      } catch (error) {
        if (this.request.signal.aborted) this.note(candidate, 'cancelled', startedAt);
        if (!(error instanceof AttemptFailure)) throw error;
        this.note(candidate, error.result, startedAt);
        failure = error;
        await this.clearAttempt();
        // The same name and password would be refused by the next server too, and the account may get locked.
        if (error.result === 'rejected') break;
      }
    }
    throw failure ?? new TunnelFailure('no-endpoint', 'The profile names no server that could be tried.');
  }

  private async attempt(candidate: Candidate): Promise<Verified> {
    const { carrier, signal } = this.request;
    await this.setStage('starting');
    await this.raiseLock(candidate, carrier.ownAddresses);
    const options = {
      device: this.current.interface,
      candidate,
      signal,
      onStage: (stage: Stage): Promise<void> => this.setStage(stage),
      onProgram: async (program: NonNullable<Journal['program']>): Promise<void> => this.update({ program }),
    };
    const inside = await carrier.open(options);
    signal.throwIfAborted();
    const resolvers = await this.chooseResolvers(inside.resolvers);
    if (carrier.ownAddresses.length === 0) await this.raiseLock(candidate, inside.addresses);
    await this.routeInside(inside, resolvers);
    await this.useResolvers(resolvers);
    signal.throwIfAborted();
    return await this.verify(inside, resolvers, () => carrier.handshake(options));
  }

  private async raiseLock(candidate: Candidate, ownAddresses: readonly string[]): Promise<void> {
    const { programs } = this.tools;
    const { interface: device, routing, sysctls } = this.current;
    await raiseFirewall(programs, { interface: device, openings: [openingOf(candidate)], ownAddresses });
    this.request.signal.throwIfAborted();
    await raiseRoutingLock(programs, routing);
    await applySysctls(sysctls);
    this.request.signal.throwIfAborted();
  }

  /**
   * Resolvers of the local network would be asked through the tunnel, where they do not exist. So a profile without
   * resolvers keeps the present ones only if they are public, and else gets the fallback.
   */
  private async chooseResolvers(given: TunnelResolvers): Promise<TunnelResolvers> {
    if (given.servers.length > 0 || (await presentResolversSurvive(this.tools.path))) return given;
    return { ...given, servers: this.tools.fallbackResolvers };
  }

  private async routeInside(inside: Inside, resolvers: TunnelResolvers): Promise<void> {
    const { programs } = this.tools;
    const { interface: device, routing } = this.current;
    const local = [...localRanges['4'], ...localRanges['6']];
    const tunnelled = resolvers.servers.filter((server) => inAnyRange(server, local)).map(hostCidr);
    const added = tunnelled.filter((cidr) => !routing.tunnelled.includes(cidr));
    if (added.length > 0) {
      await this.update({ routing: { ...routing, tunnelled: [...routing.tunnelled, ...added] } });
      await raiseRoutingLock(programs, this.current.routing);
    }
    const line = `route add default dev ${device} table ${routing.table}`;
    await batch(programs, '4', [line]);
    if (inside.ipv6 && routing.ipv6) await batch(programs, '6', [line]);
  }

  private async useResolvers(resolvers: TunnelResolvers): Promise<void> {
    const resolver = await planResolver(this.tools, resolvers);
    await this.update({ resolver });
    await applyResolver(this.tools, resolver, resolvers, this.current.interface);
  }

  /** The first question also starts the handshake, so both are waited for together. */
  private async verify(inside: Inside, resolvers: TunnelResolvers, handshake: () => Promise<void>): Promise<Verified> {
    const { signal } = this.request;
    const stun = this.tools.stun.filter(({ host }) => inside.ipv6 || !host.includes(':'));
    const servers = resolvers.servers.filter((server) => inside.ipv6 || !server.includes(':'));
    const enough = new AbortController();
    const proof = proveTraffic({ stun, resolvers: servers }, AbortSignal.any([signal, enough.signal]));
    try {
      await handshake();
      await this.setStage('traffic');
      const { traffic, exit, dns } = await this.waitForTraffic(proof, enough);
      const ipv6 = await observeIpv6(this.tools.programs, this.current.interface, this.current.routing.ipv6);
      const verified = { handshake: true, traffic, exit, dnsInTunnel: dns, ipv6, calls: 'unknown' as const };
      return { ...verified, calls: await this.verifyCalls() };
    } finally {
      enough.abort();
      await proof;
    }
  }

  private async waitForTraffic(proof: Promise<TrafficProof>, enough: AbortController): Promise<TrafficProof> {
    const timer = setTimeout(() => enough.abort(), trafficLimitMs);
    const found = await proof.finally(() => clearTimeout(timer));
    this.request.signal.throwIfAborted();
    if (found.traffic) return found;
    throw new AttemptFailure(
      'failed',
      'no-traffic',
      'The server answered, but nothing came back through the tunnel: the network may let only the first packets pass, or the server does not forward. Try another server or another transport.',
    );
  }

  private async verifyCalls(): Promise<Verified['calls']> {
    const { verifyCalls, signal } = this.request;
    if (!verifyCalls) return 'unknown';
    await this.setStage('calls');
    const calls = await verifyCalls(signal).catch(() => 'unknown' as const);
    signal.throwIfAborted();
    return calls;
  }

  private async succeed(verified: Verified): Promise<TunnelState> {
    const durationMs = Math.round(performance.now() - this.startedAt);
    await this.update({
      phase: 'connected',
      since: new Date().toISOString(),
      durationMs,
      verified,
      attempts: this.attempts,
    });
    const state = connectedState(this.current, verified);
    this.request.onState(state);
    return state;
  }

  /** Undoes one attempt and keeps the lock for the next. */
  private async clearAttempt(): Promise<void> {
    await undoTunnel(this.tools, this.current);
    await this.update({ program: null, resolver: { kind: 'untouched' } });
  }

  /** Ends in the state that the failure leaves behind; the error of an undo that fails too is the one that counts. */
  async giveUp(cause: unknown): Promise<TunnelState> {
    const { request, journal } = this;
    const aborted = request.signal.aborted;
    let state: TunnelState;
    try {
      if (journal && request.killSwitch && !aborted) state = await this.hold(journal, cause);
      else {
        if (journal) await disconnect(this.tools, journal);
        state = aborted ? await readStatus(this.tools) : this.failed(cause);
      }
    } catch (error) {
      state = this.failed(error);
    }
    request.onState(state);
    return state;
  }

  private async hold(journal: Journal, cause: unknown): Promise<TunnelState> {
    const error = toTunnelError(cause);
    const { interface: device, routing, profile, backend, killSwitch } = journal;
    await raiseFirewall(this.tools.programs, { interface: device, openings: [], ownAddresses: [] });
    await raiseRoutingLock(this.tools.programs, routing);
    await undoTunnel(this.tools, journal);
    const held = { ...journal, phase: 'blocked' as const, program: null, attempts: this.attempts, error };
    await this.save({ ...held, resolver: { kind: 'untouched' } });
    return { state: 'blocked', profile, backend, killSwitch, error };
  }

  private failed(cause: unknown): TunnelState {
    const { id, backend } = this.request;
    return { state: 'failed', profile: id, backend, attempts: this.attempts, error: toTunnelError(cause) };
  }

  private get current(): Journal {
    if (!this.journal) throw new Error('the journal is written before the first change');
    return this.journal;
  }

  private async update(change: Partial<Journal>): Promise<void> {
    await this.save({ ...this.current, ...change });
  }

  private async save(journal: Journal): Promise<void> {
    // Taken over before it is written: an undo must know what may already be on the disk.
    this.journal = journal;
    await this.tools.journal.write(journal);
  }

  private async setStage(stage: Stage): Promise<void> {
    this.stage = stage;
    this.report();
    await this.update({ stage, attempts: this.attempts });
  }

  private report(): void {
    const { id, backend, onState } = this.request;
    onState({ state: 'connecting', stage: this.stage, profile: id, backend, attempts: [...this.attempts] });
  }

  private note({ transport, address, port }: Candidate, result: Attempt['result'], startedAt: number): void {
    const durationMs = Math.round(performance.now() - startedAt);
    this.attempts.push({ transport, endpoint: formatEndpoint(address, port), result, durationMs });
  }
}

/** Takes everything back, the lock last but the journal; after this the network is as it was before. */
export async function disconnect(tools: UndoTools & { journal: JournalFile }, journal: Journal): Promise<string[]> {
  const removed = [...(await undoTunnel(tools, journal)), ...(await undoLock(tools, journal.routing, journal.sysctls))];
  await tools.journal.remove();
  return removed;
}

/** Changes with every start of the computer (random(4)). */
async function bootId(): Promise<string> {
  return (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
}
