import { BlockList, isIPv6 } from 'node:net';
import type { Endpoint } from '../../electron/check/net/net.ts';
import { coversName, type PacketRule, type WebRule } from '../lab/censor/censor.ts';
import type { SimulatedCensor } from './conditions.ts';

/** What happens to a packet on its way. `reset` only to TCP. */
export type Fate = 'pass' | 'drop' | 'reset' | 'icmp';

const cookie = Uint8Array.of(0x21, 0x12, 0xa4, 0x42);

/** The lab's censors as decisions over single packets, in the order of the lab's firewall. */
export class SimulatedFilter {
  readonly #censor: SimulatedCensor;
  readonly #ranges = new Map<PacketRule, BlockList>();

  constructor(censor: SimulatedCensor) {
    this.#censor = censor;
    for (const rule of censor.packets ?? []) if (rule.drop === 'prefix') this.#ranges.set(rule, rangesOf(rule.cidrs));
  }

  /** The provider's own resolver is asked inside its network: nothing of this applies there. */
  udp(remote: Endpoint, bytes: Uint8Array): Fate {
    for (const rule of this.#censor.packets ?? []) {
      const fate = this.#common(rule, remote, 'udp');
      if (fate !== 'pass') return fate;
      if (rule.drop === 'udp' && coversPort(rule.ports, remote.port)) return 'drop';
      if (rule.drop === 'stun-cookie' && cookie.every((byte, index) => bytes[4 + index] === byte)) return 'drop';
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

  #common(rule: PacketRule, { address }: Endpoint, transport: 'udp' | 'tcp'): Fate {
    if (rule.drop === 'everything') return 'drop';
    if (rule.drop === 'ipv6' && isIPv6(address)) return 'drop';
    if (rule.drop !== 'prefix' || (rule.transport !== 'any' && rule.transport !== transport)) return 'pass';
    if (!this.#ranges.get(rule)?.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')) return 'pass';
    if (rule.how === 'icmp') return 'icmp';
    return rule.how === 'reset' && transport === 'tcp' ? 'reset' : 'drop';
  }
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
