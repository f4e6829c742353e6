import { ApiError } from '../api/errors.ts';
import type { Handlers } from '../api/schema.ts';
import type { Comparison, Report } from '../check/report.ts';
import type { Profile } from '../profile/types.ts';
import type { Tunnel } from '../tunnel/tunnel.ts';
import type { Connection, TunnelState, Verified } from '../tunnel/types.ts';
import { callsThroughTunnel } from './calls-verdict.ts';
import type { CallsInside } from './calls-inside.ts';
import { scopeOf, servicesOf, type CompareReports, type RunCheck } from './check-handlers.ts';
import { withCredentials, type Credentials } from './credentials.ts';
import type { Emit } from './events.ts';
import type { History } from './history.ts';

export interface TunnelDependencies {
  tunnel: Tunnel;
  toConnection: (state: TunnelState) => Connection;
  /** Throws the store's `not-found`. */
  profile: (id: string) => Promise<Profile>;
  /** Keeps with a profile what its server has accepted. */
  keepCredentials: (id: string, credentials: Credentials) => Promise<void>;
  /** The last check made without a tunnel, when there was one. */
  lastDirect: () => Promise<Report | undefined>;
  run: RunCheck;
  compare: CompareReports;
  /** Ids that a check may be limited to. */
  serviceIds: () => readonly string[];
  keep: History['keep'];
  /** What goes through the tunnel of a profile for calls only; undefined for any other. */
  callsInside: (profile: Profile) => CallsInside | undefined;
  emit: Emit;
}

type TunnelHandlers = Pick<
  Handlers,
  'tunnel.status' | 'tunnel.connect' | 'tunnel.disconnect' | 'tunnel.repair' | 'doctor.run'
>;

export function createTunnelHandlers(dependencies: TunnelDependencies): TunnelHandlers {
  const { tunnel, toConnection, emit } = dependencies;
  let connecting: { stop: AbortController; done: Promise<unknown> } | undefined;

  const tell = (state: TunnelState): Connection => {
    const connection = toConnection(state);
    emit('tunnel', connection);
    return connection;
  };
  /** An attempt under way would bring back what is about to be taken down: it is undone first. */
  const stopConnecting = async (): Promise<void> => {
    connecting?.stop.abort();
    await connecting?.done.catch(() => undefined);
  };

  return {
    'tunnel.status': async () => toConnection(await tunnel.status()),
    'tunnel.connect': async (args, { signal }) => {
      if (connecting)
        throw new ApiError({ code: 'busy', message: 'A connection is being made already. Wait for it, or cancel it.' });
      const stop = new AbortController();
      const work = async (): Promise<Connection> => {
        const { credentials } = args;
        const stored = await dependencies.profile(args.profile);
        const profile = credentials ? withCredentials(stored, credentials) : stored;
        const before = args.recheck ? await dependencies.lastDirect().catch(() => undefined) : undefined;
        const inside = dependencies.callsInside(profile);
        const state = await tunnel.connect({
          id: args.profile,
          profile,
          killSwitch: args.killSwitch,
          signal: AbortSignal.any([signal, stop.signal]),
          onState: tell,
          ...(args.backend !== undefined && { backend: args.backend }),
          ...(args.recheck && { verifyCalls: (ended) => recheckCalls(dependencies, { before, inside }, ended) }),
        });
        // The connection does not depend on it: what could not be kept is asked for again.
        if (state.state === 'connected' && credentials?.keep)
          await dependencies.keepCredentials(args.profile, credentials).catch(() => undefined);
        return tell(state);
      };
      connecting = { stop, done: Promise.resolve() };
      const done = work().finally(() => (connecting = undefined));
      connecting.done = done;
      return done;
    },
    'tunnel.disconnect': async () => {
      await stopConnecting();
      return tell(await tunnel.disconnect());
    },
    'tunnel.repair': async () => {
      await stopConnecting();
      const result = await tunnel.repair();
      tell(await tunnel.status());
      return result;
    },
    'doctor.run': () => tunnel.doctor(),
  };
}

/**
 * The check again, through the tunnel. All services of the earlier check, not only the blocked ones: the probes run side
 * by side, so it costs no time, and the comparison is whole. Without an earlier check there is nothing to compare. Through a tunnel for
 * calls only: the services whose calls go through it.
 */
async function recheckCalls(
  { run, compare, serviceIds, keep, emit }: TunnelDependencies,
  { before, inside }: { before: Report | undefined; inside: CallsInside | undefined },
  signal: AbortSignal,
): Promise<Verified['calls']> {
  const services = before ? servicesOf(before, serviceIds()) : inside?.services;
  const after = await run({
    depth: 'quick',
    reveal: false,
    signal,
    ...(before && { earlier: before }),
    ...(services && scopeOf(services, inside)),
  });
  // The connection does not depend on it.
  await keep(after, true).catch(() => undefined);
  const comparison: Comparison | undefined = before && compare(before, after);
  if (comparison) emit('comparison', comparison);
  return callsThroughTunnel(before, after);
}
