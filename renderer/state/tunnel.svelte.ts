import type { ErrorRecord } from '../../electron/api/errors.ts';
import type { Api, Args, Comparison, Connection } from '../../electron/api/schema.ts';
import { ChoiceState } from './choice.svelte.ts';
import { attempt, toErrorRecord } from './errors.ts';

const disconnected: Connection = {
  state: 'disconnected',
  stage: null,
  profile: null,
  backend: null,
  since: null,
  durationMs: null,
  killSwitch: false,
  verified: null,
  attempts: [],
  error: null,
};

export type TunnelWork = 'connecting' | 'disconnecting' | 'repairing' | 'rechecking';

/** What the tunnel said last, and the comparison that was made through it. */
export class TunnelState {
  connection = $state.raw<Connection>(disconnected);
  comparison = $state.raw<Comparison | null>(null);
  /** What we asked for and wait for; null when nothing is under way from this window. */
  work = $state<TunnelWork | null>(null);
  /** A call that failed as a whole; a connection that failed says so in `connection.error`. */
  error = $state.raw<ErrorRecord | null>(null);
  /** The choice of the best server, from its beginning to the next connection; null when a profile was named. */
  choice = $state.raw<ChoiceState | null>(null);
  /** The profile whose server wants a user name and a password, and whether it has just refused some. */
  asking = $state.raw<{ profile: string; wrong: boolean } | null>(null);
  /** What the last repair removed; null when none was made. */
  repaired = $state.raw<readonly string[] | null>(null);

  readonly #api: Api;
  #connecting: AbortController | null = null;

  constructor(api: Api) {
    this.#api = api;
    api.on('tunnel', (connection) => this.#show(connection));
    api.on('comparison', (comparison) => (this.comparison = comparison));
  }

  async load(): Promise<void> {
    try {
      this.#show(await this.#api.call('tunnel.status', {}));
    } catch (error) {
      this.error = toErrorRecord(error);
    }
  }

  /** What proves an account passes through here on its way to the app and is in no state. */
  async connect(
    profile: string,
    killSwitch: boolean,
    credentials?: Args<'tunnel.connect'>['credentials'],
  ): Promise<void> {
    const args = { profile, killSwitch, ...(credentials && { credentials }) };
    await this.#connect(null, (signal) => this.#api.call('tunnel.connect', args, { signal }));
  }

  /** To the server that answers best of all that the stored profiles open. */
  async connectBest(killSwitch: boolean): Promise<void> {
    const choice = new ChoiceState();
    await this.#connect(choice, async (signal) => {
      const stop = choice.follow(this.#api);
      return this.#api.call('tunnel.connectBest', { killSwitch }, { signal }).finally(stop);
    });
  }

  async #connect(choice: ChoiceState | null, call: (signal: AbortSignal) => Promise<Connection>): Promise<void> {
    if (this.work !== null) return;
    const connecting = new AbortController();
    this.#connecting = connecting;
    this.comparison = null;
    this.choice = choice;
    this.asking = null;
    await this.#do('connecting', async () => {
      const connection = await call(connecting.signal);
      this.#show(connection);
      const { profile, error } = connection;
      if (profile !== null && (error?.code === 'password-needed' || error?.code === 'password-wrong'))
        this.asking = { profile, wrong: error.code === 'password-wrong' };
    });
    this.#connecting = null;
    if (connecting.signal.aborted) {
      this.error = null; // the person asked for it: no news
      await this.load();
    }
  }

  /** Undoes the connection under way; its call ends by itself. */
  cancel(): void {
    this.#connecting?.abort();
  }

  disconnect(): Promise<void> {
    return this.#do('disconnecting', async () => this.#show(await this.#api.call('tunnel.disconnect', {})));
  }

  repair(): Promise<void> {
    return this.#do('repairing', async () => {
      const { removed } = await this.#api.call('tunnel.repair', {});
      this.#show(await this.#api.call('tunnel.status', {}));
      this.repaired = removed;
    });
  }

  recheck(): Promise<void> {
    return this.#do('rechecking', async () => {
      this.comparison = await this.#api.call('check.recheck', {});
    });
  }

  #show(connection: Connection): void {
    this.connection = connection;
    if (connection.state !== 'connected' && connection.state !== 'connecting') this.comparison = null;
  }

  async #do(work: TunnelWork, action: () => Promise<void>): Promise<void> {
    if (this.work !== null) return;
    this.work = work;
    this.repaired = null;
    await attempt(this, action);
    this.work = null;
  }
}
