import type { Endpoint, LocalAddress, Net } from '../../electron/check/net/net.ts';
import { SimulatedFilter } from './censor.ts';
import { VirtualClock } from './clock.ts';
import type { Conditions } from './conditions.ts';
import { Line } from './line.ts';
import { Random } from './random.ts';
import { Resolvers } from './resolver.ts';
import { Roots } from './roots.ts';
import type { Surroundings } from './surroundings.ts';
import { connectTcp } from './tcp.ts';
import { openUdp } from './udp.ts';
import { world } from './world.ts';

const roots = new Roots();
const providerResolvers: readonly Endpoint[] = [
  { address: '10.20.0.1', port: 53 },
  { address: '10.20.0.3', port: 53 },
];
const ipv4: LocalAddress = { interface: 'wlan0', address: '192.168.1.2', family: 4, internal: false };
const ipv6: LocalAddress = { interface: 'wlan0', address: '2001:db8:20::2', family: 6, internal: false };

/** The censored network as one value: the same seed, the same packets lost and late. */
export interface SimulatedNetwork {
  net: Net;
  trust: Roots;
  /** Lets the network's time pass until the work has ended. */
  live<T>(work: Promise<T>): Promise<T>;
}

export function simulate(conditions: Conditions, seed: number): SimulatedNetwork {
  const random = new Random(seed);
  const clock = new VirtualClock();
  const resolvers = conditions.resolvers === 'one' ? providerResolvers.slice(0, 1) : providerResolvers;
  const around: Surroundings = {
    clock,
    line: new Line(conditions.line, random),
    world,
    filter: new SimulatedFilter(conditions.censor, random),
    resolvers: new Resolvers(world, conditions.rotating, conditions.censor, random),
    roots,
    ipv6: conditions.ipv6,
    isDead: (address) =>
      conditions.dead.has(address) ||
      (conditions.resolvers === 'first-dead' && address === providerResolvers[0]?.address),
    isProvider: ({ address }) => resolvers.some((one) => one.address === address),
  };
  const net: Net = {
    now: () => clock.now(),
    after: (ms, run) => clock.after(ms, run),
    random: (size) => random.bytes(size),
    openUdp: (remote, handlers) => openUdp(around, remote, handlers),
    connectTcp: (remote, signal) => connectTcp(around, remote, signal),
    interfaces: () => (conditions.ipv6 === 'none' ? [ipv4] : [ipv4, ipv6]),
    resolvers: () => resolvers,
  };
  return { net, trust: roots, live: (work) => clock.live(work) };
}
