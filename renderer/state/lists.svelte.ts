import type { Api, DocumentUpdate } from '../../electron/api/schema.ts';
import type { ErrorRecord } from '../../electron/api/errors.ts';
import { toErrorRecord } from './errors.ts';

/** Looking for newer signed lists, which happens only when a person asks for it. */
export class ListsState {
  asking = $state(false);
  /** What became of each list the last time; null before that. */
  documents = $state.raw<DocumentUpdate[] | null>(null);
  failure = $state.raw<ErrorRecord | null>(null);

  readonly #api: Api;
  /** What is shown of the lists is read anew after an update. */
  readonly #onUpdated: () => Promise<void>;

  constructor(api: Api, onUpdated: () => Promise<void>) {
    this.#api = api;
    this.#onUpdated = onUpdated;
  }

  async update(): Promise<void> {
    if (this.asking) return;
    this.asking = true;
    this.failure = null;
    this.documents = null;
    try {
      const { documents } = await this.#api.call('servers.update', {});
      if (documents.some(({ outcome }) => outcome === 'updated')) await this.#onUpdated();
      this.documents = documents;
    } catch (error) {
      this.failure = toErrorRecord(error);
    } finally {
      this.asking = false;
    }
  }
}
