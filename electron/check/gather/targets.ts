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
import { addressesOf, type NameBook, type NameInquiry } from './names.ts';
import { pairProbes, type PairPlan } from './pairs.ts';
import { isTelling } from './telling.ts';

export interface TargetContext {
  session: Session;
  family: Family;
  names: NameBook;
  pairs: PairPlan;
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
  if (first.from !== 'trusted') {
    evidence.attempts.push(...(await reach(context, service, target, first.addresses, tries, evidence)));
    // Where a failure would tell nothing, looking for its reason would only hold up the check.
    if (evidence.attempts.some(succeeded) || !name || !isTelling(target)) {
      evidence.complete = true;
      return;
    }
  }
  if (!name) return;
  const trusted = await trustedAddresses(context, name, known);
  const others = trusted.filter((address) => !evidence.attempts.some((probe) => probe.address === address));
  const isElsewhere = trusted.length > 0 && others.length === trusted.length;
  // The system's answer is the trusted one: whatever fails, it is not the name.
  if (!isElsewhere && evidence.attempts.length > 0) {
    evidence.complete = true;
    return;
  }
  const doubting = name.doubt();
  doubting.catch(() => undefined);
  if (isElsewhere) evidence.trusted.push(...(await reach(context, service, target, trusted, tries, evidence)));
  await doubting;
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

/** Tries the target at these addresses, with repeats; probes that show where the fault lies run as soon as there is doubt. */
async function reach(
  context: TargetContext,
  service: Service,
  target: Target,
  addresses: readonly string[],
  tries: number,
  evidence: TargetEvidence,
): Promise<ReachProbe[]> {
  const { session } = context;
  const spots = spotsOf(target, addresses);
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
        tries: () => (isTelling(target) ? triesOn(session, tries) : 1),
        hedgeMs: hedgeMs(session, target.kind === 'stun' || target.kind === 'turn' ? 'datagram' : 'stream'),
        signal: session.signal,
        run: (index, signal) =>
          probeOnce(context, service, target, spot.at(index), signal, () => {
            isConnected = true;
            pair();
          }),
        onDoubt: () => {
          isDoubted = true;
          pair();
        },
      });
      return run.then(async (probes) => {
        if (!probes.some(succeeded)) await pairing;
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
