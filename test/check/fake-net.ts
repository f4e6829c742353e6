import type { Endpoint, LocalAddress, Net, TcpStream, UdpHandlers } from '../../electron/check/net/net.ts';
import { NetFailure } from '../../electron/check/net/net.ts';

/** What happens to packets of the fake network; by default nothing ever answers. */
export interface FakeBehaviour {
  interfaces: LocalAddress[];
  resolvers: Endpoint[];
  /** A datagram was sent; `reply` delivers one back, `fail` an ICMP error. `socket` counts the sockets from 1. */
  onDatagram: (
    remote: Endpoint,
    bytes: Uint8Array,
    reply: (bytes: Uint8Array) => void,
    fail: (failure: string) => void,
    socket: number,
  ) => void;
  /** A stream, a failure, or undefined for a SYN that nobody answers. */
  onConnect: (remote: Endpoint) => TcpStream | NetFailure | undefined;
}

export interface FakeNet extends Net {
  /** Sockets open now, and the most there ever were. */
  open: { udp: number; tcp: number; connecting: number; mostSockets: number; mostConnecting: number };
  sentDatagrams: number;
}

export const lan: LocalAddress = { interface: 'eth0', address: '192.168.1.2', family: 4, internal: false };

/** A network without sockets, on the clock of the test (fake timers). */
export function fakeNet(behaviour: Partial<FakeBehaviour> = {}): FakeNet {
  const open = { udp: 0, tcp: 0, connecting: 0, mostSockets: 0, mostConnecting: 0 };
  const count = (): void => {
    open.mostSockets = Math.max(open.mostSockets, open.udp + open.tcp);
    open.mostConnecting = Math.max(open.mostConnecting, open.connecting);
  };
  let seed = 1;
  let sockets = 0;
  const net: FakeNet = {
    open,
    sentDatagrams: 0,
    now: () => Date.now(),
    after(ms, run) {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    random: (size) => Uint8Array.from({ length: size }, () => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) >> 16),
    interfaces: () => behaviour.interfaces ?? [lan],
    resolvers: () => behaviour.resolvers ?? [{ address: '192.168.1.1', port: 53 }],
    openUdp(remote: Endpoint, handlers: UdpHandlers) {
      let closed = false;
      const number = (sockets += 1);
      open.udp += 1;
      count();
      const later = (act: () => void): void => void setTimeout(() => !closed && act(), 1);
      return {
        send(bytes) {
          net.sentDatagrams += 1;
          behaviour.onDatagram?.(
            remote,
            bytes,
            (reply) => later(() => handlers.onMessage(reply)),
            (failure) => later(() => handlers.onFailure(failure)),
            number,
          );
        },
        close() {
          if (!closed) open.udp -= 1;
          closed = true;
        },
      };
    },
    connectTcp: (remote, signal) =>
      new Promise((resolve, reject) => {
        open.tcp += 1;
        open.connecting += 1;
        count();
        let state: 'connecting' | 'connected' | 'closed' = 'connecting';
        const close = (): void => {
          if (state === 'closed') return;
          if (state === 'connecting') open.connecting -= 1;
          open.tcp -= 1;
          state = 'closed';
          reject(new NetFailure('interrupted'));
        };
        signal.addEventListener('abort', close, { once: true });
        const answer = behaviour.onConnect?.(remote);
        setTimeout(() => {
          if (answer === undefined || state !== 'connecting') return;
          if (answer instanceof NetFailure) {
            close();
            return;
          }
          open.connecting -= 1;
          state = 'connected';
          resolve({ ...answer, close });
        }, 1);
        if (answer instanceof NetFailure) setTimeout(() => reject(answer), 0);
        if (signal.aborted) close();
      }),
  };
  return net;
}

/** A connection that is accepted and then says nothing, whatever is tried. */
export function muteStream(): TcpStream {
  const never = new Promise<never>(() => undefined);
  return { write: () => undefined, read: () => never, close: () => undefined, startTls: () => never };
}
