import { ApiError } from '../../api/errors.ts';
import type { Attempt, Connection, ProbedServer, TunnelErrorCode } from '../../api/schema.ts';
import type { Session } from '../session.ts';
import { whyText } from '../text/probe-text.ts';

/** So many servers are tried in one go before a person is told. */
const maxTries = 3;

/** The server's or the way's fault: another server may do. Anything else would fail there too. */
const anotherMayDo: ReadonlySet<string> = new Set<TunnelErrorCode>([
  ...(['handshake-silent', 'handshake-rejected', 'no-traffic', 'name-not-resolved', 'no-endpoint'] as const),
  ...(['program-died', 'password-needed'] as const),
]);

/**
 * Connects to the server that answered best, and to the next best when that fails; the attempts of all are told. What the
 * servers answered on this network a short while ago is taken first: when none of those will do, they are asked anew.
 */
export async function connectToBest(
  session: Session,
  connect: (profile: string) => Promise<Connection>,
): Promise<Connection> {
  const attempts: Attempt[] = [];
  const tried = new Set<string>();
  let last: Connection | undefined;
  for (const remembered of [true, false]) {
    session.terminal.progress('Asking the servers ...');
    const probed = await session.call('servers.probe', { remembered });
    for (const server of usable(probed.results, tried)) {
      session.terminal.err(`${server.name} ${server.endpoint}: ${whyText(server)}, of ${probed.results.length} tried.`);
      tried.add(server.endpoint);
      last = await connectTo(session, server, connect);
      attempts.push(...last.attempts);
      const { error } = last;
      if (!error || !anotherMayDo.has(error.code)) return { ...last, attempts };
      session.terminal.err(`${server.name}: ${error.message}`);
    }
    if (!probed.remembered) break;
  }
  if (last) return { ...last, attempts };
  throw new ApiError({
    code: 'handshake-silent',
    message: 'No server answered. "sawt servers probe" shows each; try another network or another profile.',
  });
}

function usable(results: readonly ProbedServer[], tried: ReadonlySet<string>): ProbedServer[] {
  return results.filter(({ standing, endpoint }) => standing === 'usable' && !tried.has(endpoint)).slice(0, maxTries);
}

/** Of a server of the list a profile is made, with the keys of the one that opened it; one that did not do is not kept. */
async function connectTo(
  { call }: Session,
  { server, profile }: ProbedServer,
  connect: (profile: string) => Promise<Connection>,
): Promise<Connection> {
  if (server === null) return connect(profile);
  const { id } = await call('servers.generate', { serverId: server, fromProfile: profile });
  const connection = await connect(id);
  if (connection.state === 'failed') await call('profiles.remove', { id }).catch(() => undefined);
  return connection;
}
