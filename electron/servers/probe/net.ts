import { isIP } from 'node:net';
import { ProbeError } from './errors.ts';

/** An IP address in text, v4 or v6, and a port. Names are looked up elsewhere: a probe must not ask the network's DNS. */
export interface Address {
  address: string;
  port: number;
}

/** Failures of a socket, named where the socket is. `other`: a system error that we do not know. */
export type SocketFailure = 'refused' | 'reset' | 'no-route' | 'denied' | 'timeout' | 'other';

export interface DatagramSocket {
  send: (bytes: Uint8Array) => void;
  close: () => void;
}

export interface StreamSocket {
  write: (bytes: Uint8Array) => void;
  close: () => void;
}

/**
 * Sockets, time and chance, as the probes see them: the real ones are in node-net.ts, and tests hand in a simulated
 * network. Handlers are never called before the call that registered them has returned, nor after `close`.
 */
export interface ProbeNet {
  /** A *connected* UDP socket: only this way the system tells us of ICMP errors, and drops datagrams of strangers. */
  datagram(
    to: Address,
    on: { message(bytes: Uint8Array): void; failure(failure: SocketFailure): void },
  ): DatagramSocket;
  /** A TCP connection; `failure` and `end` (the other side closed) are the last to be called. */
  stream(
    to: Address,
    on: { open(): void; data(bytes: Uint8Array): void; end(): void; failure(failure: SocketFailure): void },
  ): StreamSocket;
  /** Monotonic milliseconds with fractions. */
  nowMs(): number;
  /** Wall clock. */
  unixMs(): number;
  /** TAI64N that grows over all probes of this program, since servers refuse a key's stamp that does not. */
  stamp(): Uint8Array;
  /** Calls once, later. @returns the way to take it back */
  after(delayMs: number, call: () => void): () => void;
  /** Cryptographically strong. */
  randomBytes(size: number): Uint8Array;
}

/** @throws ProbeError `address-invalid` */
export function requireAddress({ address, port }: Address): void {
  if (isIP(address) === 0 || !Number.isInteger(port) || port < 1 || port > 65535)
    throw new ProbeError('address-invalid');
}
