import type { ErrorRecord } from '../../electron/api/errors.ts';
import type { Api, Args, ImportOutcome, ProfileSummary } from '../../electron/api/schema.ts';
import { encodeFile, encodeText } from './base64.ts';
import { attempt } from './errors.ts';

/** How long a removed profile can be brought back, in milliseconds. */
export const undoMs = 8000;

/** The stored profiles, and what the last import made of its files. */
export class ProfilesState {
  list = $state.raw<readonly ProfileSummary[]>([]);
  selectedId = $state<string | null>(null);
  /** Results of the last import, in the order of its files. */
  outcomes = $state.raw<readonly ImportOutcome[]>([]);
  importing = $state(false);
  /** Removed on the screen only, until the time for undoing is over. */
  removing = $state.raw<ProfileSummary | null>(null);
  error = $state.raw<ErrorRecord | null>(null);

  readonly visible = $derived(this.list.filter(({ id }) => id !== this.removing?.id));
  readonly selected = $derived(this.visible.find(({ id }) => id === this.selectedId) ?? this.visible[0] ?? null);

  readonly #api: Api;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(api: Api) {
    this.#api = api;
  }

  async load(): Promise<void> {
    await attempt(this, () => this.#refresh());
  }

  async importFiles(files: readonly File[]): Promise<void> {
    await this.#import(() => Promise.all(files.map(encodeFile)));
  }

  async importText(name: string, text: string): Promise<void> {
    await this.#import(() => Promise.resolve([{ name, base64: encodeText(text) }]));
  }

  async rename(id: string, name: string): Promise<void> {
    await attempt(this, async () => {
      const renamed = await this.#api.call('profiles.rename', { id, name });
      this.list = this.list.map((profile) => (profile.id === id ? renamed : profile));
    });
  }

  async forgetCredentials(id: string): Promise<void> {
    await attempt(this, async () => {
      const changed = await this.#api.call('profiles.forgetCredentials', { id });
      this.list = this.list.map((profile) => (profile.id === id ? changed : profile));
    });
  }

  /** Hides the profile now and removes it when `undoMs` is over; a second removal settles the first. */
  async remove(profile: ProfileSummary): Promise<void> {
    await this.settleRemoval();
    this.removing = profile;
    this.outcomes = this.outcomes.filter((outcome) => !outcome.ok || outcome.profile.id !== profile.id);
    this.#timer = setTimeout(() => void this.settleRemoval(), undoMs);
  }

  undoRemove(): void {
    clearTimeout(this.#timer);
    this.removing = null;
  }

  async settleRemoval(): Promise<void> {
    const profile = this.removing;
    if (profile === null) return;
    clearTimeout(this.#timer);
    await attempt(this, async () => {
      await this.#api.call('profiles.remove', { id: profile.id });
      await this.#refresh();
    });
    if (this.removing === profile) this.removing = null;
  }

  /** A profile for another server of the same provider. */
  async generate(serverId: string, { id: fromProfile, kind }: ProfileSummary): Promise<void> {
    await attempt(this, async () => {
      const call = kind === 'openvpn' ? 'accounts.openVpn' : 'servers.generate';
      const profile = await this.#api.call(call, { serverId, fromProfile });
      await this.#refresh();
      this.selectedId = profile.id;
    });
  }

  /** A copy for calls only; it becomes the selected one. */
  async split(id: string): Promise<void> {
    await attempt(this, async () => {
      const { profile } = await this.#api.call('profiles.split', { id });
      await this.#refresh();
      this.selectedId = profile.id;
    });
  }

  async #refresh(): Promise<void> {
    this.list = await this.#api.call('profiles.list', {});
  }

  async #import(read: () => Promise<Args<'profiles.import'>['files']>): Promise<void> {
    this.importing = true;
    await attempt(this, async () => {
      const files = await read();
      this.outcomes = await this.#api.call('profiles.import', { files });
      await this.#refresh();
      const added = this.outcomes.find((outcome) => outcome.ok);
      if (added) this.selectedId = added.profile.id;
    });
    this.importing = false;
  }
}
