import type { Service } from '../catalogue.ts';
import type { ServiceSignature, ShapeSeen, SignatureEvidence } from '../signature/battery.ts';
import type { ServiceShapes } from '../signature/shapes.ts';
import { succeeded, type SignatureProbe } from '../probe.ts';
import type {
  Finding,
  Judgement,
  NetworkState,
  ServiceReport,
  Signature,
  SignatureReason,
  Strength,
} from '../report.ts';
import { ids } from './judged.ts';
import { isBeyondChance } from './silence.ts';

/** As much of the verdicts as row U9 reads and adds to. */
interface Judged {
  state: NetworkState;
  findings: Finding[];
  services: ServiceReport[];
}

export interface WithSignatures<J extends Judged> {
  verdicts: J;
  signatures: Signature[];
}

/**
 * Row U9: packets that look like a service's calls are dropped on the way to a server that answers all others. Pure.
 * `asked`: the shapes that were to be tried; `loss`: share of round trips that the line loses by itself.
 */
export function judgeSignatures<J extends Judged>(
  verdicts: J,
  services: readonly Service[],
  asked: readonly ServiceShapes[],
  evidence: SignatureEvidence,
  loss: number,
): WithSignatures<J> {
  const signatures = asked.map(({ service }) => {
    const name = services.find(({ id }) => id === service)?.name ?? service;
    return judgeOne(service, name, verdicts.state, evidence, loss);
  });
  const filtered = signatures.filter(({ result }) => result === 'filtered');
  return {
    signatures,
    verdicts: {
      ...verdicts,
      findings: [...verdicts.findings, ...filtered.map(findingOf)],
      services: verdicts.services.map((row) => {
        const signature = filtered.find(({ service }) => service === row.id);
        const service = services.find(({ id }) => id === row.id);
        return signature && service ? { ...row, calls: callsUnder(row.calls, signature, service) } : row;
      }),
    },
  };
}

type Outcome = Pick<Signature, 'result' | 'strength' | 'reason'>;

function judgeOne(
  service: string,
  name: string,
  state: NetworkState,
  evidence: SignatureEvidence,
  loss: number,
): Signature {
  const seen = evidence.services.find(({ shapes }) => shapes.service === service);
  const looks = seen ? [...seen.exact, ...(seen.variant ? [seen.variant] : [])] : [];
  const outcome =
    state === 'offline' || state === 'portal'
      ? unclear('network')
      : (judgeSeen(seen, evidence, loss) ?? unclear('time'));
  return {
    service,
    name,
    ...outcome,
    spoiled: looks.some(isSpoiled),
    shapes: seen ? shapesOf(seen) : [],
    probes: seen ? ids(probesOf(seen, evidence)) : [],
  };
}

function judgeSeen(seen: ServiceSignature | undefined, evidence: SignatureEvidence, loss: number): Outcome | undefined {
  if (!seen) return evidence.complete || evidence.leftOut.length > 0 ? unclear('endpoints') : undefined;
  const { exact, variant, twin, shapes } = seen;
  if (exact.length < 2) return undefined;
  const probes = exact.map(({ probe }) => probe);
  if (probes.every(succeeded)) return { result: 'passed', strength: null, reason: null };
  if (probes.some(({ outcome }) => outcome.kind === 'refused')) return unclear('refused');
  if (!evidence.complete) return undefined;
  if (probes.some(succeeded)) return unclear('one-endpoint');
  const controls = [...evidence.after, ...exact.map(({ other }) => other), twin];
  if (evidence.after.length === 0 || !controls.every((probe) => probe && succeeded(probe))) return unclear('controls');
  if (!isBeyondChance(probes, loss)) return unclear('chance');
  if (shapes.confidence === 'low') return unclear('low-confidence');
  const strength = exact.some(isSpoiled) || variant?.probe.outcome.kind === 'silent' ? 'certain' : 'strong';
  return { result: 'filtered', strength, reason: null };
}

const unclear = (reason: SignatureReason): Outcome => ({ result: 'inconclusive', strength: null, reason });

/** Another port of that address answers, and this one does not any more: a filter has remembered it. */
function isSpoiled({ same, other }: ShapeSeen): boolean {
  return same?.outcome.kind === 'silent' && other !== null && succeeded(other);
}

function shapesOf({ exact, variant, twin }: ServiceSignature): Signature['shapes'] {
  const one = (role: Signature['shapes'][number]['role'], probe: SignatureProbe): Signature['shapes'][number] => {
    const { kind } = probe.outcome;
    return { id: probe.shape, role, outcome: kind === 'answered' ? 'passed' : kind, probe: probe.id };
  };
  return [
    ...exact.map(({ probe }) => one('exact', probe)),
    ...(variant ? [one('variant', variant.probe)] : []),
    ...(twin ? [one('twin', twin)] : []),
  ];
}

/** Plain packets to the ports that its shapes went to, the shapes, and all that shows that the server was there. */
function probesOf({ exact, variant, twin }: ServiceSignature, { before, after }: SignatureEvidence): SignatureProbe[] {
  const looks = [...exact, ...(variant ? [variant] : [])];
  const places = new Set(looks.map(({ probe: { address, port } }) => `${address} ${port}`));
  return [
    ...before.filter(({ address, port }) => places.has(`${address} ${port}`)),
    ...looks.flatMap(({ probe, same, other }) => [probe, same, other].filter((each) => each !== null)),
    ...(twin ? [twin] : []),
    ...after,
  ];
}

function findingOf({ service, name, strength, probes }: Signature): Finding {
  return {
    mechanism: 'stun-dpi',
    rule: 'U9',
    strength: strength ?? 'strong',
    probes,
    service: { id: service, name },
    summary: `Packets that look like ${name}'s calls are filtered, while others of the same kind and size pass.`,
  };
}

/**
 * Only where nothing worse was found. With certainty, and nothing of the service's own that answered, by the same table as
 * what holds for the whole network; else its calls are hampered.
 */
function callsUnder(calls: Judgement, { strength, probes }: Signature, { callPath }: Service): Judgement {
  if (calls.verdict !== 'not-testable' && calls.verdict !== 'ok') return calls;
  const isBlocked = calls.verdict === 'not-testable' && strength === 'certain' && callPath.fallback !== 'may-help';
  return {
    verdict: isBlocked ? 'blocked' : 'degraded',
    mechanisms: ['stun-dpi'],
    rule: 'U9',
    strength: (strength ?? 'strong') satisfies Strength,
    probes,
  };
}
