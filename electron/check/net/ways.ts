import { isBogon } from '../addresses.ts';
import type { Net } from './net.ts';

/** A way that an answer from the Internet came back by: over which transport, and to which address of this computer. */
export interface Way {
  transport: 'udp' | 'tcp';
  local: string;
}

/**
 * The same network, watched: `ways` tells by which of this computer's addresses answers have come so far. Only answers
 * count: what was sent may have been held back. Machines nearby, the network's own resolvers too, are left out: a VPN
 * need not carry what goes to them.
 */
export function watchWays(net: Net): { net: Net; ways: () => Way[] } {
  const ways = new Map<string, Way>();
  const nearby = new Set(net.resolvers().map(({ address }) => address));
  const note = (transport: Way['transport'], remote: string, local: string | undefined): void => {
    if (local !== undefined && !isBogon(remote) && !nearby.has(remote))
      ways.set(`${transport} ${local}`, { transport, local });
  };
  const watched: Net = {
    ...net,
    openUdp(remote, handlers) {
      const socket = net.openUdp(remote, {
        ...handlers,
        onMessage(bytes) {
          note('udp', remote.address, socket.localAddress?.());
          handlers.onMessage(bytes);
        },
      });
      return socket;
    },
    async connectTcp(remote, signal) {
      const stream = await net.connectTcp(remote, signal);
      note('tcp', remote.address, stream.localAddress?.());
      return stream;
    },
  };
  return { net: watched, ways: () => [...ways.values()] };
}
