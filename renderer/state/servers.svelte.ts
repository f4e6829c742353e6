import type { Api, ProfileSummary, Provider, ServersView } from '../../electron/api/schema.ts';

/** The signed server list, read when somebody may use it. */
export class ServersState {
  view = $state.raw<ServersView | null>(null);

  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  /** Without a usable list there is simply no offer of other servers. */
  async load(): Promise<void> {
    this.view = await this.#api.call('servers.list', {}).catch(() => null);
  }

  /** The provider whose other servers this profile's key opens too; undefined when there is none. */
  providerOf({ kind, provider }: ProfileSummary): Provider | undefined {
    // What lets one in to OpenVPN servers is the same for all of a provider's; a key of WireGuard may be for one alone.
    return this.view?.providers.find(({ id, oneKeyForAll }) => id === provider && (kind === 'openvpn' || oneKeyForAll));
  }
}
