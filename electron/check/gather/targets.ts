import { isBogon, ofFamily, type Family } from '../addresses.ts';
import type { Service, Target } from '../catalogue.ts';
import { succeeded } from '../probe.ts';
import { probeHttp } from '../probes/http.ts';
import { probeStun, probeTurn } from '../probes/stun.ts';
import { probeTcp } from '../probes/tcp.ts';
import { probeTls } from '../probes/tls.ts';
import { sleep, type Session } from '../session.ts';
import { attempt, hedgeMs, triesOn } from './attempts.ts';
import type { ReachProbe, TargetEvidence } from './evidence.ts';
import type { FlowPlace } from './flows.ts';
import { addressesOf, type NameBook, type NameInquiry } from './names.ts';
import { pairProbes, type PairPlan } from './pairs.ts';
import { isTelling } from './telling.ts';

export interface TargetContext {
  session: Session;
  family: Family;
  names: NameBook;
  pairs: PairPlan;
  /** A STUN server of a service has answered there. */
  offerFlow(place: FlowPlace): void;
}

/** A resolver that takes longer than this is doubted: we go on with the trusted address meanwhile. */
const patienceMs = 1200;
/** Addresses of one target that are tried side by side, when it has no name or is not TLS. */
const addressesMax = 2;

/** Fills the evidence as it comes in, so that what is there counts when time runs out. Rejects with the signal's reason. */
export async function gatherTarget(
  context: TargetContext,
  service: Service,
  target: Target,
  tries: number,
  evidence: TargetEvidence,
): Promise<void> {
  const name = target.host === null ? null : context.names.get(service.id, target.host);
  evidence.name = name?.evidence ?? null;
  const known = ofFamily(target.addresses, context.family);
  const first = name ? await openAddresses(context, name) : { addresses: known, from: 'catalogue' as const };
  const over = new AbortController();
  const signal = AbortSignal.any([context.session.signal, over.signal]);
  let detour: Promise<boolean> | undefined;
  const takeDetour = async (): Promise<boolean> => {
    const trusted = name ? await trustedAddresses(context, name, known) : [];
    // The system's answer is the trusted one: whatever fails, it is not the name.
    if (trusted.length === 0 || trusted.some((address) => first.addresses.includes(address))) return false;
    evidence.trusted.push(...(await reach(context, { service, target, tries, evidence, addresses: trusted, signal })));
    return true;
  };
  if (first.from !== 'trusted') {
    // Where a failure would tell nothing, looking for its reason would only hold up the check.
    const isDoubted = name !== null && isTelling(target);
    const onDoubt = (): void => {
      if (!isDoubted || detour) return;
      // Beside the tries that go on: one after the other, a slow line would have no end.
      detour = takeDetour();
      detour.catch(() => undefined);
    };
    const { addresses } = first;
    evidence.attempts.push(...(await reach(context, { service, target, tries, evidence, addresses, signal, onDoubt })));
    if (evidence.attempts.some(succeeded) || !isDoubted) {
      if (detour) over.abort();
      evidence.complete = true;
      return;
    }
  }
  if (!name) return;
  if (evidence.attempts.length > 0) {
    if (await (detour ?? takeDetour())) await name.doubt();
  } else {
    const followLateAnswer = async (): Promise<void> => {
      const late = addressesOf(await name.system(), context.family);
      const trusted = await trustedAddresses(context, name, known);
      if (late.length === 0 || late.some((address) => isBogon(address) || trusted.includes(address))) return;
      evidence.attempts.push(...(await reach(context, { service, target, tries, evidence, addresses: late, signal })));
    };
    await Promise.all([takeDetour(), name.doubt(), followLateAnswer()]);
  }
  evidence.complete = true;
}

/** Where to begin: the system's answer when it is usable, else what can be trusted. */
async function openAddresses(
  context: TargetContext,
  name: NameInquiry,
): Promise<{ addresses: string[]; from: 'system' | 'trusted' }> {
  const { session, family } = context;
  const outcome = await Promise.race([
    name.system(),
    sleep(session.net, patienceMs + session.rtt.highMs(), session.signal),
  ]);
  const addresses = addressesOf(outcome ?? undefined, family);
  if (addresses.length > 0 && addresses.every((address) => !isBogon(address))) return { addresses, from: 'system' };
  const trusted = ofFamily(await name.trusted(), family);
  // Odd addresses that the trusted way gives too are odd by design, not forged.
  const byDesign = addresses.length > 0 && addresses.some((address) => trusted.includes(address));
  return byDesign ? { addresses, from: 'system' } : { addresses: [], from: 'trusted' };
}

async function trustedAddresses(context: TargetContext, name: NameInquiry, known: string[]): Promise<string[]> {
  const trusted = ofFamily(await name.trusted(), context.family);
  return trusted.length > 0 ? trusted : known;
}

interface Reaching {
  service: Service;
  target: Target;
  addresses: readonly string[];
  tries: number;
  evidence: TargetEvidence;
  signal: AbortSignal;
  /** Called when the first try at any of the addresses is doubted; may be called again. */
  onDoubt?: () => void;
}

/** Tries the target at these addresses, with repeats; probes that show where the fault lies run as soon as there is doubt. */
async function reach(context: TargetContext, plan: Reaching): Promise<ReachProbe[]> {
  const { session } = context;
  const { service, target, tries, addresses, evidence } = plan;
  const spots = spotsOf(target, addresses);
  const transport = target.kind === 'stun' || target.kind === 'turn' ? 'datagram' : 'stream';
  const groups = await Promise.all(
    spots.map((spot) => {
      let pairing: Promise<void> | undefined;
      let isDoubted = false;
      let isConnected = false;
      // The pairs tell what fails above the connection; where none stands there is nothing to compare.
      const pair = (): void => {
        if (!isDoubted || !isConnected || pairing) return;
        pairing = pairProbes(context.session, context.pairs, service, target, spot.at(0).address, evidence);
        pairing.catch(() => undefined);
      };
      const run = attempt<ReachProbe>(session, {
        tries: () => (isTelling(target) ? triesOn(session, tries, transport) : 1),
        hedgeMs: hedgeMs(session, transport),
        signal: plan.signal,
        run: (index, signal) =>
          probeOnce(context, service, target, spot.at(index), signal, () => {
            isConnected = true;
            pair();
          }),
        onDoubt: () => {
          plan.onDoubt?.();
          isDoubted = true;
          pair();
        },
      });
      return run.then(async (probes) => {
        const answered = probes.find(succeeded);
        if (!answered) await pairing;
        else if (answered.kind === 'stun' && target.confidence !== 'low') {
          const { address, port } = answered;
          const series = isTelling(target);
          context.offerFlow({ service: service.id, target: answered.target, address, port, series });
        }
        return probes;
      });
    }),
  );
  return groups.flat();
}

interface Spot {
  /** Where the try with that index goes: repeats take another address where there is one. */
  at(index: number): { address: string; port: number };
}

function spotsOf(target: Target, addresses: readonly string[]): Spot[] {
  const [first] = addresses;
  if (first === undefined) return [];
  const rotate = (port: number): Spot => ({
    at: (index) => ({ address: addresses[index % addresses.length] ?? first, port }),
  });
  if (target.kind === 'tls' || target.kind === 'http') return target.ports.slice(0, 1).map(rotate);
  return addresses
    .slice(0, addressesMax)
    .flatMap((address) => target.ports.map((port) => ({ at: () => ({ address, port }) })));
}

function probeOnce(
  { session }: TargetContext,
  service: Service,
  target: Target,
  { address, port }: { address: string; port: number },
  signal: AbortSignal,
  connected: () => void,
): Promise<ReachProbe> {
  const aim = {
    service: service.id,
    target: target.host ?? address,
    address,
    port,
    signal,
    patient: isTelling(target),
  };
  switch (target.kind) {
    case 'tcp':
      return probeTcp(session, aim);
    case 'tls':
      return probeTls(session, { ...aim, serverName: target.host ?? address, ca: target.ca, connected });
    case 'http':
      return probeHttp(session, { ...aim, method: target.method, path: target.path, knownBody: null });
    case 'stun':
      return probeStun(session, aim);
    case 'turn':
      return probeTurn(session, aim, target.dialect);
  }
}
