import { z } from 'zod';
import type { Probe } from '../report.ts';

/** OONI's records of what was probed (ooni/spec df-001, 002, 005, 006, 008). Times are seconds since the check began. */
export interface OoniRecords {
  queries: Query[];
  tcp_connect: TcpConnect[];
  tls_handshakes: TlsHandshake[];
  network_events: NetworkEvent[];
  requests: Transaction[];
}

interface Timed {
  failure: string | null;
  t0: number;
  t: number;
}
interface Answer {
  answer_type: 'A' | 'AAAA';
  ipv4?: string;
  ipv6?: string;
  ttl: null;
}
interface Query extends Timed {
  answers: Answer[];
  engine: 'udp' | 'doh';
  hostname: string;
  query_type: 'A' | 'AAAA';
  /** Empty for the network's own resolver. */
  resolver_address: string;
  tags: string[];
}
interface TcpConnect extends Omit<Timed, 'failure'> {
  ip: string;
  port: number;
  status: { failure: string | null; success: boolean };
}
interface TlsHandshake extends Timed {
  address: string;
  server_name: string;
  cipher_suite: '';
  negotiated_protocol: '';
  no_tls_verify: false;
  peer_certificates: [];
  tls_version: '';
  tags: string[];
}
interface NetworkEvent extends Timed {
  address: string;
  operation: 'read';
  proto: 'udp';
  tags: string[];
}
interface Transaction extends Timed {
  request: {
    body: '';
    body_is_truncated: false;
    headers: Record<string, string>;
    headers_list: [string, string][];
    method: 'GET';
    tor: { exit_ip: null; exit_name: null; is_tor: false };
    url: string;
  };
  response: { body: ''; body_is_truncated: true; code: number; headers: Record<string, string>; headers_list: [] };
}

/** As much of a probe's detail as OONI has a place for; whatever else stands there stays here. */
const detailSchema = z
  .object({
    resolver: z.string().optional().catch(undefined),
    answers: z.array(z.string()).optional().catch(undefined),
    second: z
      .object({ answers: z.array(z.string()).optional() })
      .optional()
      .catch(undefined),
    serverName: z.string().optional().catch(undefined),
    path: z.string().optional().catch(undefined),
    status: z.number().optional().catch(undefined),
    redirectHost: z.string().nullish().catch(undefined),
    style: z.string().optional().catch(undefined),
  })
  .catch({});
type Detail = z.infer<typeof detailSchema>;

export function toRecords(probes: readonly Probe[]): OoniRecords {
  const records: OoniRecords = { queries: [], tcp_connect: [], tls_handshakes: [], network_events: [], requests: [] };
  for (const probe of probes) addRecord(records, probe, detailSchema.parse(probe.detail ?? {}));
  return records;
}

function addRecord(records: OoniRecords, probe: Probe, detail: Detail): void {
  const { kind, operation, address, port } = probe;
  if (kind === 'dns' || kind === 'doh') {
    records.queries.push(...queries(probe, detail));
    return;
  }
  // A service's name on a neutral server's connection: among OONI's records, a failure of it would be taken for the name's,
  // and the address for the service's; and none of them says how fast something came.
  if (kind === 'goodput') return;
  // What went nowhere has no address, and OONI's other records are about one.
  if (address === null || port === null) return;
  const endpoint = { address, port };
  if (kind === 'tcp' || (operation === 'connect' && (kind === 'tls' || kind === 'http')))
    records.tcp_connect.push(tcpConnect(probe, endpoint));
  else if (kind === 'tls') records.tls_handshakes.push(tlsHandshake(probe, endpoint, detail));
  else if (kind === 'http') records.requests.push(transaction(probe, detail));
  else records.network_events.push(networkEvent(probe, endpoint, detail));
}

/** Two records when a second, other answer came to one question. */
function queries(probe: Probe, { resolver, answers, second }: Detail): Query[] {
  const { kind, target, address, port } = probe;
  const own = kind === 'dns' && resolver === 'system';
  const query = (addresses: readonly string[], tags: string[]): Query => ({
    ...times(probe),
    answers: addresses.map(answer),
    engine: kind === 'doh' ? 'doh' : 'udp',
    failure: probe.failure,
    hostname: target,
    query_type: addresses.some((one) => one.includes(':')) ? 'AAAA' : 'A',
    resolver_address: own || address === null ? '' : endpointText({ address, port: port ?? 53 }),
    tags,
  });
  const first = query(answers ?? [], tagsOf(probe));
  if (!second) return [first];
  return [first, { ...query(second.answers ?? [], [...tagsOf(probe), 'second_answer']), failure: null }];
}

function answer(address: string): Answer {
  return address.includes(':')
    ? { answer_type: 'AAAA', ipv6: address, ttl: null }
    : { answer_type: 'A', ipv4: address, ttl: null };
}

interface Endpoint {
  address: string;
  port: number;
}

function tcpConnect(probe: Probe, { address, port }: Endpoint): TcpConnect {
  const { failure } = probe;
  return { ip: address, port, status: { failure, success: failure === null }, ...times(probe) };
}

function tlsHandshake(probe: Probe, endpoint: Endpoint, { serverName }: Detail): TlsHandshake {
  return {
    address: endpointText(endpoint),
    server_name: serverName ?? '',
    failure: probe.failure,
    cipher_suite: '',
    negotiated_protocol: '',
    no_tls_verify: false,
    peer_certificates: [],
    tls_version: '',
    tags: tagsOf(probe),
    ...times(probe),
  };
}

function networkEvent(probe: Probe, endpoint: Endpoint, { style }: Detail): NetworkEvent {
  return {
    address: endpointText(endpoint),
    failure: probe.failure,
    operation: 'read',
    proto: 'udp',
    tags: [...tagsOf(probe), probe.outcome, ...(style === undefined ? [] : [style])],
    ...times(probe),
  };
}

/** Bodies are not kept, and of the headers only where a page sends to: that is what a block page is known by. */
function transaction(probe: Probe, { path, status, redirectHost }: Detail): Transaction {
  const location: Record<string, string> = redirectHost ? { Location: `//${redirectHost}` } : {};
  return {
    failure: probe.failure,
    request: {
      body: '',
      body_is_truncated: false,
      headers: {},
      headers_list: [],
      method: 'GET',
      tor: { exit_ip: null, exit_name: null, is_tor: false },
      url: `http://${probe.target}${path ?? '/'}`,
    },
    response: { body: '', body_is_truncated: true, code: status ?? 0, headers: location, headers_list: [] },
    ...times(probe),
  };
}

function times({ startMs, durationMs }: Probe): { t0: number; t: number } {
  return { t0: startMs / 1000, t: (startMs + durationMs) / 1000 };
}

/** The kind of probe, and whose it is. */
function tagsOf({ kind, service }: Probe): string[] {
  return [kind, service ?? 'control'];
}

function endpointText({ address, port }: Endpoint): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
