import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createInitiator,
  WireGuardKeyError,
  type Initiation,
  type InitiationInput,
} from '../../../electron/check/packet/wireguard-handshake.ts';
import { mac, mac1Key, publicKeyOf } from '../../../electron/check/packet/wireguard-noise.ts';
import { tai64n } from '../../../electron/check/packet/wireguard-stamp.ts';
import { createResponder } from './wireguard-responder.ts';

const server = createResponder(Uint8Array.from({ length: 32 }, (_, at) => at + 7));
const privateKey = Uint8Array.from({ length: 32 }, (_, at) => 200 - at);
const presharedKey = Uint8Array.from({ length: 32 }, (_, at) => 3 * at);
const input: InitiationInput = { ephemeral: new Uint8Array(32).fill(77), index: 0xfedcba98, stamp: tai64n(1e12) };

function initiate(more: Partial<InitiationInput> = {}, psk?: Uint8Array): Initiation {
  const keys = { privateKey, serverPublicKey: server.publicKey, ...(psk && { presharedKey: psk }) };
  return createInitiator(keys).initiate({ ...input, ...more });
}

describe('an initiation', () => {
  it('is 148 bytes that only the server opens, and it finds our key and the stamp there', () => {
    const { bytes } = initiate();
    expect(bytes).toHaveLength(148);
    expect([...bytes.subarray(0, 8)]).toEqual([1, 0, 0, 0, 0x98, 0xba, 0xdc, 0xfe]);
    const opened = server.read(bytes);
    expect(opened?.clientKey).toEqual(Buffer.from(publicKeyOf(privateKey)));
    expect(opened?.stamp).toEqual(Buffer.from(input.stamp));
    expect(createResponder(new Uint8Array(32).fill(9)).read(bytes)).toBeUndefined();
  });

  it('carries an empty MAC2 unless a cookie is given, and then one made with it', () => {
    const cookie = randomBytes(16);
    expect(initiate().bytes.subarray(132)).toEqual(new Uint8Array(16));
    expect(server.hasMac2(initiate({ cookie }).bytes, cookie)).toBe(true);
    expect(server.hasMac2(initiate({ cookie }).bytes, randomBytes(16))).toBe(false);
  });

  it('is refused for keys that cannot keep a secret or have the wrong size', () => {
    const make = (serverPublicKey: Uint8Array) => () => createInitiator({ privateKey, serverPublicKey });
    expect(make(new Uint8Array(32))).toThrow(expect.objectContaining({ code: 'low-order' }));
    expect(make(new Uint8Array(31))).toThrow(expect.objectContaining({ code: 'size' }));
    expect(make(new Uint8Array(0))).toThrow(WireGuardKeyError);
  });
});

describe('an answer', () => {
  it('with the same preshared key, or none on both sides, is accepted', () => {
    const plain = initiate();
    expect(plain.read(server.respond(plain.bytes))).toEqual({ kind: 'accepted' });
    const secret = initiate({}, presharedKey);
    expect(secret.read(server.respond(secret.bytes, presharedKey))).toEqual({ kind: 'accepted' });
  });

  it('with another preshared key tells exactly that', () => {
    const missing = initiate();
    expect(missing.read(server.respond(missing.bytes, presharedKey))).toEqual({ kind: 'pskMismatch' });
    const unknown = initiate({}, presharedKey);
    expect(unknown.read(server.respond(unknown.bytes))).toEqual({ kind: 'pskMismatch' });
  });

  it('to another initiation of ours is foreign, also when only the index is the same', () => {
    const [first, second] = [initiate({ index: 1 }), initiate({ index: 2 })];
    expect(first.read(server.respond(second.bytes))).toEqual({ kind: 'foreign' });
    const sameIndex = initiate({ ephemeral: new Uint8Array(32).fill(78) });
    // It comes from the server and knows our key, so only the handshake itself does not fit.
    expect(sameIndex.read(server.respond(initiate().bytes)).kind).not.toBe('accepted');
  });

  it('with a cookie gives it, but only to the initiation whose MAC1 it answers', () => {
    const cookie = randomBytes(16);
    const asked = initiate();
    const reply = server.cookieReply(asked.bytes, cookie);
    expect(asked.read(reply)).toEqual({ kind: 'cookie', cookie: Uint8Array.from(cookie) });
    expect(initiate({ stamp: tai64n(2e12) }).read(reply)).toEqual({ kind: 'foreign' });
  });

  it('is read the same from the middle of a larger buffer', () => {
    const asked = initiate();
    const reply = server.respond(asked.bytes);
    const shifted = Buffer.concat([Buffer.alloc(3), reply]).subarray(3);
    expect(asked.read(shifted)).toEqual({ kind: 'accepted' });
  });
});

describe('hostile datagrams', () => {
  const asked = initiate();
  const genuine = [server.respond(asked.bytes), server.cookieReply(asked.bytes, randomBytes(16))];

  it('never throw and are foreign', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (datagram) => {
        expect(asked.read(datagram)).toEqual({ kind: 'foreign' });
      }),
    );
  });

  it('of the right sizes, types and index are foreign too', () => {
    const shaped = fc
      .tuple(
        fc.constantFrom({ type: 2, size: 92, at: 8 }, { type: 3, size: 64, at: 4 }),
        fc.uint8Array({ minLength: 92, maxLength: 92 }),
      )
      .map(([{ type, size, at }, noise]) => {
        const bytes = noise.slice(0, size);
        bytes.set([type, 0, 0, 0]);
        bytes.set(asked.bytes.subarray(4, 8), at);
        return bytes;
      });
    fc.assert(
      fc.property(shaped, (datagram) => {
        expect(asked.read(datagram)).toEqual({ kind: 'foreign' });
      }),
    );
  });

  it('made from a genuine one by changing a byte are never accepted; MAC2 alone is not ours to check', () => {
    fc.assert(
      fc.property(fc.constantFrom(...genuine), fc.nat(91), fc.integer({ min: 1, max: 255 }), (reply, at, change) => {
        const changed = Uint8Array.from(reply);
        const place = at % (reply.length === 92 ? 76 : 64);
        changed[place] = (changed[place] ?? 0) ^ change;
        expect(asked.read(changed)).toEqual({ kind: 'foreign' });
      }),
    );
  });

  it('cut short or with bytes added are foreign', () => {
    for (const reply of genuine)
      for (const size of [0, 1, 4, 8, 12, reply.length - 1, reply.length + 1])
        expect(asked.read(Buffer.concat([reply, Buffer.alloc(8)]).subarray(0, size))).toEqual({ kind: 'foreign' });
  });

  it('with a low-order ephemeral key and a right MAC1 are foreign', () => {
    const forged = server.respond(asked.bytes).fill(0, 12, 44);
    forged.set(mac(mac1Key(publicKeyOf(privateKey)), forged.subarray(0, 60)), 60);
    expect(asked.read(forged)).toEqual({ kind: 'foreign' });
  });
});
