import { isIPv4, isIPv6 } from 'node:net';
import { z } from 'zod';
import { isPublicAddress, parseHostName } from '../profile/address.ts';
import { createShapeCheck } from './row-shape.ts';
import type { Provider, Server } from './types.ts';

/** Text for people: one line, letters of any script, nothing invisible. */
const words = z.string().regex(/^[\p{L}\p{M}\p{N}\p{P}\p{Zs}]{1,200}$/u);
const id = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/);

export const providerSchema: z.ZodType<Provider> = z.strictObject({
  id,
  name: words,
  hostSuffixes: z
    .array(z.string().regex(/^\.[a-z0-9-]+(\.[a-z0-9-]+)+$/))
    .min(1)
    .max(8),
  sharedKey: z.boolean(),
  oneKeyForAll: z.boolean(),
  credential: words,
});

/** What can be wrong with one entry; it is dropped, and the others stay. */
export type RowRule =
  | 'row-schema'
  | 'unknown-provider'
  | 'host-name'
  | 'host-suffix'
  | 'address-form'
  | 'address-not-public'
  | 'no-address'
  | 'no-protocol'
  | 'key-form'
  | 'key-low-order';

/** Reads one entry after the other, against every rule that needs no other entry. */
export function createRowReader(providers: ReadonlyMap<string, Provider>): (row: unknown) => Server | RowRule {
  const isServer = createShapeCheck();
  return (row) => {
    if (!isServer(row)) return 'row-schema';
    const provider = providers.get(row.provider);
    if (!provider) return 'unknown-provider';
    return hostRule(row, provider) ?? addressRule(row) ?? keyRule(row) ?? row;
  };
}

function hostRule({ hostname }: Server, { hostSuffixes }: Provider): RowRule | undefined {
  if (parseHostName(hostname) !== hostname) return 'host-name';
  return hostSuffixes.some((suffix) => hostname.endsWith(suffix)) ? undefined : 'host-suffix';
}

function addressRule({ ipv4, ipv6 }: Server): RowRule | undefined {
  if (ipv4 === null && ipv6 === null) return 'no-address';
  if ((ipv4 !== null && !isIPv4(ipv4)) || (ipv6 !== null && (!isIPv6(ipv6) || ipv6.includes('%'))))
    return 'address-form';
  return [ipv4, ipv6].every((address) => address === null || isClearlyPublic(address) || isPublicAddress(address))
    ? undefined
    : 'address-not-public';
}

/**
 * Where no special range begins, so that most addresses need no closer look: IPv4 by its first number, IPv6 from 2400::
 * to 2fff:: except 2620:: (IANA's registries of special-purpose addresses, 2025).
 */
function isClearlyPublic(address: string): boolean {
  if (address.includes(':')) return /^2[4-9a-f][0-9a-f]{2}:/i.test(address) && !address.startsWith('2620:');
  const first = Number.parseInt(address, 10);
  return first > 0 && first < 224 && !specialFirst.has(first);
}
const specialFirst = new Set([10, 100, 127, 169, 172, 192, 198, 203]);

function keyRule({ wireguard, openvpn }: Server): RowRule | undefined {
  if (!wireguard) return openvpn ? undefined : 'no-protocol';
  if (!/^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/.test(wireguard.publicKey)) return 'key-form';
  return lowOrder.has(wireguard.publicKey) ? 'key-low-order' : undefined;
}

/**
 * Points with which every handshake gives the same, known secret (https://cr.yp.to/ecdh.html, "validate"): with one of
 * them in a list, whoever put it there could read along. X25519 does not look at the top bit, so each has two spellings.
 */
const lowOrder = new Set(
  [
    '00'.repeat(32),
    `01${'00'.repeat(31)}`,
    'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
    '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
    `ec${'ff'.repeat(30)}7f`,
    `ed${'ff'.repeat(30)}7f`,
    `ee${'ff'.repeat(30)}7f`,
  ].flatMap((hex) => {
    const [plain, withTopBit] = [Buffer.from(hex, 'hex'), Buffer.from(hex, 'hex')];
    withTopBit.writeUInt8(withTopBit.readUInt8(31) | 0x80, 31);
    return [plain.toString('base64'), withTopBit.toString('base64')];
  }),
);
