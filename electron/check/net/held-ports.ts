import type { Net, UdpSocket } from './net.ts';

/**
 * The same network, whose UDP sockets keep their ports until `release`: the system never gives one to a second socket, so
 * that what a filter remembers about one packet's port touches no other packet.
 */
export function holdPorts(net: Net): { net: Net; release: () => void } {
  const held: UdpSocket[] = [];
  const holding: Net = {
    ...net,
    openUdp(remote, handlers) {
      let isOpen = true;
      const socket = net.openUdp(remote, {
        onMessage: (bytes) => isOpen && handlers.onMessage(bytes),
        onFailure: (failure) => isOpen && handlers.onFailure(failure),
      });
      held.push(socket);
      return { ...socket, send: (bytes) => isOpen && socket.send(bytes), close: () => (isOpen = false) };
    },
  };
  return { net: holding, release: () => held.splice(0).forEach((socket) => socket.close()) };
}
