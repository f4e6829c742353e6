import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Endpoint, Profile } from '../profile/types.ts';
import { writeProfile } from '../profile/write.ts';
import { isAlive } from './processes.ts';
import type { Carrier } from './carrier.ts';
import { connect } from './connect.ts';
import { disconnect } from './disconnect.ts';
import { examine } from './doctor.ts';
import { TunnelFailure, toTunnelError } from './errors.ts';
import { openJournal } from './journal.ts';
import { hasOurParts, surveyNetwork } from './lock/survey.ts';
import { checkPermission, isRoot } from './preflight.ts';
import { createOpenVpnCarrier } from './openvpn/carrier.ts';
import { findStrayResolver } from './resolver.ts';
import { createPrograms } from './run.ts';
import { prepareRuntimeFolder } from './runtime-folder.ts';
import type { ConnectTools } from './request.ts';
import { readStatus } from './status.ts';
import type { Doctor, TunnelState, Verified } from './types.ts';
import { undoStrays } from './undo.ts';
import { createWireGuardCarrier } from './wireguard/carrier.ts';

export interface TunnelOptions {
  /** Made 0700 when missing: the journal and the programs' own files. */
  runtimeFolder: string;
  /** Neutral, by address: nothing that is checked, and nothing that has to be looked up. */
  trafficTargets: { stun: readonly Endpoint[] };
  /** Public resolvers, asked through the tunnel, for a profile that names none. Default: none, names then may not resolve. */
  fallbackResolvers?: readonly string[];
  /** Told of every step before it is taken; never holds a secret. */
  trace?: (step: string) => void;
  /** Milliseconds since 1970; tells how old the last sign of the server is. Default: the system's clock. */
  now?: () => number;
}

export interface ConnectOptions {
  /** Of the profile, for the state. */
  id: string;
  profile: Profile;
  /** Hold all traffic also when connecting fails or the tunnel dies, until `disconnect`. */
  killSwitch: boolean;
  backend?: string;
  /** Undoes everything; the state is then `disconnected`. */
  signal?: AbortSignal;
  onState?: (state: TunnelState) => void;
  verifyCalls?: (signal: AbortSignal) => Promise<Verified['calls']>;
}

export interface Tunnel {
  /** Failures are states, not exceptions. A running connection is replaced without a moment outside the lock. */
  connect(options: ConnectOptions): Promise<TunnelState>;
  /** Looks at the real system; another process may have connected. */
  status(): Promise<TunnelState>;
  disconnect(): Promise<TunnelState>;
  /** Puts the network back after a crash, from the journal and our fixed names alone. Throws TunnelFailure. */
  repair(): Promise<{ removed: string[] }>;
  doctor(): Promise<Doctor>;
}

const resolvConfPath = '/etc/resolv.conf';
/** Its presence asks the process that is connecting to stop. */
const cancelName = 'cancel';
const cancelPatienceMs = 5000;

export function createTunnel(options: TunnelOptions): Tunnel {
  const { runtimeFolder, trace } = options;
  const tools: ConnectTools = {
    programs: createPrograms({ runtimeFolder, trace }),
    runtimeFolder,
    path: resolvConfPath,
    trace,
    journal: openJournal(runtimeFolder, trace),
    stun: options.trafficTargets.stun,
    fallbackResolvers: options.fallbackResolvers ?? [],
    now: options.now ?? Date.now,
  };
  const cancelPath = join(runtimeFolder, cancelName);

  async function connectTunnel(request: ConnectOptions): Promise<TunnelState> {
    const cancelled = new AbortController();
    const signal = AbortSignal.any([cancelled.signal, ...(request.signal ? [request.signal] : [])]);
    let watch: NodeJS.Timeout | undefined;
    try {
      const carrier = chooseCarrier(tools, request);
      await prepareRuntimeFolder(runtimeFolder);
      await rm(cancelPath, { force: true });
      watch = setInterval(() => {
        if (existsSync(cancelPath)) cancelled.abort();
      }, 50);
      const { id, killSwitch, verifyCalls, onState = () => undefined } = request;
      return await connect(tools, { id, backend: directBackend, killSwitch, carrier, signal, onState, verifyCalls });
    } catch (error) {
      return {
        state: 'failed',
        profile: request.id,
        backend: directBackend,
        attempts: [],
        error: toTunnelError(error),
      };
    } finally {
      clearInterval(watch);
    }
  }

  async function status(): Promise<TunnelState> {
    return await readStatus(tools).catch(failedState);
  }

  async function disconnectTunnel(): Promise<TunnelState> {
    try {
      await cancelOther();
      const journal = await tools.journal.read();
      if (journal === 'unreadable') return await readStatus(tools);
      if (journal !== undefined) {
        checkPermission();
        await disconnect(tools, journal);
      }
      return { state: 'disconnected' };
    } catch (error) {
      return failedState(error);
    }
  }

  /** Whoever is connecting right now undoes it itself; only if it does not, we do. */
  async function cancelOther(): Promise<void> {
    for (let waitedMs = 0; waitedMs < cancelPatienceMs; waitedMs += 20) {
      const journal = await tools.journal.read();
      if (typeof journal !== 'object' || journal.phase !== 'connecting' || !(await isAlive(journal.owner))) break;
      if (waitedMs === 0) await writeFile(cancelPath, '', { mode: 0o600 });
      await delay(20);
    }
    await rm(cancelPath, { force: true });
  }

  async function repair(): Promise<{ removed: string[] }> {
    checkPermission();
    await prepareRuntimeFolder(runtimeFolder);
    await cancelOther();
    const journal = await tools.journal.read();
    const removed = typeof journal === 'object' ? await disconnect(tools, journal) : [];
    removed.push(...(await undoStrays(tools)));
    if (journal === 'unreadable') await tools.journal.remove();
    return { removed };
  }

  async function doctor(): Promise<Doctor> {
    return await examine(tools.programs, await hasLeftovers());
  }

  /** A connection that is not one any more, or parts that no journal speaks of. Only root can see the firewall. */
  async function hasLeftovers(): Promise<boolean> {
    if (!isRoot() || tools.programs.find('ip') === undefined || tools.programs.find('nft') === undefined) return false;
    const { state } = await status();
    if (state !== 'disconnected') return state === 'failed';
    return hasOurParts(await surveyNetwork(tools.programs)) || (await findStrayResolver(tools.path)) !== undefined;
  }

  return { connect: connectTunnel, status, disconnect: disconnectTunnel, repair, doctor };
}

const directBackend = 'direct';

function chooseCarrier({ programs, runtimeFolder }: ConnectTools, { profile, backend }: ConnectOptions): Carrier {
  if (backend !== undefined && backend !== directBackend) {
    throw new TunnelFailure(
      'not-supported',
      `There is no way to connect called "${backend}"; "${directBackend}" is the one this system has.`,
    );
  }
  if (profile.kind === 'wireguard') return createWireGuardCarrier(programs, profile);
  return createOpenVpnCarrier({ programs, runtimeFolder, writeConfig: writeProfile }, profile);
}

function failedState(error: unknown): Extract<TunnelState, { state: 'failed' }> {
  return { state: 'failed', profile: null, backend: null, attempts: [], error: toTunnelError(error) };
}
