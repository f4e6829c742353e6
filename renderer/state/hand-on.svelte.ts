import type { ErrorRecord } from '../../electron/api/errors.ts';
import type { Api, Args, DocumentUpdate } from '../../electron/api/schema.ts';
import { encodeFile } from './base64.ts';
import { attempt } from './errors.ts';

export type HandedOnKind = Args<'servers.export'>['kind'];

/** Signed lists on their way from one person to another. */
export class HandOnState {
  /** PNG pictures (base64) of the list that is shown, and the one that is in sight, from 0; null while none is shown. */
  shown = $state.raw<{ kind: HandedOnKind; pictures: readonly string[] } | null>(null);
  at = $state(0);
  taking = $state(false);
  /** What became of the list that was taken last. */
  documents = $state.raw<readonly DocumentUpdate[]>([]);
  error = $state.raw<ErrorRecord | null>(null);

  readonly #api: Api;
  /** What is shown of the lists is read anew when a newer one was taken. */
  readonly #onUpdated: () => Promise<void>;

  constructor(api: Api, onUpdated: () => Promise<void>) {
    this.#api = api;
    this.#onUpdated = onUpdated;
  }

  /** The list in use as one file; null when that failed. */
  async file(kind: HandedOnKind): Promise<{ fileName: string; base64: string } | null> {
    let file: { fileName: string; base64: string } | null = null;
    await attempt(this, async () => {
      const written = await this.#api.call('servers.export', { kind, form: 'file' });
      if ('base64' in written) file = written;
    });
    return file;
  }

  async show(kind: HandedOnKind): Promise<void> {
    await attempt(this, async () => {
      const written = await this.#api.call('servers.export', { kind, form: 'pictures' });
      if (!('pictures' in written)) return;
      this.shown = { kind, pictures: written.pictures };
      this.at = 0;
    });
  }

  hide(): void {
    this.shown = null;
  }

  /** Round and round, as somebody else needs them all. */
  turn(by: 1 | -1): void {
    const count = this.shown?.pictures.length ?? 1;
    this.at = (this.at + by + count) % count;
  }

  /** One file, or all pictures of a set; verified by the app before anything of it is used. */
  async take(files: readonly File[]): Promise<void> {
    if (this.taking) return;
    this.taking = true;
    this.documents = [];
    await attempt(this, async () => {
      const read = await Promise.all(files.map(encodeFile));
      const { documents } = await this.#api.call('servers.import', { files: read });
      if (documents.some(({ outcome }) => outcome === 'updated')) await this.#onUpdated();
      this.documents = documents;
    });
    this.taking = false;
  }
}
