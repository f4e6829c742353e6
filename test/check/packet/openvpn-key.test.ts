import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OpenVpnKeyError, parseClientKeyV2, parseStaticKey } from '../../../electron/check/packet/openvpn-key.ts';

const begin = '-----BEGIN OpenVPN Static key V1-----';
const end = '-----END OpenVPN Static key V1-----';
const hex = Buffer.from(Array.from({ length: 256 }, (_, at) => at)).toString('hex');
const lines = (text: string): string => text.replace(/.{32}/g, '$&\n');
const v2 = (bytes: Uint8Array): string =>
  `-----BEGIN OpenVPN tls-crypt-v2 client key-----\n${Buffer.from(bytes).toString('base64')}\n` +
  '-----END OpenVPN tls-crypt-v2 client key-----\n';

/** Kc of ones, then WKc of twos that ends with its own length. */
function clientKey(wrappedSize: number, saidSize = wrappedSize): Uint8Array {
  const bytes = Buffer.alloc(256 + wrappedSize, 2).fill(1, 0, 256);
  bytes.writeUInt16BE(saidSize, bytes.length - 2);
  return bytes;
}

describe('a static key', () => {
  it('is 256 bytes from hex lines, whatever stands around the markers', () => {
    const expected = Uint8Array.from({ length: 256 }, (_, at) => at);
    expect(parseStaticKey(`#\n# 2048 bit OpenVPN static key\n#\n${begin}\n${lines(hex)}${end}\n`)).toEqual(expected);
    expect(parseStaticKey(`${begin}\r\n${lines(hex.toUpperCase()).replaceAll('\n', '\r\n')}${end}`)).toEqual(expected);
  });

  it('is refused when short, long, not hex or without its markers, and the message keeps the secret', () => {
    for (const text of [hex.slice(2), `${hex}00`, hex.replace('0a', '0g'), ''])
      expect(() => parseStaticKey(`${begin}\n${text}\n${end}`)).toThrow(OpenVpnKeyError);
    for (const text of [hex, `${begin}\n${hex}`, `${end}\n${hex}\n${begin}`])
      expect(() => parseStaticKey(text)).toThrow(OpenVpnKeyError);
    expect(new OpenVpnKeyError('OpenVPN static key').message).not.toContain(hex.slice(0, 8));
  });
});

describe('a tls-crypt-v2 client key', () => {
  it('is the client key and the same key wrapped for the server', () => {
    const { key, wrapped } = parseClientKeyV2(v2(clientKey(299)));
    expect(key).toEqual(new Uint8Array(256).fill(1));
    expect(wrapped).toHaveLength(299);
  });

  it('is refused when the wrapped part is too short, too long or says another length', () => {
    for (const bytes of [clientKey(289), clientKey(1025), clientKey(299, 300), new Uint8Array(0), new Uint8Array(100)])
      expect(() => parseClientKeyV2(v2(bytes))).toThrow(OpenVpnKeyError);
  });
});

it('hostile text gives a key of the right size or the typed error', () => {
  const wrapped = fc.tuple(
    fc.constantFrom(begin, '-----BEGIN OpenVPN tls-crypt-v2 client key-----'),
    fc.string(),
    fc.constant(end),
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        wrapped.map((parts) => parts.join('\n')),
      ),
      (text) => {
        for (const parse of [parseStaticKey, parseClientKeyV2]) expect(() => parse(text)).toThrow(OpenVpnKeyError);
      },
    ),
  );
});
