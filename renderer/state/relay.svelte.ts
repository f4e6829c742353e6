import type { ErrorRecord } from '../../electron/api/errors.ts';
import type { Api, RelaySummary } from '../../electron/api/schema.ts';
import { attempt } from './errors.ts';

/** The relay that is kept for call rehearsals. Its password passes through here to the app and never comes back. */
export class RelayState {
  kept = $state.raw<RelaySummary | null>(null);
  error = $state.raw<ErrorRecord | null>(null);

  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  /** Without an answer there is simply no offer to rehearse. */
  async load(): Promise<void> {
    this.kept = await this.#api.call('relay.show', {}).catch(() => null);
  }

  /** `text`: what stands in relay.json. True when it was kept. */
  async keep(text: string): Promise<boolean> {
    await attempt(this, async () => {
      this.kept = await this.#api.call('relay.set', { text });
    });
    return this.error === null;
  }

  async remove(): Promise<void> {
    await attempt(this, async () => {
      await this.#api.call('relay.remove', {});
      this.kept = null;
    });
  }
}
