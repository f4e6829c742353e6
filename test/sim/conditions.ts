import type { Censor } from '../lab/censor/censor.ts';
import type { LineQuality } from './line.ts';

/** A network to simulate: how the line is, what is out of order, who interferes. */
export interface Conditions {
  line: LineQuality;
  /** `broken`: addresses and routes, but nothing is carried. */
  ipv6: 'none' | 'works' | 'broken';
  /** Servers that are down: nothing they are asked is answered. */
  dead: ReadonlySet<string>;
  /** The system's resolvers: one, two, or two of which the first is dead. */
  resolvers: 'one' | 'two' | 'first-dead';
  /** Resolvers each see other addresses of the same machines, as content networks have it. */
  rotating: boolean;
  censor: SimulatedCensor;
}

/** What of the lab's censors the simulation knows: lines are its own matter, portals and pulled cables are quick in the lab. */
export type SimulatedCensor = Pick<Censor, 'packets' | 'names' | 'inject' | 'web'>;
