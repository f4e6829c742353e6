import { z } from 'zod';

/**
 * The dated list of services that people call with, and of neutral controls. A fact about a service is data here, with
 * its date, source and confidence; code knows kinds of probes, not names of services.
 */

const confidence = z.enum(['high', 'medium', 'low']);
const isoDate = z.string().regex(/^\d{4}-\d{2}(-\d{2})?$/);
/** RFC 1123 host name; no trailing dot, no wildcard. */
const hostName = z
  .string()
  .max(253)
  .regex(/^(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))+$/);
const address = z.union([z.ipv4(), z.ipv6()]);
const prefix = z.union([z.cidrv4(), z.cidrv6()]);
const port = z.int().min(1).max(65535);

/** Where a fact comes from and how sure it is. Low confidence never drives `blocked`. */
const provenance = {
  confidence,
  asOf: isoDate,
  sources: z.array(z.string()).min(1),
};

const targetBase = {
  /** Unique inside the service, for evidence and tests. */
  id: z.string().regex(/^[a-z0-9-]+$/),
  /** Host name; null when the service is reached by bare address only (Telegram's data centres). */
  host: hostName.nullable(),
  /** Known addresses: the only ones when host is null, else a fall-back when no resolver can be trusted. */
  addresses: z.array(address).max(16),
  ports: z.array(port).min(1).max(8),
  role: z.string(),
  /** Without the core targets the app does not work at all; with no target so marked, every one is. */
  core: z.boolean().optional(),
  ...provenance,
};

/** One thing to probe. The kind says what is sent and what answer proves. */
export const targetSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('tcp'), ...targetBase }),
  z.strictObject({
    kind: z.literal('tls'),
    ...targetBase,
    /** Name of a PEM file in resources/catalogue/ca/ whose roots are also accepted; null for the public roots only. */
    ca: z
      .string()
      .regex(/^[a-z0-9-]+$/)
      .nullable(),
  }),
  z.strictObject({
    kind: z.literal('http'),
    ...targetBase,
    method: z.enum(['GET', 'POST']),
    path: z.string().startsWith('/'),
  }),
  z.strictObject({
    kind: z.literal('stun'),
    ...targetBase,
    /** Whether a stranger's Binding is known to be answered. Only then is silence evidence. */
    answersStrangers: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('turn'),
    ...targetBase,
    answersStrangers: z.boolean(),
    /** REALM that the service's own relay names in its 401; null when unknown. */
    realm: z.string().nullable(),
    /** `ms`: Microsoft's dialect, [MS-TURN]. */
    dialect: z.enum(['rfc8656', 'ms']),
  }),
]);
export type Target = z.infer<typeof targetSchema>;

/** What a call needs from the network, for network-wide findings such as `stun-dpi` or `udp-all`. */
const callPathSchema = z.strictObject({
  /** What calls are documented to need. Empty when nothing is documented. */
  needs: z.array(z.enum(['udp', 'stun'])),
  /** UDP ports of the service's own relays; empty when unknown or any. */
  udpPorts: z.array(port),
  /** Whether calls get through without it: `none` known not to, `may-help` documented or likely, `unknown`. */
  fallback: z.enum(['none', 'may-help', 'unknown']),
  note: z.string(),
  ...provenance,
});

/** When its makers shut a service down, and what they point to instead, by name; null for nothing. */
const retirementSchema = z.strictObject({ on: z.iso.date(), successor: z.string().nullable(), ...provenance });

export const serviceSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9_]+$/),
    name: z.string(),
    owner: z.string(),
    status: z.enum(['active', 'retired']),
    retirement: retirementSchema.optional(),
    messages: z.array(targetSchema),
    calls: z.array(targetSchema),
    callPath: callPathSchema,
    /** Published address ranges, for naming whose address an answer is. Never the sole ground of a verdict. */
    prefixes: z.array(z.strictObject({ cidr: prefix, scope: z.string(), ...provenance })),
  })
  .refine(({ status, retirement }) => (status === 'retired') === (retirement !== undefined), {
    path: ['retirement'],
    error: 'A retired service says since when; no other does.',
  });
export type Service = z.infer<typeof serviceSchema>;

const controlBase = { id: z.string(), operator: z.string(), ...provenance };
export const controlsSchema = z.strictObject({
  /** Neutral HTTPS sites: TCP, TLS with their own name, and "other SNI, same address" pairs. */
  tls: z.array(
    z.strictObject({
      ...controlBase,
      host: hostName,
      addresses: z.array(address).min(1),
      port,
      /** Path of a page of some ten kB or more, which the site serves for its Host header whatever name TLS was asked for. */
      page: z.string().startsWith('/').optional(),
    }),
  ),
  stun: z.array(
    z.strictObject({
      ...controlBase,
      host: hostName,
      /** Empty where no lasting address is known: the name is then resolved first. */
      addresses: z.array(address),
      port,
      /** More ports on which the same server answers STUN. */
      altPorts: z.array(port),
      /** Whether a Binding without the magic cookie (RFC 3489) is answered too. */
      classic: z.boolean(),
    }),
  ),
  turn: z.array(
    z.strictObject({
      ...controlBase,
      host: hostName,
      addresses: z.array(address),
      udp: z.array(port),
      tcp: z.array(port),
      tls: z.array(port),
    }),
  ),
  /** Public resolvers, plain DNS over UDP port 53. */
  dns: z.array(z.strictObject({ ...controlBase, address })),
  /** DNS over HTTPS (RFC 8484), by address, so that no name has to be resolved first. */
  doh: z.array(
    z.strictObject({
      ...controlBase,
      host: hostName,
      addresses: z.array(address).min(1),
      path: z.string().startsWith('/'),
    }),
  ),
  /** Plain-HTTP pages with a known answer. */
  portal: z.array(
    z.strictObject({
      ...controlBase,
      host: hostName,
      addresses: z.array(address),
      path: z.string().startsWith('/'),
      status: z.int(),
      body: z.string().nullable(),
    }),
  ),
  /** Other UDP that public hosts answer: NTP (RFC 5905) on port 123. */
  ntp: z.array(z.strictObject({ ...controlBase, host: hostName, addresses: z.array(address).min(1) })),
});
export type Controls = z.infer<typeof controlsSchema>;

export const catalogueSchema = z.strictObject({
  schema: z.literal(1),
  version: z.int().min(1).max(1_000_000_000),
  /** When it was signed (ISO 8601, UTC), and until when nothing newer need be looked for. */
  issuedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  asOf: isoDate,
  /** Short source names used in `sources`, with what they stand for. */
  sources: z.record(z.string(), z.string()),
  controls: controlsSchema,
  services: z.array(serviceSchema).min(1).max(200),
});
export type Catalogue = z.infer<typeof catalogueSchema>;
