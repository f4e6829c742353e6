import type { ErrorRecord } from '../../electron/api/errors.ts';
import type {
  AccountProviderView,
  Api,
  Args,
  ProfileSummary,
  RegisteredDeviceView,
  Server,
} from '../../electron/api/schema.ts';
import { toErrorRecord } from './errors.ts';

type Purpose = RegisteredDeviceView['purpose'];
type Work = 'places' | 'registering' | 'giving-back';

/**
 * Getting a key with an account. What proves the account passes through here on its way to the app and is in no state: not
 * while it is under way, and not after.
 */
export class AccountState {
  /** Open in the window. */
  open = $state(false);
  /** How often it was opened from elsewhere: each time it takes the focus. */
  begun = $state(0);
  providers = $state.raw<readonly AccountProviderView[]>([]);
  providerId = $state('');
  purpose = $state<Purpose>('computer');
  /** Servers of the provider's own list, when it was asked for. */
  places = $state.raw<readonly Server[] | null>(null);
  devices = $state.raw<readonly RegisteredDeviceView[]>([]);
  work = $state<Work | null>(null);
  added = $state.raw<ProfileSummary | null>(null);
  /** The provider that has just taken a key back. */
  returnedTo = $state<string | null>(null);
  error = $state.raw<ErrorRecord | null>(null);

  readonly provider = $derived(this.providers.find(({ id }) => id === this.providerId) ?? null);

  readonly #api: Api;
  #controller: AbortController | undefined;

  constructor(api: Api) {
    this.#api = api;
  }

  /** Reads what this computer knows; asks nobody. */
  async load(): Promise<void> {
    await this.#try(async () => {
      this.providers = await this.#api.call('accounts.providers', {});
      this.devices = await this.#api.call('accounts.devices', {});
    });
  }

  /** Opens the form for one provider, for instance for a key of the phone's own. */
  async begin(providerId: string, purpose: Purpose): Promise<void> {
    this.open = true;
    this.choose(providerId);
    this.purpose = purpose;
    await this.load();
    this.begun += 1;
  }

  choose(providerId: string): void {
    this.cancel();
    this.providerId = providerId;
    this.purpose = 'computer';
    this.places = null;
    this.#forget();
  }

  /** Asks the provider where it has servers. */
  async askPlaces(): Promise<void> {
    const provider = this.providerId;
    await this.#during('places', async (signal) => {
      const places = await this.#api.call('accounts.places', { provider }, { signal });
      if (this.providerId === provider) this.places = places;
    });
  }

  /** Gives the new profile; null when it was refused or cancelled. */
  async register(serverId: string, account: string): Promise<ProfileSummary | null> {
    const { purpose } = this;
    await this.#during('registering', async (signal) => {
      this.added = await this.#api.call('accounts.register', { serverId, account, purpose }, { signal });
      this.devices = await this.#api.call('accounts.devices', {});
    });
    return this.added;
  }

  /** The same for an OpenVPN server; of a provider without accounts nothing is typed. */
  async openVpn(wanted: Args<'accounts.openVpn'>): Promise<ProfileSummary | null> {
    await this.#during('registering', async (signal) => {
      this.added = await this.#api.call('accounts.openVpn', wanted, { signal });
    });
    return this.added;
  }

  async giveBack(device: RegisteredDeviceView, account: string | undefined): Promise<void> {
    await this.#during('giving-back', async (signal) => {
      const args = { id: device.id, ...(account !== undefined && { account }) };
      await this.#api.call('accounts.giveBack', args, { signal });
      this.returnedTo = device.provider;
      this.devices = await this.#api.call('accounts.devices', {});
    });
  }

  cancel(): void {
    this.#controller?.abort();
  }

  #forget(): void {
    this.added = null;
    this.returnedTo = null;
    this.error = null;
  }

  async #during(work: Work, action: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.cancel();
    const controller = new AbortController();
    this.#controller = controller;
    this.#forget();
    this.work = work;
    await this.#try(() => action(controller.signal));
    if (this.#controller === controller) this.work = null;
  }

  async #try(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      const record = toErrorRecord(error);
      if (record.code !== 'cancelled') this.error = record;
    }
  }
}
