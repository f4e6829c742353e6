import type { ServiceShapes } from './shapes.ts';
import type { NamedEndpoint } from './endpoints.ts';

/** Which packet goes to which port. A filter may remember a port after one packet, so none is used for two shapes. */
export interface SignaturePlan {
  /** For plain packets and twins only; at every address that a shape goes to. */
  controls: NamedEndpoint[];
  services: { shapes: ServiceShapes; exact: readonly [NamedEndpoint, NamedEndpoint]; variant: NamedEndpoint | null }[];
  /** No ports were left for them. */
  leftOut: ServiceShapes[];
}

/** Ports for plain packets where one address has to do. */
const controlsMin = 2;

/** How many ports it takes: two for an exact shape, one for its variant, and those of the controls. */
export function portsNeeded(services: readonly ServiceShapes[], addresses: number): number {
  return Math.max(controlsMin, addresses) + services.reduce((sum, each) => sum + portsOf(each), 0);
}

const portsOf = ({ variant }: ServiceShapes): number => (variant ? 3 : 2);

/** What a port was seen to answer. */
export interface KnownEndpoint {
  endpoint: NamedEndpoint;
  /** Allocate as well as Binding. */
  relays: boolean;
}

export function needsRelay({ exact, variant }: ServiceShapes): boolean {
  return exact.message === 'allocate' || variant?.message === 'allocate';
}

/** The two ports of an exact shape are at different addresses, as long as there are such. */
export function planSignatures(services: readonly ServiceShapes[], known: readonly KnownEndpoint[]): SignaturePlan {
  const queues = byAddress(known);
  const controls = queues.flatMap((queue) => queue.splice(0, queues.length === 1 ? controlsMin : 1));
  const free = alternating(queues);
  const take = (relays: boolean): NamedEndpoint | undefined => {
    const index = free.findIndex((each) => each.relays || !relays);
    return index < 0 ? undefined : free.splice(index, 1)[0]?.endpoint;
  };
  const plan: SignaturePlan = { controls: controls.map(({ endpoint }) => endpoint), services: [], leftOut: [] };
  for (const shapes of services) {
    const relays = needsRelay(shapes);
    const enough = free.filter((each) => each.relays || !relays).length >= portsOf(shapes);
    const [one, other] = enough && controls.length >= controlsMin ? [take(relays), take(relays)] : [];
    if (one && other) {
      plan.services.push({ shapes, exact: [one, other], variant: (shapes.variant && take(relays)) ?? null });
    } else plan.leftOut.push(shapes);
  }
  return plan;
}

/** Relays first: a plain Allocate has to be among the controls. */
function byAddress(known: readonly KnownEndpoint[]): KnownEndpoint[][] {
  const queues = new Map<string, KnownEndpoint[]>();
  for (const each of [...known].sort((one, other) => Number(other.relays) - Number(one.relays))) {
    const { address } = each.endpoint;
    queues.set(address, [...(queues.get(address) ?? []), each]);
  }
  return [...queues.values()];
}

function alternating(queues: readonly KnownEndpoint[][]): KnownEndpoint[] {
  const longest = Math.max(0, ...queues.map((queue) => queue.length));
  return Array.from({ length: longest }, (_, index) => queues.flatMap((queue) => queue[index] ?? [])).flat();
}
