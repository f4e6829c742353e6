import { z } from 'zod';

/**
 * OONI's measurement, written from its specification: detection of fields and types after ooni/spec df-000, df-001,
 * df-002, df-005, df-006 and df-008. Failures are OONI's words (df-007).
 */

const failure = z
  .string()
  .regex(/^([a-z0-9_]+|unknown_failure: .*)$/)
  .nullable();
const ip = z.union([z.ipv4(), z.ipv6()]);
const endpoint = z.string().regex(/^(\d{1,3}(\.\d{1,3}){3}|\[[0-9a-f:.]+\]|\[scrubbed\]):\d{1,5}$/i);
const timed = { t0: z.number().nonnegative(), t: z.number().nonnegative() };
const tags = z.array(z.string());
const dateTime = z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
const headers = { headers: z.record(z.string(), z.string()), headers_list: z.array(z.tuple([z.string(), z.string()])) };
const body = { body: z.string(), body_is_truncated: z.boolean() };

const query = z.strictObject({
  ...timed,
  answers: z.array(
    z.strictObject({
      answer_type: z.enum(['A', 'AAAA']),
      ipv4: z.string().optional(),
      ipv6: z.string().optional(),
      ttl: z.int().nullable(),
    }),
  ),
  engine: z.enum(['unknown', 'system', 'getaddrinfo', 'udp', 'tcp', 'dot', 'doh']),
  failure,
  hostname: z.string(),
  query_type: z.enum(['A', 'AAAA', 'ANY']),
  resolver_address: z.union([z.literal(''), endpoint]),
  tags,
});
const tcpConnect = z.strictObject({
  ...timed,
  ip: z.union([ip, z.literal('[scrubbed]')]),
  port: z.int(),
  status: z
    .strictObject({ failure, success: z.boolean() })
    .refine((status) => status.success === (status.failure === null)),
});
const tlsHandshake = z.strictObject({
  ...timed,
  address: endpoint,
  server_name: z.string(),
  failure,
  cipher_suite: z.string(),
  negotiated_protocol: z.string(),
  no_tls_verify: z.boolean(),
  peer_certificates: z.array(z.strictObject({ data: z.base64(), format: z.literal('base64') })),
  tls_version: z.string(),
  tags,
});
const networkEvent = z.strictObject({
  ...timed,
  address: endpoint,
  failure,
  operation: z.enum(['connect', 'read', 'write']),
  proto: z.enum(['tcp', 'udp']),
  tags,
});
const transaction = z.strictObject({
  ...timed,
  failure,
  request: z.strictObject({
    ...body,
    ...headers,
    method: z.string(),
    tor: z.strictObject({ exit_ip: z.null(), exit_name: z.null(), is_tor: z.literal(false) }),
    url: z.string().startsWith('http://'),
  }),
  response: z.strictObject({ ...body, ...headers, code: z.int() }),
});

/** `resolver_ip` may be there in OONI's own measurements; in ours it must not. */
export const measurementSchema = z.strictObject({
  annotations: z.record(z.string(), z.string()),
  data_format_version: z.literal('0.2.0'),
  extensions: z.record(z.string(), z.int()),
  input: z.string().nullable(),
  measurement_start_time: dateTime,
  test_start_time: dateTime,
  options: z.array(z.string()),
  probe_asn: z.string().regex(/^AS\d+$/),
  probe_cc: z.string().length(2),
  probe_ip: z.literal('127.0.0.1'),
  probe_network_name: z.string(),
  report_id: z.string(),
  resolver_asn: z.string().regex(/^AS\d+$/),
  resolver_network_name: z.string(),
  software_name: z.string(),
  software_version: z.string(),
  test_helpers: z.record(z.string(), z.string()),
  test_name: z.string().regex(/^[a-z0-9_]+$/),
  test_version: z.string().regex(/^\d+\.\d+\.\d+$/),
  test_runtime: z.number().nonnegative(),
  test_keys: z.looseObject({
    queries: z.array(query),
    tcp_connect: z.array(tcpConnect),
    tls_handshakes: z.array(tlsHandshake),
    network_events: z.array(networkEvent),
    requests: z.array(transaction),
  }),
});
