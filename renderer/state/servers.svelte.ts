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
  providerOf(profile: ProfileSummary): Provider | undefined {
    if (profile.kind !== 'wireguard' || profile.provider === null) return undefined;
    return this.view?.providers.find(({ id, oneKeyForAll }) => oneKeyForAll && id === profile.provider);
  }
}
