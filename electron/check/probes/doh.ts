import { decodeDnsResponse, encodeDnsQuery, type DnsType } from '../packet/dns.ts';
import { PacketError } from '../packet/packet-error.ts';
import { NetFailure } from '../net/net.ts';
import type { DnsOutcome, DohProbe } from '../probe.ts';
import { withDeadline, type Session } from '../session.ts';
import { outcomeOf } from './dns.ts';
import { connectDoh, type DohConnection, type DohServer } from './doh-connection.ts';
import { failedStep, startRecording } from './record.ts';
import { requestTimeoutMs } from './timeouts.ts';

/** DNS over HTTPS (RFC 8484) to a few servers by address, one connection each, so that a name costs one round trip. */
export interface DohClient {
  /** Asks the servers one after the other until one answers; gives all tries, the last decides. */
  resolve(service: string | null, name: string, type: DnsType, signal: AbortSignal): Promise<DohProbe[]>;
  /** Asks one given server. */
  ask(server: DohServer, service: string | null, name: string, type: DnsType, signal: AbortSignal): Promise<DohProbe>;
  close(): void;
}

/** `connect` is a parameter for tests only. */
export function createDohClient(
  session: Session,
  servers: readonly DohServer[],
  connect: typeof connectDoh = connectDoh,
): DohClient {
  const connections = new Map<DohServer, Promise<DohConnection>>();
  /** Connections that have answered at least once. */
  const proven = new Set<Promise<DohConnection>>();
  const replaced: Promise<DohConnection>[] = [];

  const connectionTo = (server: DohServer): Promise<DohConnection> => {
    let connection = connections.get(server);
    if (!connection) {
      connection = connect(session, server);
      connections.set(server, connection);
    }
    return connection;
  };
  /** The old one stays open for its other queries, until the end. */
  const replace = (server: DohServer, connection: Promise<DohConnection>): void => {
    if (connections.get(server) !== connection) return;
    connections.delete(server);
    replaced.push(connection);
  };
  const ask: DohClient['ask'] = async (server, service, name, type, signal) => {
    const aim = { service, target: name, address: server.addresses[0] ?? server.host, port: 443, signal };
    const recording = startRecording(session, aim);
    const connection = connectionTo(server);
    let reply = await askOne(session, connection, name, type, signal);
    // Servers close what was idle for some seconds; a query that came too late is sent once more (RFC 9112 §9.3.1).
    if (proven.has(connection) && wasCut(reply.outcome) && !signal.aborted) {
      replace(server, connection);
      reply = await askOne(session, connectionTo(server), name, type, signal);
    }
    const { outcome, address } = reply;
    if (outcome.kind !== 'failed') proven.add(connectionTo(server));
    return recording.finish((draft) => ({
      kind: 'doh',
      ...draft,
      address: address ?? draft.address,
      resolver: server.host,
      outcome,
    }));
  };
  return {
    ask,
    async resolve(service, name, type, signal) {
      // The server that is there first is asked first: a silent one must not hold up the others' answers.
      const order = await fastestFirst(servers, connectionTo);
      const tries: DohProbe[] = [];
      for (const server of order) {
        const probe = await ask(server, service, name, type, signal);
        tries.push(probe);
        if (probe.outcome.kind !== 'failed') break;
      }
      return tries;
    },
    close() {
      for (const connection of [...connections.values(), ...replaced]) {
        connection.then(
          (open) => open.close(),
          () => undefined,
        );
      }
    },
  };
}

/** Ended by the other side, not by our patience. */
function wasCut(outcome: DnsOutcome): boolean {
  return outcome.kind === 'failed' && outcome.failure !== 'generic_timeout_error';
}

async function fastestFirst(
  servers: readonly DohServer[],
  connectionTo: (server: DohServer) => Promise<unknown>,
): Promise<DohServer[]> {
  const first = Promise.any(servers.map((server) => connectionTo(server).then(() => server)));
  try {
    const fastest = await first;
    return [fastest, ...servers.filter((server) => server !== fastest)];
  } catch {
    return [...servers];
  }
}

async function askOne(
  session: Session,
  connecting: Promise<DohConnection>,
  name: string,
  type: DnsType,
  signal: AbortSignal,
): Promise<{ outcome: DnsOutcome; address: string | null }> {
  let address: string | null = null;
  try {
    const connection = await connecting;
    address = connection.address;
    // RFC 8484 §4.1 wants id 0, for caches.
    const query = encodeDnsQuery(0, name, type);
    const abandon = new AbortController();
    const answer = connection.get(query, AbortSignal.any([signal, abandon.signal]));
    const bytes = await withDeadline(session, requestTimeoutMs(session), signal, () => abandon.abort(), answer);
    return { outcome: outcomeOf(decodeDnsResponse(bytes)), address };
  } catch (error) {
    const failure = error instanceof PacketError ? new NetFailure('dns_server_misbehaving') : error;
    return { outcome: failedStep('resolve', failure), address };
  }
}
