import { createCipheriv, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseClientKeyV2, parseStaticKey } from '../../../electron/check/packet/openvpn-key.ts';
import { createReset } from '../../../electron/check/packet/openvpn-reset.ts';
import { tlsAuthDigests, type Wrapping } from '../../../electron/check/packet/openvpn-wrap.ts';
import recorded from '../../vectors/packet/openvpn-2.6.14.json' with { type: 'json' };

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytes = (text: string): Buffer => Buffer.from(text, 'hex');
const key = Uint8Array.from({ length: 256 }, (_, at) => at);
const keyV2 = parseClientKeyV2(recorded.clientKeyV2);

const recordedWrappings: Record<string, Wrapping> = {
  none: { kind: 'none' },
  'sha1-1': { kind: 'tls-auth', key, digest: 'SHA1', direction: 1 },
  'sha256-none': { kind: 'tls-auth', key, digest: 'SHA256' },
  'sha384-0': { kind: 'tls-auth', key, digest: 'SHA384', direction: 0 },
  'sha512-1': { kind: 'tls-auth', key, digest: 'SHA512', direction: 1 },
  crypt: { kind: 'tls-crypt', key },
  v2: { kind: 'tls-crypt-v2', ...keyV2 },
};
const cases = recorded.cases.map((known) => {
  const wrapping = recordedWrappings[known.name];
  if (wrapping === undefined) throw new Error(`no wrapping for ${known.name}`);
  return { ...known, wrapping };
});

describe('what OpenVPN 2.6.14 answered', () => {
  it.each(cases)('$name: the same reset byte for byte, and its answer is known', ({ wrapping, unixS, ...known }) => {
    const reset = createReset({ wrapping, sessionId: bytes(known.sessionId), unixMs: unixS * 1000 });
    expect(hex(reset.bytes)).toBe(known.sent);
    expect(reset.answeredBy(bytes(known.reply))).toBe(true);
  });

  it.each(cases)('$name: is no answer to another session', ({ wrapping, unixS, reply }) => {
    const reset = createReset({ wrapping, sessionId: bytes('0102030405060709'), unixMs: unixS * 1000 });
    expect(reset.answeredBy(bytes(reply))).toBe(false);
  });

  it.each(cases)('$name: is no answer with a byte changed', ({ wrapping, unixS, ...known }) => {
    const reset = createReset({ wrapping, sessionId: bytes(known.sessionId), unixMs: unixS * 1000 });
    const reply = bytes(known.reply);
    for (let at = 0; at < reply.length; at++) {
      // Without a key nothing protects the server's own session id and packet id.
      if (wrapping.kind === 'none' && ((at >= 1 && at < 9) || at >= 22)) continue;
      const changed = Uint8Array.from(reply);
      changed[at] = (changed[at] ?? 0) ^ 0x40;
      expect(reset.answeredBy(changed)).toBe(false);
    }
  });
});

/** Two packets of OpenVPN's own unit tests (tests/unit_tests/openvpn/test_pkt.c), sent by a client without direction 0. */
describe('the public test packets', () => {
  const publicKey = parseStaticKey(`-----BEGIN OpenVPN Static key V1-----
    37268ea8f95d7f71f9fb8fc03770c460daf714a483d815c013ce0a537efc18f28f4f172669d9e6a413bac6741d8ea054
    00f49b7fd6326470f23798c606bf53d4de63ebc64ec59d57ce5d04d5b62e68b53ca6e5354351097fa370446c4d269f18
    7bb6ae54af2dc70ff7317fe2f8754b8282aad4202f9fa42c8640245d883e2c54a0c1c489a036cf3a8964d8d289c1583b
    9447c262b1da5fd167a5d27bd5ac514317bc2343a31a2efc38dd920d910375f51c2e27f3afd36c49269da079f7ce466e
    bb0f9ad13e9bbb4665974e6bc24b513c5700393bf4a3e7f967e2f384069ac8a8e78b18b15604993fd16515cce9c0f3e4
    2b4126b999005ade802797b0eeb8b9e6
    -----END OpenVPN Static key V1-----`);

  it('tls-auth with SHA1', () => {
    const wrapping: Wrapping = { kind: 'tls-auth', key: publicKey, digest: 'SHA1', direction: 1 };
    const reset = createReset({ wrapping, sessionId: bytes('de694c5c7bfba274'), unixMs: 0x61d3bf6c * 1000 });
    const known = '38de694c5c7bfba27493537c1ded4e781529ae7cfe4b8c6d6b2b51f05a0000000161d3bf6c0000000000';
    expect(hex(reset.bytes)).toBe(known);
  });

  it('tls-crypt', () => {
    const wrapping: Wrapping = { kind: 'tls-crypt', key: publicKey };
    const reset = createReset({ wrapping, sessionId: bytes('f419cb12d1f9e48f'), unixMs: 0x61d3f8e1 * 1000 });
    const sealed = '330206f56802be44fbed905064e3db43416bec5e526719462b7eb90c96defc9b05c44879f7';
    expect(hex(reset.bytes)).toBe(`38f419cb12d1f9e48f0000000161d3f8e1${sealed}`);
  });
});

/** A server's answer, made here over Node's own cryptography. */
function answer(wrapping: Wrapping, rest: Uint8Array, header = bytes('401111111111111111')): Buffer {
  const replay = bytes('0000000100000000');
  if (wrapping.kind === 'none') return Buffer.concat([header, rest]);
  if (wrapping.kind === 'tls-auth') {
    const half = wrapping.direction === undefined ? 0 : 1 - wrapping.direction;
    const size = { SHA1: 20, SHA224: 28, SHA256: 32, SHA384: 48, SHA512: 64 }[wrapping.digest];
    const secret = wrapping.key.subarray(128 * half + 64, 128 * half + 64 + size);
    const tag = createHmac(wrapping.digest, secret).update(replay).update(header).update(rest).digest();
    return Buffer.concat([header, tag, replay, rest]);
  }
  const signed = createHmac('SHA256', wrapping.key.subarray(64, 96)).update(header).update(replay).update(rest);
  const tag = signed.digest();
  const cipher = createCipheriv('aes-256-ctr', wrapping.key.subarray(0, 32), tag.subarray(0, 16));
  return Buffer.concat([header, replay, tag, cipher.update(rest)]);
}

const wrappings: Wrapping[] = [
  { kind: 'none' },
  { kind: 'tls-crypt', key },
  { kind: 'tls-crypt-v2', ...keyV2 },
  ...tlsAuthDigests.flatMap((digest): Wrapping[] => [
    { kind: 'tls-auth', key, digest },
    { kind: 'tls-auth', key, digest, direction: 0 },
    { kind: 'tls-auth', key, digest, direction: 1 },
  ]),
];
const sessionId = bytes('a1a2a3a4a5a6a7a8');
const good = Buffer.concat([bytes('0100000000'), sessionId, bytes('00000000')]);

describe('an answer', () => {
  it.each(wrappings)('of a server with the same key is known: $kind $digest $direction', (wrapping) => {
    expect(createReset({ wrapping, sessionId, unixMs: 0 }).answeredBy(answer(wrapping, good))).toBe(true);
  });

  it.each(wrappings.slice(1))('of a server with another key is none: $kind $digest $direction', (wrapping) => {
    const other: Wrapping = { ...wrapping, ...('key' in wrapping && { key: Uint8Array.from(key).reverse() }) };
    expect(createReset({ wrapping, sessionId, unixMs: 0 }).answeredBy(answer(other, good))).toBe(false);
  });

  const said = (rest: Buffer, header?: Buffer): boolean =>
    createReset({ wrapping: { kind: 'none' }, sessionId, unixMs: 0 }).answeredBy(
      answer({ kind: 'none' }, rest, header),
    );

  it('may acknowledge several packets, ours among them, and say more after it', () => {
    expect(
      said(Buffer.concat([bytes('020000000700000000'), sessionId, bytes('00000000'), bytes('000100020001')])),
    ).toBe(true);
  });

  it('that acknowledges nothing, too much, another packet or another session is none', () => {
    expect(said(bytes('0000000000'))).toBe(false);
    expect(said(Buffer.concat([bytes('0100000001'), sessionId, bytes('00000000')]))).toBe(false);
    expect(said(Buffer.concat([bytes('0100000000'), bytes('a1a2a3a4a5a6a7a9'), bytes('00000000')]))).toBe(false);
    expect(said(Buffer.concat([bytes('09'), Buffer.alloc(36), sessionId, bytes('00000000')]))).toBe(false);
    expect(said(good.subarray(0, -1))).toBe(false);
  });

  it('is the server reset alone: no client packet, no other key id', () => {
    for (const opcode of ['38', '50', '28', '41', '48'])
      expect(said(good, bytes(`${opcode}1111111111111111`))).toBe(false);
  });
});

it('hostile packets never throw and are no answers', () => {
  const packet = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.uint8Array({ maxLength: 300 }).map((noise) => Buffer.concat([bytes('40'), noise])),
  );
  fc.assert(
    fc.property(fc.constantFrom(...wrappings), packet, (wrapping, noise) => {
      expect(createReset({ wrapping, sessionId, unixMs: 0 }).answeredBy(noise)).toBe(false);
    }),
  );
});
