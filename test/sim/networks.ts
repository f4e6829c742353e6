import type { Controls } from '../../electron/check/catalogue.ts';
import type { Block } from './blocks.ts';
import type { Conditions } from './conditions.ts';
import { Random } from './random.ts';
import { catalogue, world } from './world.ts';

/** An open network as there are many: some loss, some distance, something out of order. The same for the same seed. */
export function openNetwork(seed: number): Conditions {
  const random = new Random(seed ^ 0x0badcafe);
  const rttMs = random.between(20, 600);
  return {
    line: { rttMs, jitterMs: random.between(0, rttMs / 4), loss: random.between(0, 0.15) },
    ipv6: random.pick(['none', 'works', 'broken'] as const) ?? 'none',
    dead: random.chance(0.5) ? new Set(deadControl(random)) : new Set(),
    resolvers: random.pick(['one', 'two', 'first-dead'] as const) ?? 'one',
    rotating: random.chance(0.5),
    censor: {},
  };
}

/**
 * A network with a censor, and with a line on which it can be seen: at most 5 % loss, and so little that one connection
 * carries `kbitPerS` by itself.
 */
export function censoredNetwork(
  { censor, kbitPerS = 0 }: Pick<Block, 'censor' | 'kbitPerS'>,
  seed: number,
): Conditions {
  const random = new Random(seed ^ 0x00c0ffee);
  const rttMs = random.between(20, 600);
  const jitterMs = random.between(0, rttMs / 4);
  return {
    line: { rttMs, jitterMs, loss: random.between(0, Math.min(0.05, lossAt(kbitPerS, rttMs))) },
    ipv6: random.pick(['none', 'works', 'broken'] as const) ?? 'none',
    dead: new Set(),
    resolvers: random.pick(['one', 'two', 'first-dead'] as const) ?? 'one',
    rotating: random.chance(0.5),
    censor,
  };
}

/** Loss at which TCP's usual way of sending comes to that speed (Mathis et al. 1997), for segments of 1400 bytes. */
function lossAt(kbitPerS: number, rttMs: number): number {
  return kbitPerS === 0 ? 1 : ((1400 * 8 * Math.sqrt(1.5)) / (rttMs * kbitPerS)) ** 2;
}

/** All addresses of one neutral server that is down. */
function deadControl(random: Random): readonly string[] {
  const { tls, stun, dns, doh, portal, ntp }: Controls = catalogue.controls;
  const operators = [...tls, ...stun, ...doh, ...portal, ...ntp].map(({ host }) => world.addressesOf(host));
  return random.pick([...operators, ...dns.map(({ address }) => [address])]) ?? [];
}
