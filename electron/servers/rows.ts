import { isIPv4, isIPv6 } from 'node:net';
import { z } from 'zod';
import { isPublicAddress, parseHostName } from '../profile/address.ts';
import { decodeKey } from '../profile/key.ts';
import type { Provider, Server } from './types.ts';

/** Text for people: one line, letters of any script, nothing invisible. */
const words = z.string().regex(/^[\p{L}\p{M}\p{N}\p{P}\p{Zs}]{1,200}$/u);
const id = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/);
const date = z.iso.date();
const port = z.int().min(1).max(65535);

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

const serverSchema: z.ZodType<Server> = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9._/-]{0,127}$/),
  provider: id,
  country: z.string().regex(/^[A-Z]{2}$/),
  city: words,
  hostname: z.string(),
  ipv4: z.string().nullable(),
  ipv6: z.string().nullable(),
  wireguard: z.strictObject({ publicKey: z.string(), ports: z.array(port).min(1).max(64) }).nullable(),
  openvpn: z
    .strictObject({ ports: z.strictObject({ udp: z.array(port).max(64), tcp: z.array(port).max(64) }) })
    .nullable(),
  confidence: z.enum(['H', 'M']),
  asOf: date,
  sources: z.array(words).min(1).max(16),
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

/** One entry against every rule that needs no other entry. */
export function readRow(row: unknown, providers: ReadonlyMap<string, Provider>): Server | RowRule {
  const parsed = serverSchema.safeParse(row);
  if (!parsed.success) return 'row-schema';
  const server = parsed.data;
  const provider = providers.get(server.provider);
  if (!provider) return 'unknown-provider';
  return hostRule(server, provider) ?? addressRule(server) ?? keyRule(server) ?? server;
}

function hostRule({ hostname }: Server, { hostSuffixes }: Provider): RowRule | undefined {
  if (parseHostName(hostname) !== hostname) return 'host-name';
  return hostSuffixes.some((suffix) => hostname.endsWith(suffix)) ? undefined : 'host-suffix';
}

function addressRule({ ipv4, ipv6 }: Server): RowRule | undefined {
  if (ipv4 === null && ipv6 === null) return 'no-address';
  if ((ipv4 !== null && !isIPv4(ipv4)) || (ipv6 !== null && (!isIPv6(ipv6) || ipv6.includes('%'))))
    return 'address-form';
  return [ipv4, ipv6].every((address) => address === null || isPublicAddress(address))
    ? undefined
    : 'address-not-public';
}

function keyRule({ wireguard, openvpn }: Server): RowRule | undefined {
  if (!wireguard) return openvpn ? undefined : 'no-protocol';
  const key = decodeKey(wireguard.publicKey);
  if (!key) return 'key-form';
  return isLowOrder(key) ? 'key-low-order' : undefined;
}

/**
 * Points with which every handshake gives the same, known secret (https://cr.yp.to/ecdh.html, "validate"): with one of
 * them in a list, whoever put it there could read along.
 */
const lowOrder = new Set([
  '00'.repeat(32),
  `01${'00'.repeat(31)}`,
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  `ec${'ff'.repeat(30)}7f`,
  `ed${'ff'.repeat(30)}7f`,
  `ee${'ff'.repeat(30)}7f`,
]);

function isLowOrder(key: Uint8Array): boolean {
  const bytes = Buffer.from(key);
  bytes.writeUInt8(bytes.readUInt8(31) & 0x7f, 31); // X25519 does not look at the top bit
  return lowOrder.has(bytes.toString('hex'));
}
