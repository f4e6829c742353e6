import type { Family } from '../addresses.ts';
import type { Catalogue, Service, Target } from '../catalogue.ts';
import { succeeded } from '../probe.ts';
import { createDohClient } from '../probes/doh.ts';
import { ofFamily } from '../addresses.ts';
import { rehearse } from '../rehearsal/rehearse.ts';
import type { Relay } from '../rehearsal/relay.ts';
import type { Session } from '../session.ts';
import { startControls } from './controls.ts';
import type { Evidence, ServiceEvidence, TargetEvidence } from './evidence.ts';
import { startFlows } from './flows.ts';
import { compareGoodput } from './goodput.ts';
import { createNameBook } from './names.ts';
import { gatherTarget, type TargetContext } from './targets.ts';
import { isTelling } from './telling.ts';

export interface GatherOptions {
  catalogue: Catalogue;
  services: readonly Service[];
  family: Family;
  hasIpv6: boolean;
  /** By which calls are rehearsed, if they are. */
  relay?: Relay;
  /** Called when all targets of a service are done, before the network as a whole is known. */
  onService(service: ServiceEvidence): void;
  /** Called when neutral sites and pages are done: a portal can be seen then. */
  onPages(): void;
  /** Late DNS answers need no longer be waited for. */
  stopListening(): void;
}

export interface Gathering {
  /** Grows while the work goes on, and may be judged at any time. */
  evidence: Evidence;
  /** Rejects with the signal's reason; the evidence so far stands. */
  done: Promise<void>;
  /** Brings records of names that are kept apart until the end into the evidence. */
  collect(): void;
}

/** Starts everything at once; the gates of the session bound it. */
export function startGathering(session: Session, options: GatherOptions): Gathering {
  const { catalogue, family } = options;
  const { controls } = catalogue;
  const dohServers = controls.doh
    .map(({ host, addresses, path }) => ({ host, addresses: ofFamily(addresses, family), path }))
    .filter(({ addresses }) => addresses.length > 0);
  const doh = createDohClient(session, dohServers);
  const names = createNameBook(session, { family, doh, publicResolvers: controls.dns });
  const seenFlows: Evidence['flows'] = [];
  const flows = startFlows(session, seenFlows);
  const { hasIpv6 } = options;
  const board = startControls({ session, controls, family, names, doh, dohServers, hasIpv6, flows });
  const services = options.services.map(emptyService);
  const evidence: Evidence = {
    controls: board.evidence,
    services,
    flows: seenFlows,
    calls: [],
    goodput: [],
    loss: 0,
    complete: false,
  };
  const neutralStun = new Set(controls.stun.map(({ host }) => host));
  const context: TargetContext = {
    session,
    family,
    names,
    pairs: { neutral: () => board.neutral() },
    offerFlow: (place) => {
      // A service that uses a public server shares it with the controls: its flows are theirs.
      if (!neutralStun.has(place.target)) flows.offer(place);
    },
  };
  const collect = (): void => {
    board.collectNames();
    evidence.loss = session.loss.share();
  };

  board.pages.then(
    () => options.onPages(),
    () => undefined,
  );
  prepareContexts(session, options.services);
  const run = async (): Promise<void> => {
    const { relay } = options;
    const rehearsed = relay ? rehearse(session, relay, family, evidence.calls) : Promise.resolve();
    // It is awaited last; a cancelled check must not end in an unhandled rejection before.
    rehearsed.catch(() => undefined);
    const work = services.map(async (service) => {
      await gatherService(context, service);
      options.onService(service);
    });
    await Promise.all([board.enough, ...work]);
    if (services.some(hasFailure)) {
      // What failed may have failed with the whole line: neutral sites have to work now, after it.
      await Promise.all([board.again(), board.all]);
    }
    await Promise.all([flows.finish(), rehearsed]);
    // After them, because pages would take packets of a second of sound their place on a narrow line.
    const pages = new Map(controls.tls.flatMap(({ host, page }) => (page === undefined ? [] : [[host, page]])));
    await compareGoodput(session, { services, neutral: board.evidence.tls, pages }, evidence.goodput);
    options.stopListening();
    await Promise.all([names.settled(), board.settled()]);
    collect();
    evidence.complete = true;
  };
  const done = run().finally(() => doh.close());
  done.catch(() => undefined);
  return { evidence, done, collect };
}

/**
 * Each context takes some 20 ms to make: while the first questions are on their way, and one at a time, so that answers
 * are heard between them. Made when a connection stands, they would hold up the handshakes of all.
 */
function prepareContexts({ net, trust, signal }: Session, services: readonly Service[]): void {
  const targets = services.flatMap(({ messages, calls }) => [...messages, ...calls]);
  const wanted = new Set<string | null>([null]);
  for (const target of targets) if (target.kind === 'tls') wanted.add(target.ca);
  const left = wanted.values();
  const next = (): void => {
    const { done, value } = left.next();
    if (done === true || signal.aborted) return;
    trust.context(value);
    net.after(0, next);
  };
  net.after(0, next);
}

function emptyService(service: Service): ServiceEvidence {
  const empty = (target: Target): TargetEvidence => ({
    target,
    name: null,
    attempts: [],
    trusted: [],
    otherName: [],
    otherAddress: [],
    complete: false,
  });
  return { service, messages: service.messages.map(empty), calls: service.calls.map(empty) };
}

async function gatherService(context: TargetContext, { service, messages, calls }: ServiceEvidence): Promise<void> {
  const groups = [messages, calls.filter(isMedia), calls.filter((evidence) => !isMedia(evidence))];
  await Promise.all(
    groups.flatMap((group) =>
      group.map((evidence) => gatherTarget(context, service, evidence.target, triesFor(group), evidence)),
    ),
  );
}

/** Two of two on two targets or more; three of three when there is only one. */
function triesFor(group: readonly TargetEvidence[]): number {
  return group.filter(({ target }) => isTelling(target)).length >= 2 ? 2 : 3;
}

function isMedia({ target }: TargetEvidence): boolean {
  return target.kind === 'stun' || target.kind === 'turn';
}

function hasFailure({ messages, calls }: ServiceEvidence): boolean {
  return [...messages, ...calls].some(
    ({ target, attempts, trusted }) => isTelling(target) && ![...attempts, ...trusted].some(succeeded),
  );
}
