import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat } from '../../../electron/check/packet/bytes.ts';
import { PacketError } from '../../../electron/check/packet/packet-error.ts';
import { isSignedWith } from '../../../electron/check/packet/stun-integrity.ts';
import {
  attributeTypes,
  encodeStun,
  encodeXorAddress,
  readAddress,
  readMessage,
  stunTransaction,
} from '../../../electron/check/packet/stun.ts';
import {
  channelNumber,
  encodeChannelData,
  encodeRequest,
  encodeSend,
  lifetime,
  overUdp,
  peerAddress,
  readFromRelay,
  turnAccount,
  turnMethods,
} from '../../../electron/check/packet/turn-session.ts';

const transaction = stunTransaction('modern', new Uint8Array(16).fill(7));
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const account = turnAccount('me', 'secret', utf8('a.example'), utf8('nonce'));
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const v4 = { address: '198.51.100.4', port: 49161 };
const v6 = { address: '2001:db8::4', port: 49161 };

describe('a request to a relay', () => {
  it('asks, names the account and is signed by it', () => {
    const bytes = encodeRequest(turnMethods.allocate, transaction, [overUdp], account);
    const { type, attributes } = readMessage(bytes);
    expect(type).toBe(0x0003);
    expect(attributes.map((each) => each.type)).toEqual([0x0019, 0x0006, 0x0014, 0x0015, 0x0008]);
    expect(isSignedWith(bytes, account.key)).toBe(true);
    expect(hex(bytes)).not.toContain(hex(utf8('secret')));
  });

  it('writes numbers as RFC 8656 §18 has them', () => {
    expect(hex(lifetime(600).value)).toBe('00000258');
    expect(hex(channelNumber(0x4001).value)).toBe('40010000');
  });

  it.each([v4, v6])('names a peer so that it is read again: $address', (peer) => {
    expect(readAddress(peerAddress(peer, transaction).value, transaction)).toEqual(peer);
  });
});

describe('what a relay says', () => {
  it('a line, with where it listens', () => {
    const relayed = { type: attributeTypes.xorRelayedAddress, value: encodeXorAddress(v4, transaction) };
    expect(readFromRelay(encodeStun(0x0103, transaction, [relayed]))).toMatchObject({
      ...{ kind: 'answer', method: turnMethods.allocate, succeeded: true, transaction, relayed: v4, errorCode: null },
    });
  });

  it('no, with what it wants to hear', () => {
    const refusal = encodeStun(0x0113, transaction, [
      { type: attributeTypes.errorCode, value: Uint8Array.of(0, 0, 4, 38) },
      { type: attributeTypes.nonce, value: utf8('fresh') },
    ]);
    expect(readFromRelay(refusal)).toMatchObject({
      ...{ method: turnMethods.allocate, succeeded: false, errorCode: 438, nonce: utf8('fresh'), realm: null },
    });
  });

  it('what a peer has sent, before there is a channel', () => {
    const data = utf8('hello');
    const sent = encodeSend(transaction, v4, data);
    expect(readFromRelay(sent)).toBeUndefined();
    const arrived = concat([0, 0x17], sent.subarray(2));
    expect(readFromRelay(arrived)).toEqual({ kind: 'data', channel: null, data });
  });

  it.each([true, false])('and in one (padded: %s)', (padded) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.integer({ min: 0x4000, max: 0x4fff }), (data, channel) => {
        const bytes = encodeChannelData(channel, data, padded);
        expect(padded ? bytes.length % 4 : bytes.length - data.length).toBe(padded ? 0 : 4);
        expect(readFromRelay(bytes)).toEqual({ kind: 'data', channel, data });
      }),
    );
  });

  it.each(['50000000', '40000005 01', '40000000 0000000000', '4000'])('and no channel data is %s', (text) => {
    const bytes = Uint8Array.from(Buffer.from(text.replace(' ', ''), 'hex'));
    expect(() => readFromRelay(bytes)).toThrow(PacketError);
  });

  it('anything else is passed over or refused, never believed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => {
        try {
          const read = readFromRelay(bytes);
          if (read?.kind === 'data' && read.channel !== null) expect(bytes[0]).toBe(read.channel >> 8);
        } catch (error) {
          if (!(error instanceof PacketError)) throw error;
        }
      }),
    );
  });
});
