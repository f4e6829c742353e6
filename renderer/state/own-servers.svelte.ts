import type { ErrorRecord } from '../../electron/api/errors.ts';
import type { Api, Args, OwnServerCheck, OwnServerKit, OwnServerSummary } from '../../electron/api/schema.ts';
import { attempt } from './errors.ts';

/** The servers of one's own, the one that was made last, and what the last look at one of them found. */
export class OwnServersState {
  list = $state.raw<readonly OwnServerSummary[]>([]);
  kit = $state.raw<OwnServerKit | null>(null);
  found = $state.raw<OwnServerCheck | null>(null);
  work = $state<'making' | 'looking' | null>(null);
  error = $state.raw<ErrorRecord | null>(null);

  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  async load(): Promise<void> {
    this.list = await this.#api.call('ownServer.list', {}).catch(() => []);
  }

  async make(order: Args<'ownServer.create'>): Promise<OwnServerKit | null> {
    this.kit = null;
    await this.#do('making', async () => {
      this.kit = await this.#api.call('ownServer.create', order);
      await this.load();
    });
    return this.kit;
  }

  /** `server`: an id, address or name. Sends a few packets there. */
  look(server: string): Promise<void> {
    return this.#do('looking', async () => {
      this.found = await this.#api.call('ownServer.check', { server });
    });
  }

  async #do(work: 'making' | 'looking', action: () => Promise<void>): Promise<void> {
    if (this.work !== null) return;
    this.work = work;
    this.found = null;
    await attempt(this, action);
    this.work = null;
  }
}
