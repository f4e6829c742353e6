import { createHash } from 'node:crypto';
import { createStamper } from '../../../electron/check/packet/wireguard-stamp.ts';
import type { Address, ProbeNet, SocketFailure } from '../../../electron/servers/probe/net.ts';

/** A network in virtual time: nothing waits, every run is the same, and what was sent and left open can be looked at. */
export interface SimulatedNet extends ProbeNet {
  /** Lets virtual time pass until the promise settles. Throws when nothing is left to happen. */
  run<T>(promise: Promise<T>): Promise<T>;
  sent: { atMs: number; to: string; bytes: Uint8Array }[];
  openSockets(): number;
  mostOpenSockets(): number;
  pendingTimers(): number;
}

/** What the far end does with what reaches it. Times are milliseconds from now until it is seen here. */
export interface Far {
  reply(bytes: Uint8Array, afterMs: number): void;
  fail(failure: SocketFailure, afterMs: number): void;
  /** TCP: the other side closes. */
  end(afterMs: number): void;
}

/** By `udp address:port` or `tcp address:port`; nobody there: silence. */
export type Hosts = Record<
  string,
  | { onDatagram(bytes: Uint8Array, far: Far, nowMs: number): void }
  | { connectMs: number; onData?(bytes: Uint8Array, far: Far): void; onOpen?(far: Far): void }
  | { failure: SocketFailure; afterMs: number }
>;

export const startUnixMs = 1_795_000_000_000;

export function createSimulatedNet(hosts: Hosts): SimulatedNet {
  let nowMs = 0;
  let count = 0;
  let open = 0;
  let most = 0;
  const timers = new Map<number, { atMs: number; call: () => void }>();
  const sent: SimulatedNet['sent'] = [];

  const after = (delayMs: number, call: () => void): (() => void) => {
    const id = count++;
    timers.set(id, { atMs: nowMs + Math.max(0, delayMs), call });
    return () => {
      timers.delete(id);
    };
  };
  const opened = (): { isOpen: () => boolean; close: () => void } => {
    let state = true;
    open += 1;
    most = Math.max(most, open);
    return {
      isOpen: () => state,
      close: () => {
        if (state) open -= 1;
        state = false;
      },
    };
  };
  const name = (kind: string, { address, port }: Address): string => `${kind} ${address}:${port}`;

  return {
    sent,
    after,
    nowMs: () => nowMs,
    unixMs: () => startUnixMs + nowMs,
    stamp: createStamper(() => startUnixMs + nowMs),
    randomBytes: (size) => createHash('shake256', { outputLength: size }).update(String(count++)).digest(),
    openSockets: () => open,
    mostOpenSockets: () => most,
    pendingTimers: () => timers.size,

    datagram(to, on) {
      const socket = opened();
      const host = hosts[name('udp', to)];
      const later = (afterMs: number, call: () => void): void => {
        after(afterMs, () => {
          if (socket.isOpen()) call();
        });
      };
      const far: Far = {
        reply: (bytes, afterMs) => later(afterMs, () => on.message(bytes)),
        fail: (failure, afterMs) => later(afterMs, () => on.failure(failure)),
        end: () => undefined,
      };
      return {
        close: socket.close,
        send(bytes) {
          sent.push({ atMs: nowMs, to: name('udp', to), bytes });
          if (host && 'onDatagram' in host) host.onDatagram(bytes, far, nowMs);
          else if (host && 'failure' in host) far.fail(host.failure, host.afterMs);
        },
      };
    },

    stream(to, on) {
      const socket = opened();
      const host = hosts[name('tcp', to)];
      const later = (afterMs: number, call: () => void): void => {
        after(afterMs, () => {
          if (socket.isOpen()) call();
        });
      };
      const far: Far = {
        reply: (bytes, afterMs) => later(afterMs, () => on.data(bytes)),
        fail: (failure, afterMs) => later(afterMs, () => on.failure(failure)),
        end: (afterMs) => later(afterMs, () => on.end()),
      };
      sent.push({ atMs: nowMs, to: name('tcp', to), bytes: new Uint8Array() });
      if (host && 'failure' in host) far.fail(host.failure, host.afterMs);
      if (host && 'connectMs' in host)
        later(host.connectMs, () => {
          on.open();
          host.onOpen?.(far);
        });
      return {
        close: socket.close,
        write(bytes) {
          sent.push({ atMs: nowMs, to: name('tcp', to), bytes });
          if (host && 'connectMs' in host) host.onData?.(bytes, far);
        },
      };
    },

    async run(promise) {
      const state = { isSettled: false };
      const settle = (): void => {
        state.isSettled = true;
      };
      promise.then(settle, settle);
      for (;;) {
        await new Promise(setImmediate);
        if (state.isSettled) return promise;
        const next = [...timers].toSorted(([a, x], [b, y]) => x.atMs - y.atMs || a - b)[0];
        if (next === undefined) throw new Error('Nothing is left to happen, and the promise has not settled.');
        timers.delete(next[0]);
        nowMs = Math.max(nowMs, next[1].atMs);
        next[1].call();
      }
    },
  };
}
