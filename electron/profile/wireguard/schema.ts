import { z } from 'zod';
import { parseAddress, parseHost, parseHostName, parseInterfaceAddress, parseNetwork } from '../address.ts';
import { decodeKey } from '../key.ts';
import type { Endpoint, WireGuardPeer, WireGuardProfile } from '../types.ts';

/**
 * The fields again, checked where they come back from the disk or from other code: each value must be in the one
 * spelling that its parser gives, so that none can bring a new line or key into a written file.
 */

const canonical = (parse: (text: string) => string | undefined): z.ZodType<string> =>
  z.string().refine((text) => parse(text) === text);
const key = z.string().refine((text) => decodeKey(text) !== undefined);

export const endpointSchema = z.strictObject({
  host: canonical(parseHost),
  port: z.int().min(1).max(65535),
}) satisfies z.ZodType<Endpoint>;

const peerSchema: z.ZodType<WireGuardPeer> = z.strictObject({
  publicKey: key,
  presharedKey: key.exactOptional(),
  endpoint: endpointSchema.exactOptional(),
  allowedIps: z.array(canonical(parseNetwork)),
  persistentKeepalive: z.int().min(1).max(65535).exactOptional(),
});

export const wireGuardSchema = z.strictObject({
  kind: z.literal('wireguard'),
  privateKey: key,
  addresses: z.array(canonical(parseInterfaceAddress)).min(1),
  dns: z.array(canonical(parseAddress)),
  searchDomains: z.array(canonical(parseHostName)),
  mtu: z.int().min(576).max(65535).exactOptional(),
  split: z.literal('calls').exactOptional(),
  peers: z.array(peerSchema).min(1),
}) satisfies z.ZodType<WireGuardProfile>;
