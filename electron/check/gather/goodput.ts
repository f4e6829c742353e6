import { succeeded, type GoodputProbe, type Speed, type TlsProbe } from '../probe.ts';
import { probeGoodput } from '../probes/goodput.ts';
import { probeTls } from '../probes/tls.ts';
import { goodputRuns, isOnePace, lossMax, type Speeds } from '../quality/compare-goodput.ts';
import type { Session } from '../session.ts';
import type { ServiceEvidence, TargetEvidence } from './evidence.ts';

/**
 * Is a service slowed down by its name (rule G1)? Asked only where its handshakes were slow, of a neutral server: it is
 * fetched a page from under the service's name and, at the same time, under its own. Nothing but the name differs.
 */
export interface GoodputPlan {
  services: readonly ServiceEvidence[];
  /** Neutral sites under their own name, as far as they were probed. */
  neutral: readonly TlsProbe[];
  /** Path of a page worth timing, by neutral host. */
  pages: ReadonlyMap<string, string>;
}

/** A handshake that takes so much longer than neutral ones is odd: 1.5 kB at known throttling's usual speed. */
const suspiciousMs = 60;
/** Handshakes that are repeated, and names that a page is fetched under: bytes are the server's, and the user's. */
const ofServiceMax = 4;
const repeatsMax = 24;
const repeatRounds = 2;
const suspectsMax = 3;
/** A smaller page is over before a connection has got going. */
const pageBytesMin = 16 * 1024;

interface Suspect {
  probe: TlsProbe;
  /** Private authority of the target. */
  ca: string | null;
  extraMs: number;
}

/** Records go into `seen`. Rejects with the signal's reason. */
export async function compareGoodput(session: Session, plan: GoodputPlan, seen: GoodputProbe[]): Promise<void> {
  const site = plan.neutral.find((probe) => succeeded(probe) && plan.pages.has(probe.target));
  if (!site || session.loss.share() > lossMax) return;
  const all = plan.services.flatMap(({ messages, calls }) => [...messages, ...calls].flatMap(quickestOf));
  // Neutral ones come first, when this computer is busiest; of the services, most may be slowed down.
  const usualMs = Math.min(middle(plan.neutral.flatMap(extraOf)), middle(all.map(({ extraMs }) => extraMs)));
  const isSlow = ({ extraMs }: Suspect): boolean => extraMs >= usualMs + suspiciousMs;
  let slow = slowestFirst(plan.services.flatMap(slowestOf).filter(isSlow)).slice(0, repeatsMax);
  // Twice: a lost packet makes one handshake slow, and on a line that loses some two in a row.
  for (let round = 0; round < repeatRounds && slow.length > 0; round += 1) {
    const again = await Promise.all(slow.map((suspect) => shakeAgain(session, suspect)));
    slow = slowestFirst(again.flat().filter(isSlow));
  }
  let suspects = oneOfEach(slow).slice(0, suspectsMax);
  const fetchAs = async (service: string | null, serverName: string): Promise<GoodputProbe> => {
    const { target, address, port } = site;
    const aim = { service, target, address, port, serverName, path: plan.pages.get(target) ?? '/' };
    const probe = await probeGoodput(session, { ...aim, signal: session.signal });
    seen.push(probe);
    return probe;
  };
  for (let run = 0; run < goodputRuns && suspects.length > 0; run += 1) {
    const [own] = await Promise.all([
      fetchAs(null, site.target),
      ...suspects.map(({ probe }) => fetchAs(probe.service, probe.serverName)),
    ]);
    if (own.outcome.kind !== 'answered' || own.outcome.bytes < pageBytesMin) return;
    suspects = suspects.filter(({ probe }) => {
      // The neutral pages are looked at in the end: one of them may have stumbled, but hardly all.
      const { own } = speedsOf(seen, probe.service);
      // A page that failed is missing from the runs that it takes: the rest would be fetched for nothing.
      return own.length > run && isOnePace(own);
    });
  }
}

/** Speeds under a service's name and under the site's own, in the order of the runs. */
export function speedsOf(seen: readonly GoodputProbe[], service: string | null): Speeds {
  const of = (wanted: string | null): Speed[] =>
    seen
      .filter((probe) => probe.service === wanted)
      .flatMap(({ outcome }) => (outcome.kind === 'answered' ? [outcome] : []));
  return { own: of(service), neutral: of(null) };
}

/** Of a service's targets, those whose quickest handshakes were the slowest. */
function slowestOf({ messages, calls }: ServiceEvidence): Suspect[] {
  return slowestFirst([...messages, ...calls].flatMap(quickestOf)).slice(0, ofServiceMax);
}

/** The first of each service, in their order. */
function oneOfEach(suspects: readonly Suspect[]): Suspect[] {
  const services = suspects.map(({ probe }) => probe.service);
  return suspects.filter(({ probe }, index) => services.indexOf(probe.service) === index);
}

function quickestOf({ target, attempts, trusted }: TargetEvidence): Suspect[] {
  if (target.kind !== 'tls') return [];
  const { ca } = target;
  const handshakes = [...attempts, ...trusted].flatMap((probe) =>
    probe.kind === 'tls' ? extraOf(probe).map((extraMs) => ({ probe, ca, extraMs })) : [],
  );
  return slowestFirst(handshakes).slice(-1);
}

async function shakeAgain(session: Session, { probe, ca, extraMs }: Suspect): Promise<Suspect[]> {
  const { service, target, address, port, serverName } = probe;
  const again = await probeTls(session, { service, target, address, port, serverName, ca, signal: session.signal });
  return extraOf(again).map((ms) => ({ probe, ca, extraMs: Math.min(extraMs, ms) }));
}

const slowestFirst = (suspects: readonly Suspect[]): Suspect[] => suspects.toSorted((a, b) => b.extraMs - a.extraMs);

function extraOf({ outcome }: TlsProbe): number[] {
  return outcome.kind === 'ok' && outcome.extraMs !== undefined ? [outcome.extraMs] : [];
}

/** Infinity for none. */
function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Infinity;
}
