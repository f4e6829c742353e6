import { ApiError } from '../api/errors.ts';
import type { CheckedArgs, Handlers } from '../api/schema.ts';
import type { ProbedServer } from '../servers/probe/targets.ts';
import type { Attempt, Connection, TunnelErrorCode } from '../tunnel/types.ts';
import type { Emit } from './events.ts';

export interface BestDependencies extends Pick<
  Handlers,
  'servers.probe' | 'servers.generate' | 'tunnel.connect' | 'profiles.remove'
> {
  emit: Emit;
}

/** So many servers are tried in one go before a person is told. */
const maxTries = 3;

/** The server's or the way's fault: another server may do. Anything else would fail there too. */
const anotherMayDo: ReadonlySet<string> = new Set<TunnelErrorCode>([
  ...(['handshake-silent', 'handshake-rejected', 'no-traffic', 'name-not-resolved', 'no-endpoint'] as const),
  ...(['program-died', 'password-needed', 'password-wrong'] as const),
]);

/**
 * Connects to the server that answered best, and to the next best when that fails; the attempts of all are told. What the
 * servers answered on this network a short while ago is taken first: when none of those will do, they are asked anew.
 */
export function createBestHandlers(dependencies: BestDependencies): Pick<Handlers, 'tunnel.connectBest'> {
  return {
    'tunnel.connectBest': async (wishes, { signal }) => {
      const search = new Search(dependencies, wishes, signal);
      try {
        return await search.run();
      } finally {
        await search.tidyUp();
      }
    },
  };
}

type Wishes = CheckedArgs<'tunnel.connectBest'>;

class Search {
  private readonly attempts: Attempt[] = [];
  private readonly tried = new Set<string>();
  /** Ids of profiles that were made for a server that did not do. */
  private readonly inVain: string[] = [];
  private last: Connection | undefined;
  private readonly dependencies: BestDependencies;
  private readonly wishes: Wishes;
  private readonly signal: AbortSignal;

  constructor(dependencies: BestDependencies, wishes: Wishes, signal: AbortSignal) {
    this.dependencies = dependencies;
    this.wishes = wishes;
    this.signal = signal;
  }

  async run(): Promise<Connection> {
    for (const remembered of [true, false]) {
      const found = await this.probe(remembered);
      for (const server of usable(found.results, this.tried)) {
        const connection = await this.tryOne(server, found.results.length);
        const { error } = connection;
        if (!error || !anotherMayDo.has(error.code)) return { ...connection, attempts: this.attempts };
        this.dependencies.emit('choosing', { kind: 'failed', server, error });
      }
      // Held back by the kill switch, nothing can be asked anew.
      if (!found.remembered || this.last?.state === 'blocked') break;
    }
    if (this.last) return { ...this.last, attempts: this.attempts };
    throw new ApiError({
      code: 'handshake-silent',
      message: 'No server answered. "sawt servers probe" shows each; try another network or another profile.',
    });
  }

  /** What was made in vain is not kept, but the profile that a held connection still speaks of. */
  async tidyUp(): Promise<void> {
    for (const id of this.inVain)
      await this.dependencies['profiles.remove']({ id }, { signal: this.signal }).catch(() => undefined);
  }

  private async probe(remembered: boolean): ReturnType<Handlers['servers.probe']> {
    const { near } = this.wishes;
    const question = { remembered, ...(near !== undefined && { near }) };
    const found = await this.dependencies['servers.probe'](question, { signal: this.signal });
    this.dependencies.emit('choosing', { kind: 'ranked', results: found.results });
    return found;
  }

  /** Of a server of the list a profile is made, with the keys of the one that opened it. */
  private async tryOne(server: ProbedServer, of: number): Promise<Connection> {
    const { wishes, signal, dependencies } = this;
    const { killSwitch, recheck, backend } = wishes;
    dependencies.emit('choosing', { kind: 'trying', server, of });
    this.tried.add(server.endpoint);
    let { profile } = server;
    if (server.server !== null) {
      const order = { serverId: server.server, fromProfile: profile };
      profile = (await dependencies['servers.generate'](order, { signal })).id;
    }
    const request = { profile, killSwitch, recheck, ...(backend !== undefined && { backend }) };
    this.last = await dependencies['tunnel.connect'](request, { signal });
    if (server.server !== null && this.last.state !== 'connected') this.inVain.push(profile);
    this.attempts.push(...this.last.attempts);
    return this.last;
  }
}

function usable(results: readonly ProbedServer[], tried: ReadonlySet<string>): ProbedServer[] {
  return results.filter(({ standing, endpoint }) => standing === 'usable' && !tried.has(endpoint)).slice(0, maxTries);
}
