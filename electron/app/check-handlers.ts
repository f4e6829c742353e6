import { ApiError } from '../api/errors.ts';
import type { CheckedArgs, Handlers } from '../api/schema.ts';
import { parseRelay, type Relay } from '../check/rehearsal/relay.ts';
import type { CheckEvent, Comparison, Report } from '../check/report.ts';
import type { CallsInside } from './calls-inside.ts';
import type { SignatureRequest } from '../check/run.ts';
import type { Emit } from './events.ts';
import type { History } from './history.ts';
import type { ReadSignatures } from './signatures.ts';

/** What a check may be asked for. Absent `services`: all. */
export interface CheckRequest {
  services?: readonly string[];
  /** The report that this check repeats. */
  earlier?: Report;
  /** Through a tunnel for calls only: whether an address goes through it. */
  isInside?: (address: string) => boolean;
  depth: 'quick' | 'full';
  timeoutMs?: number;
  reveal: boolean;
  /** Never in a check that repeats another one: a filter may remember the servers from the first time. */
  signatures?: SignatureRequest;
  /** By which calls are rehearsed. */
  relay?: Relay;
  signal: AbortSignal;
  onEvent?: (event: CheckEvent) => void;
}
export type RunCheck = (request: CheckRequest) => Promise<Report>;
export type CompareReports = (before: Report, after: Report) => Comparison;

export interface CheckDependencies {
  run: RunCheck;
  compare: CompareReports;
  /** Ids that a check may be limited to; throws when the catalogue cannot be used. */
  serviceIds: () => readonly string[];
  keep: History['keep'];
  /** The last report made without a tunnel on this network. */
  lastDirect: () => Promise<Report | undefined>;
  /** Whether one of our own tunnels carries, or holds back, the traffic. */
  tunnelUp: () => Promise<boolean>;
  /** What goes through our tunnel, when one for calls only is up. */
  callsInside: () => Promise<CallsInside | undefined>;
  readSignatures: ReadSignatures;
  /** The relay that is kept; null when there is none. */
  keptRelay: () => Promise<Relay | null>;
  emit: Emit;
}

type CheckHandlers = Pick<Handlers, 'check.run' | 'check.cancel' | 'check.last' | 'check.recheck'>;

/** One check at a time: two would measure each other. */
export function createCheckHandlers(dependencies: CheckDependencies): CheckHandlers {
  const { run, compare, lastDirect, tunnelUp, emit } = dependencies;
  let running: AbortController | undefined;

  /** From its first moment on, so that neither a second check nor a cancel falls into a gap. */
  const alone = async <Result>(
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> => {
    if (running)
      throw new ApiError({ code: 'busy', message: 'A check is running already. Wait for it, or cancel it.' });
    running = new AbortController();
    try {
      return await work(AbortSignal.any([signal, running.signal]));
    } finally {
      running = undefined;
    }
  };
  // A full disk must not cost the person the report that they just waited for.
  const keep = (report: Report, throughTunnel: boolean): Promise<void> =>
    dependencies.keep(report, throughTunnel).catch(() => undefined);

  return {
    'check.run': (args, { signal }) =>
      alone(signal, async (ended) => {
        const services = knownServices(args.services, dependencies.serviceIds());
        const signatures =
          args.signatures === undefined
            ? {}
            : { signatures: await dependencies.readSignatures(args.signatures, services.services) };
        const relay = await relayFor(args, dependencies);
        const throughTunnel = await tunnelUp();
        const onEvent = (event: CheckEvent): void => emit('check', event);
        const report = await run({
          ...checkOptions(args),
          ...services,
          ...signatures,
          ...relay,
          signal: ended,
          onEvent,
        });
        await keep(report, throughTunnel);
        return report;
      }),
    'check.cancel': () => {
      running?.abort();
      return Promise.resolve(null);
    },
    'check.last': async () => (await lastDirect()) ?? null,
    'check.recheck': (args, { signal }) =>
      alone(signal, async (ended) => {
        const { services } = knownServices(args.services, dependencies.serviceIds());
        const throughTunnel = await tunnelUp();
        const before = await lastDirect();
        if (!before) throw nothingToCompare();
        const inside = throughTunnel ? await dependencies.callsInside() : undefined;
        const after = await run({
          depth: 'quick',
          reveal: false,
          earlier: before,
          ...scopeOf(services ?? servicesOf(before, dependencies.serviceIds()), inside),
          signal: ended,
          // Rows of a re-check belong to the comparison, so only its progress is told.
          onEvent: (event) => event.kind === 'progress' && emit('check', event),
        });
        await keep(after, throughTunnel);
        return compare(before, after);
      }),
  };
}

function nothingToCompare(): ApiError {
  return new ApiError({
    code: 'not-found',
    message: 'There is no earlier check of this network to compare with. Run a check first.',
  });
}

/** What an earlier check looked at, as far as the catalogue still has it. */
export function servicesOf(report: Report, known: readonly string[]): string[] {
  return report.services.map(({ id }) => id).filter((id) => known.includes(id));
}

/** Through a tunnel for calls only, services whose calls go outside are not judged: nothing was done for them. */
export function scopeOf(
  services: readonly string[],
  inside: CallsInside | undefined,
): Pick<CheckRequest, 'services' | 'isInside'> {
  if (!inside) return { services };
  return { services: services.filter((id) => inside.services.includes(id)), isInside: inside.isInside };
}

function checkOptions(args: CheckedArgs<'check.run'>): Pick<CheckRequest, 'depth' | 'reveal' | 'timeoutMs'> {
  const { depth, reveal, timeoutMs } = args;
  return { depth, reveal, ...(timeoutMs !== undefined && { timeoutMs }) };
}

/** Without a relay a full check looks at what a quick one does. Throws RelayError. */
async function relayFor(
  { depth, relay: text }: CheckedArgs<'check.run'>,
  { keptRelay }: CheckDependencies,
): Promise<{ relay?: Relay }> {
  if (depth !== 'full') return {};
  const relay = text === undefined ? await keptRelay() : parseRelay(text);
  return relay ? { relay } : {};
}

function knownServices(wanted: string[] | undefined, known: readonly string[]): { services?: string[] } {
  if (!wanted) return {};
  const unknown = wanted.find((id) => !known.includes(id));
  if (unknown !== undefined)
    throw new ApiError({
      code: 'bad-request',
      message: `There is no service called ${unknown}. There are: ${known.join(', ')}.`,
      details: { what: 'service', field: unknown },
    });
  return { services: wanted };
}
