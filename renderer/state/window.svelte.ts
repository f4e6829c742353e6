import type { Api, AppInfo, Doctor } from '../../electron/api/schema.ts';
import type { Client } from '../client/connect.ts';
import { AccountState } from './account.svelte.ts';
import { CheckState } from './check.svelte.ts';
import { OwnServersState } from './own-servers.svelte.ts';
import { HandOnState } from './hand-on.svelte.ts';
import { HistoryState } from './history.svelte.ts';
import { ListsState } from './lists.svelte.ts';
import { PhoneState } from './phone.svelte.ts';
import { ProfilesState } from './profiles.svelte.ts';
import { RelayState } from './relay.svelte.ts';
import { ServersState } from './servers.svelte.ts';
import { SettingsState } from './settings.svelte.ts';
import { TunnelState } from './tunnel.svelte.ts';

export type ScreenName = 'check' | 'connect' | 'history' | 'settings';

/** Everything the window shows, by feature. */
export class WindowState {
  screen = $state<ScreenName>('check');
  info = $state.raw<AppInfo | null>(null);
  doctor = $state.raw<Doctor | null>(null);
  /** Sawt itself is gone; nothing can be asked any more. */
  lost = $state(false);

  readonly check: CheckState;
  readonly tunnel: TunnelState;
  readonly profiles: ProfilesState;
  readonly account: AccountState;
  readonly phone: PhoneState;
  readonly servers: ServersState;
  readonly ownServers: OwnServersState;
  readonly history: HistoryState;
  readonly lists: ListsState;
  readonly handOn: HandOnState;
  readonly relay: RelayState;
  readonly settings: SettingsState;
  readonly #api: Api;

  constructor({ api, onLost }: Client, systemLanguages: readonly string[]) {
    this.#api = api;
    this.check = new CheckState(api);
    this.tunnel = new TunnelState(api);
    this.profiles = new ProfilesState(api);
    this.account = new AccountState(api);
    this.phone = new PhoneState(api);
    this.servers = new ServersState(api);
    this.ownServers = new OwnServersState(api);
    this.history = new HistoryState(api);
    this.lists = new ListsState(api, () => this.#loadLists());
    this.handOn = new HandOnState(api, () => this.#loadLists());
    this.relay = new RelayState(api);
    this.settings = new SettingsState(api, systemLanguages);
    onLost(() => (this.lost = true));
  }

  /** Reads what this computer already knows. Nothing of this goes to the network. */
  async load(): Promise<void> {
    await Promise.all([
      this.settings.load(),
      this.check.loadLast(),
      this.tunnel.load(),
      this.profiles.load(),
      this.ownServers.load(),
      this.relay.load(),
      this.#loadLists(),
      this.examine(),
    ]);
  }

  /** The signed lists and their dates. */
  async #loadLists(): Promise<void> {
    await Promise.all([
      this.servers.load(),
      this.#api.call('app.info', {}).then(
        (info) => (this.info = info),
        () => undefined,
      ),
    ]);
  }

  /** Looks again at what this computer has. Without an answer, connecting is simply tried. */
  async examine(): Promise<void> {
    this.doctor = await this.#api.call('doctor.run', {}).catch(() => null);
  }
}
