import type { Endpoint } from '../../electron/check/net/net.ts';
import type { SimulatedFilter } from './censor.ts';
import type { VirtualClock } from './clock.ts';
import type { Conditions } from './conditions.ts';
import type { Line } from './line.ts';
import type { Resolvers } from './resolver.ts';
import type { Roots } from './roots.ts';
import type { World } from './world.ts';

/** All that a simulated socket lives in. */
export interface Surroundings {
  clock: VirtualClock;
  line: Line;
  world: World;
  filter: SimulatedFilter;
  resolvers: Resolvers;
  roots: Roots;
  ipv6: Conditions['ipv6'];
  isDead(address: string): boolean;
  /** One of the provider's own resolvers, which nothing filters the way to. */
  isProvider(remote: Endpoint): boolean;
}
