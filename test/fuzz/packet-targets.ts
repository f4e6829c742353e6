import { decodeDnsResponse, encodeDnsQuery } from '../../electron/check/packet/dns.ts';
import { isNtpAnswer } from '../../electron/check/packet/ntp.ts';
import { createUnframer, frame } from '../../electron/check/packet/openvpn-frame.ts';
import { OpenVpnKeyError, parseClientKeyV2, parseStaticKey } from '../../electron/check/packet/openvpn-key.ts';
import { createReset } from '../../electron/check/packet/openvpn-reset.ts';
import { tlsAuthDigests, type Wrapping } from '../../electron/check/packet/openvpn-wrap.ts';
import { PacketError } from '../../electron/check/packet/packet-error.ts';
import { encodeShape, readShapeAnswer } from '../../electron/check/packet/signature.ts';
import { decodeStun, encodeStun, messageTypes, stunTransaction } from '../../electron/check/packet/stun.ts';
import { isSignedWith } from '../../electron/check/packet/stun-integrity.ts';
import { encodeAllocate, readAllocateAnswer } from '../../electron/check/packet/turn.ts';
import {
  encodeChannelData,
  encodeRequest,
  encodeSend,
  overUdp,
  readFromRelay,
  turnAccount,
  turnMethods,
} from '../../electron/check/packet/turn-session.ts';
import { createTurnUnframer } from '../../electron/check/packet/turn-stream.ts';
import { parseRelay, RelayError } from '../../electron/check/rehearsal/relay.ts';
import { createInitiator } from '../../electron/check/packet/wireguard-handshake.ts';
import { NetFailure } from '../../electron/check/net/net.ts';
import { readHttpResponse } from '../../electron/check/probes/http-message.ts';
import { staticKey } from '../profile/openvpn/samples.ts';
import { bytesOf, claim, latin1, refusing, type FuzzTarget } from './target.ts';

const transaction = stunTransaction('modern', new Uint8Array(16).fill(7));
const account = turnAccount('me', 'secret', bytesOf('a.example'), bytesOf('nonce'));
const fromRelay: readonly Uint8Array[] = [
  encodeRequest(turnMethods.allocate, transaction, [overUdp], account),
  encodeSend(transaction, { address: '192.0.2.1', port: 49160 }, bytesOf('data')),
  encodeStun(0x0103, transaction, [{ type: 0x0016, value: Uint8Array.of(0, 1, 0xe1, 0x2b, 0xe1, 0x12, 0xa6, 0x43) }]),
  encodeChannelData(0x4001, bytesOf('data.'), true),
];
const key = parseStaticKey(staticKey);
const wrappings: readonly Wrapping[] = [
  { kind: 'none' },
  ...tlsAuthDigests.map((digest): Wrapping => ({ kind: 'tls-auth', key, digest, direction: 1 })),
  { kind: 'tls-crypt', key },
];
const resets = wrappings.map((wrapping) => createReset({ wrapping, sessionId: new Uint8Array(8).fill(9), unixMs: 0 }));
const initiation = createInitiator({
  privateKey: new Uint8Array(32).fill(3),
  serverPublicKey: new Uint8Array(32).fill(9),
}).initiate({ ephemeral: new Uint8Array(32).fill(5), index: 1, stamp: new Uint8Array(12) });

const shaped = encodeShape(
  { id: 'any', message: 'allocate', attributes: [{ type: '4000', random: 150 }] },
  { server: { address: '198.51.100.7', port: 3478 }, random: (size) => new Uint8Array(size).fill(7) },
);

/** What servers, resolvers and whoever sits between may send to a probe. */
export const packetTargets: readonly FuzzTarget[] = [
  {
    name: 'dns',
    seeds: [encodeDnsQuery(7, 'web.whatsapp.com', 'A'), encodeDnsQuery(7, 'a.example', 'AAAA')],
    maxBytes: 1500,
    execute: (input) => void refusing(() => decodeDnsResponse(input), PacketError),
  },
  {
    name: 'stun',
    seeds: [
      encodeStun(messageTypes.bindingRequest, transaction, []),
      encodeAllocate('rfc8656', transaction),
      encodeAllocate('ms', transaction),
    ],
    maxBytes: 1500,
    execute(input) {
      for (const padded of [true, false]) {
        const message = refusing(() => decodeStun(input, padded), PacketError);
        if (message) refusing(() => readAllocateAnswer(message), PacketError);
      }
    },
  },
  {
    name: 'signature-answer',
    seeds: [encodeStun(messageTypes.allocateError, transaction), encodeStun(messageTypes.allocateSuccess, transaction)],
    maxBytes: 1500,
    execute(input) {
      const answer = readShapeAnswer(input, shaped);
      const same = input.length >= 20 && Buffer.from(input.subarray(4, 20)).equals(shaped.subarray(4, 20));
      claim(answer === undefined || same, 'only a response to this very request is an answer');
    },
  },
  {
    name: 'turn',
    seeds: fromRelay,
    maxBytes: 1500,
    execute(input) {
      refusing(() => readFromRelay(input), PacketError);
      const signed = refusing(() => isSignedWith(input, new Uint8Array(16)), PacketError);
      claim(signed !== true, 'nobody without the key has signed it');
    },
  },
  {
    name: 'turn-stream',
    seeds: [Buffer.concat(fromRelay)],
    maxBytes: 4000,
    execute(input) {
      const half = Math.floor(input.length / 2);
      const whole = refusing(() => createTurnUnframer().push(input), PacketError)?.length;
      const unframer = createTurnUnframer();
      const first = refusing(() => unframer.push(input.subarray(0, half)), PacketError);
      const second = first && refusing(() => unframer.push(input.subarray(half)), PacketError);
      claim((second && first.length + second.length) === whole, 'where a stream is cut makes no difference');
    },
  },
  {
    name: 'relay',
    seeds: [
      bytesOf(
        '{"urls":["turn:a.example:443?transport=udp","turns:[2001:db8::1]"],"username":"me","credential":"secret"}',
      ),
      bytesOf(
        '{"iceServers":[{"urls":"stun:a.example"},{"urls":"turn:a.example","username":"me","credential":"secret"}]}',
      ),
    ],
    words: ['turn:', 'turns:', '?transport=', '"ca":"-----BEGIN CERTIFICATE-----', '"urls":[', '[::1]', 'null'],
    maxBytes: 4000,
    execute(input) {
      const relay = refusing(() => parseRelay(latin1(input)), RelayError);
      claim(relay === undefined || relay.ways.length > 0, 'a relay can be reached in some way');
    },
  },
  {
    name: 'ntp',
    seeds: [new Uint8Array(48).fill(0x24)],
    maxBytes: 200,
    execute: (input) => void isNtpAnswer(input, new Uint8Array(8)),
  },
  {
    name: 'openvpn-reset',
    seeds: resets.map(({ bytes }) => bytes),
    maxBytes: 1500,
    execute(input) {
      for (const reset of resets) claim(!reset.answeredBy(input) || input[0] === 0x40, 'only a server answers a reset');
    },
  },
  {
    name: 'openvpn-frame',
    seeds: resets.map(({ bytes }) => frame(bytes)),
    maxBytes: 4000,
    execute(input) {
      const half = Math.floor(input.length / 2);
      const whole = createUnframer().push(input)?.length;
      const unframer = createUnframer();
      const first = unframer.push(input.subarray(0, half));
      const second = first && unframer.push(input.subarray(half));
      claim((second && first.length + second.length) === whole, 'where a stream is cut makes no difference');
    },
  },
  {
    name: 'openvpn-key',
    seeds: [bytesOf(staticKey)],
    words: [
      '-----BEGIN OpenVPN Static key V1-----',
      '-----END OpenVPN Static key V1-----',
      '-----BEGIN OpenVPN tls-crypt-v2 client key-----',
    ],
    maxBytes: 4000,
    execute(input) {
      const text = latin1(input);
      const parsed = refusing(() => parseStaticKey(text), OpenVpnKeyError);
      claim(parsed === undefined || parsed.length === 256, 'a static key has 256 bytes');
      refusing(() => parseClientKeyV2(text), OpenVpnKeyError);
    },
  },
  {
    name: 'wireguard-reply',
    seeds: [
      Uint8Array.of(2, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, ...new Uint8Array(80)),
      Uint8Array.of(3, 0, 0, 0, 1, 0, 0, 0, ...new Uint8Array(56)),
    ],
    maxBytes: 300,
    execute: (input) => claim(initiation.read(input).kind !== 'accepted', 'nobody without the key is accepted'),
  },
  {
    name: 'http',
    seeds: [
      bytesOf('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello'),
      bytesOf(
        'HTTP/1.1 302 Found\r\nLocation: http://a.example/\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n',
      ),
    ],
    words: ['Content-Length: ', 'Transfer-Encoding: chunked', '\r\n\r\n', 'HTTP/1.0 ', '0\r\n\r\n', 'ffffffff\r\n'],
    maxBytes: 20_000,
    async execute(input) {
      let at = 0;
      const read = (): Promise<Uint8Array | null> => {
        const part = at < input.length ? input.subarray(at, at + 700) : null;
        at += 700;
        return Promise.resolve(part);
      };
      try {
        const { body } = await readHttpResponse({ write: () => undefined, read, close: () => undefined }, 4096);
        claim(body.length <= 4096, 'a body is never longer than what was asked for');
      } catch (error) {
        if (!(error instanceof NetFailure)) throw error;
      }
    },
  },
];
