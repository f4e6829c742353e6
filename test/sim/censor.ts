import { BlockList, isIPv6 } from 'node:net';
import type { Endpoint } from '../../electron/check/net/net.ts';
import { coversName, type PacketRule, type WebRule } from '../lab/censor/censor.ts';
import type { SimulatedCensor } from './conditions.ts';
import type { Random } from './random.ts';

/** What happens to a packet on its way. `reset` only to TCP. */
export type Fate = 'pass' | 'drop' | 'reset' | 'icmp';

/** What a filter remembers of one UDP flow. */
export interface FlowMemory {
  /** Packets of the client so far. */
  packets: number;
  stun: boolean;
  sound: boolean;
}

export const newFlow = (): FlowMemory => ({ packets: 0, stun: false, sound: false });

const cookie = Uint8Array.of(0x21, 0x12, 0xa4, 0x42);

/** The lab's censors as decisions over single packets, in the order of the lab's firewall. */
export class SimulatedFilter {
  readonly #censor: SimulatedCensor;
  readonly #random: Random;
  readonly #ranges = new Map<PacketRule, BlockList>();

  constructor(censor: SimulatedCensor, random: Random) {
    this.#censor = censor;
    this.#random = random;
    for (const rule of censor.packets ?? []) {
      if ('cidrs' in rule) this.#ranges.set(rule, rangesOf(rule.cidrs));
    }
  }

  /** The provider's own resolver is asked inside its network: nothing of this applies there. */
  udp(remote: Endpoint, bytes: Uint8Array, flow: FlowMemory): Fate {
    flow.packets += 1;
    const isStun = cookie.every((byte, index) => bytes[4 + index] === byte);
    flow.stun ||= isStun;
    flow.sound ||= flow.stun && (bytes[0] ?? 0) >> 6 === 2;
    for (const rule of this.#censor.packets ?? []) {
      const fate = this.#common(rule, remote, 'udp');
      if (fate !== 'pass') return fate;
      if (rule.drop === 'udp' && coversPort(rule.ports, remote.port)) return 'drop';
      if (rule.drop === 'stun-cookie' && isStun) return 'drop';
      if (rule.drop === 'flow' && this.#covers(rule, remote) && isOver(rule.from, flow)) return 'drop';
      // Once for each way.
      if (rule.drop === 'share' && this.#covers(rule, remote) && [1, 2].some(() => this.#random.chance(rule.pct / 100)))
        return 'drop';
    }
    return 'pass';
  }

  tcp(remote: Endpoint): Fate {
    for (const rule of this.#censor.packets ?? []) {
      const fate = this.#common(rule, remote, 'tcp');
      if (fate !== 'pass') return fate;
    }
    return 'pass';
  }

  web(match: WebRule['match'], name: string): WebRule['action'] | undefined {
    return this.#censor.web?.find((rule) => rule.match === match && coversName(rule.names, name))?.action;
  }

  /** Whether an address is in the ranges of a rule; one without ranges covers all. */
  #covers(rule: PacketRule, { address }: Pick<Endpoint, 'address'>): boolean {
    return this.#ranges.get(rule)?.check(address, isIPv6(address) ? 'ipv6' : 'ipv4') ?? true;
  }

  #common(rule: PacketRule, { address }: Endpoint, transport: 'udp' | 'tcp'): Fate {
    if (rule.drop === 'everything') return 'drop';
    if (rule.drop === 'ipv6' && isIPv6(address)) return 'drop';
    if (rule.drop !== 'prefix' || (rule.transport !== 'any' && rule.transport !== transport)) return 'pass';
    if (!this.#covers(rule, { address })) return 'pass';
    if (rule.how === 'icmp') return 'icmp';
    return rule.how === 'reset' && transport === 'tcp' ? 'reset' : 'drop';
  }
}

function isOver(from: Extract<PacketRule, { drop: 'flow' }>['from'], { packets, sound }: FlowMemory): boolean {
  return from === 'sound' ? sound : packets > from.packets;
}

function rangesOf(cidrs: readonly string[]): BlockList {
  const ranges = new BlockList();
  for (const cidr of cidrs) {
    const [base = '', length = ''] = cidr.split('/');
    ranges.addSubnet(base, Number(length), isIPv6(base) ? 'ipv6' : 'ipv4');
  }
  return ranges;
}

function coversPort(ports: Extract<PacketRule, { drop: 'udp' }>['ports'], port: number): boolean {
  if (ports === undefined) return true;
  return ports.some((one) => (typeof one === 'number' ? one === port : port >= one[0] && port <= one[1]));
}
