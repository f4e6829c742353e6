import type { Endpoint, TcpStream } from '../../../electron/check/net/net.ts';
import { concat } from '../../../electron/check/packet/bytes.ts';
import { encodeSigned, isSignedWith, longTermKey } from '../../../electron/check/packet/stun-integrity.ts';
import {
  attributeTypes as types,
  encodeStun,
  encodeXorAddress,
  readAddress,
  readMessage,
  type RawStun,
  type StunAttribute,
} from '../../../electron/check/packet/stun.ts';
import { encodeChannelData, readFromRelay, turnMethods } from '../../../electron/check/packet/turn-session.ts';
import { createTurnUnframer } from '../../../electron/check/packet/turn-stream.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const address = '198.51.100.4';

/** What a test changes of an honest relay. */
export interface RelayHabits {
  password: string;
  /** An error instead of success, by method; each code is used up once, the last one for good. */
  errors: Partial<Record<keyof typeof turnMethods, number[]>>;
  /** The realm named at the n-th refusal. */
  realms: string[];
  /** Signs what it says with another key. */
  forged: boolean;
  /** Whether what one end sent to the other arrives. */
  carries: (data: Uint8Array) => boolean;
}

/** A relay in memory (RFC 8656), for one caller's two ends. Each 5-tuple talks to it by a line of its own. */
export function fakeRelay(habits: Partial<RelayHabits> = {}) {
  const { password = 'secret', errors = {}, realms = ['relay.lab'], forged = false, carries = () => true } = habits;
  const lines = new Map<number, { deliver: (bytes: Uint8Array) => void; padded: boolean; permitted: Set<string> }>();
  let ports = 49160;
  let refusals = 0;
  const allocations = new Set<number>();

  const open = (deliver: (bytes: Uint8Array) => void, padded: boolean): ((bytes: Uint8Array) => void) => {
    const port = (ports += 1);
    const line = { deliver, padded, permitted: new Set<string>() };
    let channelPeer: number | undefined;
    lines.set(port, line);

    const pass = (toPort: number | undefined, data: Uint8Array): void => {
      const peer = lines.get(toPort ?? 0);
      if (!peer?.permitted.has(address) || !carries(data)) return;
      if (channelPeer !== undefined) peer.deliver(encodeChannelData(0x4000, data, peer.padded));
      else peer.deliver(encodeStun(0x0017, new Uint8Array(16), [{ type: types.data, value: data }]));
    };
    const answer = (message: RawStun, request: Uint8Array): Uint8Array => {
      const { type, transaction } = message;
      const find = (wanted: number): Uint8Array | undefined =>
        message.attributes.find((attribute) => attribute.type === wanted)?.value;
      const refuse = (code: number): Uint8Array => {
        const realm = realms[Math.min(refusals, realms.length - 1)] ?? '';
        refusals += 1;
        return encodeStun(type | 0x0110, transaction, [
          { type: types.errorCode, value: Uint8Array.of(0, 0, Math.floor(code / 100), code % 100) },
          { type: types.realm, value: utf8(realm) },
          { type: types.nonce, value: utf8(`nonce ${refusals}`) },
        ]);
      };
      const realm = find(types.realm);
      if (!realm) return refuse(401);
      const key = longTermKey('me', realm, password);
      const method = (Object.keys(turnMethods) as (keyof typeof turnMethods)[]).find(
        (name) => turnMethods[name] === type,
      );
      const codes = (method && errors[method]) ?? [];
      const code = codes.length > 1 ? codes.shift() : codes[0];
      if (code !== undefined && code !== 0) return refuse(code);
      if (!isSignedWith(request, key)) return refuse(401);
      const peer = find(types.xorPeerAddress);
      if (type === turnMethods.allocate) allocations.add(port);
      if (type === turnMethods.refresh) allocations.delete(port);
      if (type === turnMethods.createPermission && peer) line.permitted.add(readAddress(peer, transaction).address);
      if (type === turnMethods.channelBind && peer) channelPeer = readAddress(peer, transaction).port;
      const told: StunAttribute[] =
        type === turnMethods.allocate
          ? [{ type: types.xorRelayedAddress, value: encodeXorAddress({ address, port }, transaction) }]
          : [];
      return encodeSigned(type | 0x0100, transaction, told, forged ? utf8('another') : key);
    };
    return (bytes) => {
      if ((bytes[0] ?? 0) >> 6 === 1) {
        const read = readFromRelay(bytes);
        if (read?.kind === 'data') pass(channelPeer, read.data);
        return;
      }
      const message = readMessage(bytes);
      if (message.type !== 0x0016) {
        deliver(answer(message, bytes));
        return;
      }
      const value = (wanted: number): Uint8Array =>
        message.attributes.find(({ type }) => type === wanted)?.value ?? new Uint8Array(0);
      pass(readAddress(value(types.xorPeerAddress), message.transaction).port, value(types.data));
    };
  };

  const sockets = new Map<number, (bytes: Uint8Array) => void>();
  return {
    allocations,
    /** For `onDatagram` of a fake network. */
    onDatagram: (
      _remote: Endpoint,
      bytes: Uint8Array,
      reply: (bytes: Uint8Array) => void,
      _fail: unknown,
      socket: number,
    ): void => {
      const send = sockets.get(socket) ?? open(reply, false);
      sockets.set(socket, send);
      send(bytes);
    },
    /** For `onConnect`; messages are delivered in pieces, as streams may. */
    stream: (): TcpStream => {
      const waiting: Uint8Array[] = [];
      let wake = (): void => undefined;
      const unframer = createTurnUnframer();
      const send = open((bytes) => {
        waiting.push(bytes.subarray(0, 3), bytes.subarray(3));
        wake();
      }, true);
      return {
        write: (bytes) => unframer.push(bytes).forEach(send),
        async read() {
          if (waiting.length === 0) await new Promise<void>((resolve) => (wake = resolve));
          return waiting.shift() ?? null;
        },
        close: () => undefined,
        startTls: () => Promise.reject(new Error('no TLS here')),
      };
    },
  };
}

/** A stream of something else. */
export function webStream(): TcpStream {
  const parts = [concat(utf8('HTTP/1.1 400 Bad Request\r\n\r\n'))];
  return {
    write: () => undefined,
    read: () => Promise.resolve(parts.shift() ?? null),
    close: () => undefined,
    startTls: () => Promise.reject(new Error('no TLS here')),
  };
}
