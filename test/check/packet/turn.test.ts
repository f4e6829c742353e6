import { describe, expect, it } from 'vitest';
import { decodeStun, encodeStun, messageTypes, stunTransaction } from '../../../electron/check/packet/stun.ts';
import { encodeAllocate, readAllocateAnswer } from '../../../electron/check/packet/turn.ts';

const transaction = stunTransaction('modern', new Uint8Array(16).fill(7));
const refusal = (code: number[], realm?: string): Uint8Array =>
  encodeStun(messageTypes.allocateError, transaction, [
    { type: 0x0009, value: Uint8Array.of(0, 0, ...code) },
    ...(realm === undefined ? [] : [{ type: 0x0014, value: new TextEncoder().encode(realm) }]),
  ]);

describe('an Allocate request', () => {
  it('asks for UDP and carries no credentials (RFC 8656 §7.1)', () => {
    const bytes = Buffer.from(encodeAllocate('rfc8656', transaction));
    expect(bytes.subarray(0, 4).toString('hex')).toBe('00030008');
    expect(bytes.subarray(20).toString('hex')).toBe('0019000411000000');
  });

  it('in the Microsoft dialect begins with its magic cookie attribute', () => {
    const bytes = Buffer.from(encodeAllocate('ms', transaction));
    expect(bytes.subarray(20, 28).toString('hex')).toBe('000f000472c64bc6');
  });
});

describe('the answer to it', () => {
  it('401 with a realm proves that the relay is there', () => {
    expect(readAllocateAnswer(decodeStun(refusal([4, 1], 'viber.com')))).toEqual({
      kind: 'unauthorized',
      realm: 'viber.com',
    });
  });

  it('another error is a relay as well', () => {
    expect(readAllocateAnswer(decodeStun(refusal([4, 86])))).toEqual({ kind: 'error', code: 486 });
  });

  it('a Binding answer is none', () => {
    expect(readAllocateAnswer(decodeStun(encodeStun(messageTypes.bindingSuccess, transaction)))).toBeUndefined();
  });
});
