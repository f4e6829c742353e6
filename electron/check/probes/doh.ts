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

export function createDohClient(session: Session, servers: readonly DohServer[]): DohClient {
  const connections = new Map<DohServer, Promise<DohConnection>>();

  const connectionTo = (server: DohServer): Promise<DohConnection> => {
    let connection = connections.get(server);
    if (!connection) {
      connection = connectDoh(session, server);
      connections.set(server, connection);
    }
    return connection;
  };
  const ask: DohClient['ask'] = async (server, service, name, type, signal) => {
    const aim = { service, target: name, address: server.addresses[0] ?? server.host, port: 443, signal };
    const recording = startRecording(session, aim);
    const { outcome, address } = await askOne(session, connectionTo(server), name, type, signal);
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
      for (const connection of connections.values()) {
        connection.then(
          (open) => open.close(),
          () => undefined,
        );
      }
    },
  };
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
