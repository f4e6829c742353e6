import { readFile } from 'node:fs/promises';
import type { Catalogue, Service } from './catalogue.ts';
import { explainReport } from './explain/explain.ts';
import type { Evidence } from './gather/evidence.ts';
import { startGathering, type Gathering, type GatherOptions } from './gather/gather.ts';
import { onlyInside } from './judge/inside.ts';
import { judge, judgeService, type Verdicts } from './judge/judge.ts';
import { judgeSignatures } from './judge/signature.ts';
import type { Net } from './net/net.ts';
import { nodeNet } from './net/node-net.ts';
import { createTrustStore, type TrustStore } from './net/trust.ts';
import { watchWays } from './net/ways.ts';
import { readOwnNetwork, tunnelInUse, type OwnNetwork } from './own-network.ts';
import { gotAnyAnswer, type AnyProbe } from './probe.ts';
import { toReportProbe } from './report-probe.ts';
import { relayAuthority } from './rehearsal/rehearse.ts';
import type { Relay } from './rehearsal/relay.ts';
import type { CheckEvent, Report } from './report.ts';
import { asError, createSession, throwIfAborted, type Session } from './session.ts';
import { emptySignatures, gatherSignatures, type SignatureEvidence } from './signature/battery.ts';
import type { NamedEndpoint } from './signature/endpoints.ts';
import type { ServiceShapes } from './signature/shapes.ts';

export interface CheckOptions {
  catalogue: Catalogue;
  /** PEM text by the name that targets give. */
  privateRoots: ReadonlyMap<string, string>;
  /** Ids; absent: all. Unknown ones are passed over. */
  services?: readonly string[];
  /** The report that this check repeats, for row R1 of the decision table. */
  earlier?: Report;
  /** A tunnel carries calls only: whether an address goes through it. Media and UDP elsewhere are then not judged. */
  isInside?: (address: string) => boolean;
  depth: 'quick' | 'full';
  /** The longest that the check may take; what is missing then is `not-run`. */
  timeoutMs?: number;
  /** Whether the own address, as STUN servers see it, may be in the report. */
  reveal?: boolean;
  /** The user's own, by which calls are rehearsed where the depth is `full`. */
  relay?: Relay;
  /** File of NODE_EXTRA_CA_CERTS; one that cannot be read is passed over, as Node does. */
  extraRootsFile?: string;
  /** The signature check, which has to be asked for: a filter may remember the servers that it goes to. */
  signatures?: SignatureRequest;
  signal?: AbortSignal;
  onEvent?: (event: CheckEvent) => void;
  /** Absent: the computer's own network, and certificates judged by real roots. */
  net?: Net;
  trust?: TrustStore;
}

export interface SignatureRequest {
  /** Of servers whose owners agreed. */
  endpoints: readonly NamedEndpoint[];
  shapes: readonly ServiceShapes[];
}

const defaultTimeoutMs = 30_000;
/** When nothing at all has answered by then, after two retransmissions of a SYN, we are offline. */
const offlineAfterMs = 4000;

/** Rejects with the signal's reason, all sockets closed; every other outcome is a report. */
export async function runCheck(options: CheckOptions): Promise<Report> {
  const { signal = new AbortController().signal, net = nodeNet, onEvent = () => undefined } = options;
  throwIfAborted(signal);
  const startedAt = new Date().toISOString();
  const extraRoots = await readExtraRoots(options.extraRootsFile);
  throwIfAborted(signal);
  const relay = options.depth === 'full' ? options.relay : undefined;
  const trust = options.trust ?? createTrustStore(rootsWith(options.privateRoots, relay), extraRoots);
  const services = options.catalogue.services.filter(({ id }) => options.services?.includes(id) ?? true);
  onEvent({ kind: 'started', startedAt, services: services.map(({ id, name }) => ({ id, name })) });

  const watched = watchWays(net);
  const run = startRun(watched.net, trust, signal, onEvent);
  const own = readOwnNetwork(net.interfaces());
  const seen = emptySignatures();
  const judged = await gatherAndJudge(run, options, relay, services, own, seen, signal, onEvent);
  const loss = run.session.loss.share();
  const { verdicts, signatures } = options.signatures
    ? judgeSignatures(judged, services, options.signatures.shapes, seen, loss)
    : { verdicts: judged, signatures: undefined };
  const { tunnel, around } = tunnelInUse(net.interfaces(), watched.ways());
  const report = explainReport({
    schema: 1,
    startedAt,
    durationMs: Math.round(run.session.elapsed()),
    catalogue: { version: options.catalogue.version, asOf: options.catalogue.asOf },
    network: {
      state: verdicts.state,
      ipv4: run.probes.some((probe) => !probe.address.includes(':') && gotAnyAnswer(probe)),
      ipv6: run.probes.some((probe) => probe.address.includes(':') && gotAnyAnswer(probe)),
      tunnel,
      ...(around.length > 0 && { aroundTunnel: around }),
      resolvers: net.resolvers().map(({ address }) => address),
      mapped: options.reveal === true ? mappedAddress(run.probes) : null,
    },
    findings: verdicts.findings,
    services: verdicts.services,
    quality: verdicts.quality,
    ...(signatures && { signatures }),
    ...(verdicts.rehearsal && { rehearsal: verdicts.rehearsal }),
    probes: run.probes.map(toReportProbe),
  });
  for (const finding of report.findings) onEvent({ kind: 'finding', finding });
  for (const service of report.services) onEvent({ kind: 'service', service, final: true });
  onEvent({ kind: 'report', report });
  return report;
}

interface Run {
  session: Session;
  probes: AnyProbe[];
  /** Ends all that is still going on. */
  stop: (reason: string) => void;
  stopListening: () => void;
}

function startRun(net: Net, trust: TrustStore, signal: AbortSignal, onEvent: (event: CheckEvent) => void): Run {
  const end = new AbortController();
  const listening = new AbortController();
  const probes: AnyProbe[] = [];
  let planned = 0;
  const session = createSession({
    net,
    trust,
    signal: AbortSignal.any([signal, end.signal]),
    listening: listening.signal,
    onPlan: (count) => (planned += count),
    onProbe(probe) {
      // What comes in while everything is being closed is no measurement of the network.
      if (end.signal.aborted) return;
      probes.push(probe);
      onEvent({ kind: 'probe', probe: toReportProbe(probe) });
      onEvent({ kind: 'progress', done: probes.length, planned });
    },
  });
  return {
    session,
    probes,
    stop: (reason) => end.abort(new Error(reason)),
    stopListening: () => listening.abort(),
  };
}

async function gatherAndJudge(
  run: Run,
  options: CheckOptions,
  relay: Relay | undefined,
  services: readonly Service[],
  own: OwnNetwork,
  signatures: SignatureEvidence,
  signal: AbortSignal,
  onEvent: (event: CheckEvent) => void,
): Promise<Verdicts> {
  const { session } = run;
  const gatherOptions: Omit<GatherOptions, 'onService' | 'onPages'> = {
    catalogue: options.catalogue,
    services,
    family: own.family ?? 4,
    hasIpv6: own.hasIpv6,
    ...(relay && { relay }),
    stopListening: run.stopListening,
  };
  if (own.family === null) run.stop('no network');
  const { isInside, earlier } = options;
  const seen = (): Evidence => (isInside ? onlyInside(gathering.evidence, isInside) : gathering.evidence);
  const judgeNow = (): Verdicts => judge(seen(), earlier);
  const gathering: Gathering = startGathering(session, {
    ...gatherOptions,
    onPages() {
      // Behind a sign-in page nothing more can be learned, and everything else only runs into it.
      if (judgeNow().state === 'portal') run.stop('portal');
    },
    onService(evidence) {
      // Only the last word counts where nobody listens.
      if (!options.onEvent) return;
      gathering.collect();
      const now = seen();
      const asSeen = now.services.filter(({ service }) => service.id === evidence.service.id);
      for (const service of asSeen.flatMap((one) => judgeService(now, one, earlier)))
        onEvent({ kind: 'service', service, final: false });
    },
  });
  const cancelTimeout = session.net.after(options.timeoutMs ?? defaultTimeoutMs, () => run.stop('time is up'));
  const cancelOffline = session.net.after(offlineAfterMs, () => {
    if (!run.probes.some(gotAnswerFromOutside)) run.stop('offline');
  });
  try {
    await gathering.done;
    if (options.signatures) await gatherOwnSignatures(run, options.signatures, signatures);
  } catch (error) {
    // Ended by ourselves: what was gathered is judged. By the caller: that is no report.
    throwIfAborted(signal);
    if (!session.signal.aborted) throw asError(error);
  } finally {
    cancelTimeout();
    cancelOffline();
    run.stop('done');
  }
  gathering.collect();
  return judgeNow();
}

/** After all else, so that nothing that a filter does about a shape is in the evidence on services. */
async function gatherOwnSignatures(
  { session, probes }: Run,
  { endpoints, shapes }: SignatureRequest,
  evidence: SignatureEvidence,
): Promise<void> {
  // A name that leads to a control or a service's server has no owner who agreed.
  const strangers = new Set(probes.map(({ address }) => address));
  await gatherSignatures(
    session,
    endpoints.filter(({ address }) => !strangers.has(address)),
    shapes,
    evidence,
  );
}

function rootsWith(roots: ReadonlyMap<string, string>, relay: Relay | undefined): ReadonlyMap<string, string> {
  if (!relay || relay.ca === null) return roots;
  return new Map([...roots, [relayAuthority, relay.ca]]);
}

/** The provider's resolver may answer from its memory in a dead network. */
function gotAnswerFromOutside(probe: AnyProbe): boolean {
  return !(probe.kind === 'dns' && probe.resolver === 'system') && gotAnyAnswer(probe);
}

function mappedAddress(probes: readonly AnyProbe[]): string | null {
  for (const { kind, outcome } of probes) {
    if (kind === 'stun' && outcome.kind === 'answered' && outcome.mapped) return outcome.mapped.address;
  }
  return null;
}

async function readExtraRoots(file: string | undefined): Promise<string | null> {
  if (file === undefined || file === '') return null;
  return readFile(file, 'utf8').catch(() => null);
}
