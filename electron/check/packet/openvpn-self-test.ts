import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { createReset } from './openvpn-reset.ts';
import type { Wrapping } from './openvpn-wrap.ts';

/**
 * Known answers that also run inside the packaged app: resets that OpenVPN 2.6.14 (Debian) answered on loopback on
 * 2026-11-24, and its answers. The static key is the bytes 00 to ff.
 */

const key = Uint8Array.from({ length: 256 }, (_, at) => at);
const sessionId = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
const unixMs = 1_795_536_080_000;

interface KnownAnswer {
  wrapping: Wrapping;
  sent: string;
  answer: string;
}

const knownAnswers: Record<string, KnownAnswer> = {
  none: {
    wrapping: { kind: 'none' },
    sent: '3801020304050607080000000000',
    answer: '40d539a81994723b3e0100000000010203040506070800000000',
  },
  'tls-auth SHA1': {
    wrapping: { kind: 'tls-auth', key, digest: 'SHA1', direction: 1 },
    sent: '380102030405060708772f31448d2ccf64dde0cefc0ebe4af32a24a645000000016b05b4d00000000000',
    answer:
      '40e56299f97c02c7f1cdb762e44d340b9149c86a6c8570b74da11ece04000000016b05b4d00100000000010203040506070800000000',
  },
  'tls-auth SHA512': {
    wrapping: { kind: 'tls-auth', key, digest: 'SHA512', direction: 1 },
    sent:
      '380102030405060708981bf0889e1e1be14c5c2f725da356d4a424a5cc595eeaa4cd9fb1d1319f5f2ee7ae61c7accf174177732d938202a8d2' +
      '9e1e3d62746df89128efbd2b5cb984b5000000016b05b4d00000000000',
    answer:
      '4086df3a0f4f0f2c86b756e6cad81c6d21b3d69674e99c69cc248b1dfc6c4f20fa41be41a5ac27280539675d59b34329f2c34a1f603cc69024' +
      'd5a9baca02f4eeeb564d10eac7cdb67c000000016b05b4d00100000000010203040506070800000000',
  },
  'tls-crypt': {
    wrapping: { kind: 'tls-crypt', key },
    sent: '380102030405060708000000016b05b4d02a0887a51a652479d3f639e544b386000c6da5b7533a06448149d0462bda8eaee246c1ece2',
    answer:
      '405a9997e12ab54066000000016b05b4d0c07ce31152a6b1320296c95c3d897dd534c0d3d6c9864c850c28f5487cca7bdd1de9e4d2aa805788' +
      '6a98c9b47bd87c7c08',
  },
};

/** @returns the names of the checks that failed; none when OpenVPN probes can be trusted here */
export function openVpnSelfTest(): string[] {
  return Object.entries(knownAnswers)
    .filter(([, { wrapping, sent, answer }]) => {
      const reset = createReset({ wrapping, sessionId, unixMs });
      return bytesToHex(reset.bytes) !== sent || !reset.answeredBy(hexToBytes(answer));
    })
    .map(([name]) => `openvpn ${name}`);
}
