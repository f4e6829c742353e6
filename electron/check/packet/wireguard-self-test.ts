import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { createInitiator, type Initiation } from './wireguard-handshake.ts';
import { hash, publicKeyOf, sharedSecret } from './wireguard-noise.ts';
import { tai64n } from './wireguard-stamp.ts';

/**
 * Known answers that also run inside the packaged app, where another JavaScript engine and a bundler stand between this
 * code and the tests of the repository. The handshake was recorded from wireguard-go 0.0.20220316 (Debian) on loopback,
 * 2026-11-24: it answered these very initiations, and these are its answers.
 */

const ascending = (from: number): Uint8Array => Uint8Array.from({ length: 32 }, (_, at) => from + at);
const keys = { privateKey: ascending(101), serverPublicKey: publicKeyOf(ascending(1)), presharedKey: ascending(201) };
const ephemeral = ascending(64);
const index = 0x5a5a0001;
const firstStampMs = 1_700_000_000_000;

/** Type, index, ephemeral and sealed static key: the same in all three initiations. */
const initiationHead =
  '0100000001005a5a79a631eede1bf9c98f12032cdeadd0e7a079398fc786b88cc846ec89af85a51ad00f339e17b40d8bcfc38feb0a5daf0016' +
  '0a27193f4e6b02619649e423132de7afdfa8cb122e237afa083af81805d08a';
/** Sealed stamp, MAC1 and MAC2. */
const initiationTail =
  '83dd3e380088b4e9d1d6c77445b3587afba228ec076f761c6af86f1ee6be421c3197523670441a7c86aba294' + '0'.repeat(32);
const response =
  '020000009cef85cf01005a5afb31cfd13ce37b23e77093915b3284eea7ea14ea5249727cf87a1cc2e388e20b601211e78f5a690d0936dc78ade9' +
  '3e2fc23fbdcd90522e3c2d8824688a71e21000000000000000000000000000000000';
const cookieReply =
  '0300000001005a5a242b28aa52aa9583c30c9e80db25279f3a7354190ce2f21bd77ade6fbc4a5ad4d9a578e88d24e14b65e6fe1df2d40aebcada' +
  '7bcf1456f843';
const cookie = '79bca61695455945c9c5577dccde6509';
const tailWithCookie =
  '83dd3e380088b4eed1d6c774f334905f4132e0f5f09a6a6459add89e6c26c3090cbabad0b6542cacfb37c27e947a3cdeac06fba3da73a832a9fbcb61';

function initiation(afterS: number, cookieBytes?: Uint8Array, presharedKey = keys.presharedKey): Initiation {
  const stamp = tai64n(firstStampMs + 1000 * afterS);
  const input = { ephemeral, index, stamp, ...(cookieBytes && { cookie: cookieBytes }) };
  return createInitiator({ ...keys, presharedKey }).initiate(input);
}

const checks: Record<string, () => boolean> = {
  // RFC 7693, appendix B
  blake2s: () =>
    bytesToHex(hash(utf8ToBytes('abc'))) === '508c5e8c327c14e2e1a72ba34eeb452f37458b209ed63a294d999b4c86675982',
  // RFC 7748 §5.2, first vector
  x25519: () => {
    const scalar = hexToBytes('a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4');
    const point = hexToBytes('e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c');
    const secret = sharedSecret(scalar, point) ?? new Uint8Array();
    return bytesToHex(secret) === 'c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552';
  },
  initiation: () => bytesToHex(initiation(0).bytes) === initiationHead + initiationTail,
  response: () => initiation(0).read(hexToBytes(response)).kind === 'accepted',
  presharedKey: () => initiation(0, undefined, new Uint8Array(32)).read(hexToBytes(response)).kind === 'pskMismatch',
  cookie: () => {
    const reply = initiation(2).read(hexToBytes(cookieReply));
    return reply.kind === 'cookie' && bytesToHex(reply.cookie) === cookie;
  },
  mac2: () => bytesToHex(initiation(3, hexToBytes(cookie)).bytes) === initiationHead + tailWithCookie,
};

/** @returns the names of the checks that failed; none when WireGuard probes can be trusted here */
export function wireguardSelfTest(): string[] {
  return Object.entries(checks)
    .filter(([, passes]) => !passes())
    .map(([name]) => `wireguard ${name}`);
}
