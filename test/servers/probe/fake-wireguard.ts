import { createResponder, type Responder } from '../../check/packet/wireguard-responder.ts';
import type { Far } from './simulated-net.ts';

/** A WireGuard server of the simulated network that keeps a real one's rules (wireguard-go, device/receive.go). */
export interface FakeWireGuard {
  publicKey: string;
  onDatagram(bytes: Uint8Array, far: Far, nowMs: number): void;
}

export interface FakeWireGuardOptions {
  secret?: number;
  /** Base64; the peers that it knows. */
  clients: readonly string[];
  presharedKey?: Uint8Array;
  rttMs: number;
  /** 0-based numbers of the datagrams that are lost on the way. */
  loses?: readonly number[];
  /** Wants a cookie; `always`: asks again also when it got one. */
  busy?: 'once' | 'always';
}

const cookie = new Uint8Array(16).fill(5);

export function createFakeWireGuard(options: FakeWireGuardOptions): FakeWireGuard {
  const responder: Responder = createResponder(new Uint8Array(32).fill(options.secret ?? 1));
  let received = 0;
  let lastStamp = '';
  let lastMs = -Infinity;
  return {
    publicKey: Buffer.from(responder.publicKey).toString('base64'),
    onDatagram(bytes, far, nowMs) {
      if (options.loses?.includes(received++) === true) return;
      const wantsCookie = options.busy === 'always' || (options.busy === 'once' && !responder.hasMac2(bytes, cookie));
      if (wantsCookie) {
        far.reply(responder.cookieReply(bytes, cookie), options.rttMs);
        return;
      }
      const genuine = responder.read(bytes);
      if (genuine === undefined || !options.clients.includes(genuine.clientKey.toString('base64'))) return;
      const stamp = genuine.stamp.toString('hex');
      if (stamp <= lastStamp || nowMs - lastMs < 20) return;
      lastStamp = stamp;
      lastMs = nowMs;
      far.reply(responder.respond(bytes, options.presharedKey), options.rttMs);
    },
  };
}
