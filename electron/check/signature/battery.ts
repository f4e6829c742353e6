import { holdPorts } from '../net/held-ports.ts';
import type { Shape } from '../packet/signature.ts';
import { succeeded, type SignatureProbe, type SignatureRole } from '../probe.ts';
import { probeSignature } from '../probes/signature.ts';
import type { Session } from '../session.ts';
import type { NamedEndpoint } from './endpoints.ts';
import { needsRelay, planSignatures, type KnownEndpoint, type SignaturePlan } from './plan.ts';
import type { ServiceShapes } from './shapes.ts';

/** What the signature check gathered; it grows while the work goes on. The judgement reads only this. */
export interface SignatureEvidence {
  before: SignatureProbe[];
  after: SignatureProbe[];
  services: ServiceSignature[];
  /** Too few ports answered plain packets. */
  leftOut: ServiceShapes[];
  /** False when it was ended early, or never begun. */
  complete: boolean;
}

export interface ServiceSignature {
  shapes: ServiceShapes;
  exact: ShapeSeen[];
  variant: ShapeSeen | null;
  twin: SignatureProbe | null;
}

/** A shape, and where it was silent, what plain packets said then: to the same port, and to another of the address. */
export interface ShapeSeen {
  probe: SignatureProbe;
  same: SignatureProbe | null;
  other: SignatureProbe | null;
}

export function emptySignatures(): SignatureEvidence {
  return { before: [], after: [], services: [], leftOut: [], complete: false };
}

const plainBinding: Shape = { id: 'binding', message: 'binding', attributes: [] };
/** REQUESTED-TRANSPORT: UDP (RFC 8656 §18.7). */
const plainAllocate: Shape = {
  id: 'allocate',
  message: 'allocate',
  attributes: [{ type: '0019', hex: '11000000' }],
};

/**
 * Sends each shape to a port of its own from a port of its own, after every port has answered plain packets, and plain ones
 * again at the end. Rejects with the signal's reason; the evidence so far stands.
 */
export async function gatherSignatures(
  session: Session,
  endpoints: readonly NamedEndpoint[],
  services: readonly ServiceShapes[],
  evidence: SignatureEvidence,
): Promise<void> {
  const { net, release } = holdPorts(session.net);
  const send = sender({ ...session, net });
  const plain = services.some(needsRelay) ? [plainBinding, plainAllocate] : [plainBinding];
  const ask = async (asked: readonly NamedEndpoint[], role: 'before' | 'after'): Promise<void> => {
    const planned = asked.flatMap((endpoint) => plain.map((shape) => send(endpoint, shape, role)));
    const probes = await Promise.all(planned);
    evidence[role].push(...probes);
  };
  try {
    await ask(endpoints, 'before');
    const plan = planSignatures(services, knownEndpoints(endpoints, evidence.before));
    evidence.leftOut.push(...plan.leftOut);
    await Promise.all(plan.services.map((each) => gatherService(send, plan, each, evidence)));
    await ask(plan.controls, 'after');
    evidence.complete = true;
  } finally {
    release();
  }
}

type Send = (
  endpoint: NamedEndpoint,
  shape: Shape,
  role: SignatureRole,
  service?: ServiceShapes,
) => Promise<SignatureProbe>;

function sender(session: Session): Send {
  return ({ host, address, port }, shape, role, owner) =>
    probeSignature(session, {
      service: owner?.service ?? null,
      target: host,
      address,
      port,
      signal: session.signal,
      role,
      shape,
    });
}

function knownEndpoints(endpoints: readonly NamedEndpoint[], before: readonly SignatureProbe[]): KnownEndpoint[] {
  return endpoints.flatMap((endpoint) => {
    const answered = before
      .filter(({ address, port }) => address === endpoint.address && port === endpoint.port)
      .filter(succeeded)
      .map(({ method }) => method);
    return answered.includes('binding') ? [{ endpoint, relays: answered.includes('allocate') }] : [];
  });
}

async function gatherService(
  send: Send,
  plan: SignaturePlan,
  { shapes, exact, variant }: SignaturePlan['services'][number],
  evidence: SignatureEvidence,
): Promise<void> {
  const seen: ServiceSignature = { shapes, exact: [], variant: null, twin: null };
  evidence.services.push(seen);
  const look = async (endpoint: NamedEndpoint, shape: Shape): Promise<ShapeSeen> => {
    const probe = await send(endpoint, shape, 'shape', shapes);
    if (probe.outcome.kind !== 'silent') return { probe, same: null, other: null };
    const elsewhere = plan.controls.find(({ address }) => address === endpoint.address) ?? endpoint;
    const [same, other] = await Promise.all([
      send(endpoint, plainBinding, 'same', shapes),
      send(elsewhere, plainBinding, 'other', shapes),
    ]);
    return { probe, same, other };
  };
  const [control] = plan.controls;
  await Promise.all([
    ...exact.map(async (endpoint) => void seen.exact.push(await look(endpoint, shapes.exact))),
    (async () => {
      if (shapes.variant && variant) seen.variant = await look(variant, shapes.variant);
    })(),
    (async () => {
      if (control) seen.twin = await send(control, shapes.twin, 'twin', shapes);
    })(),
  ]);
}
