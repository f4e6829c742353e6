import { readFile } from 'node:fs/promises';
import type { openApi, ProviderApi } from '../servers/accounts/api.ts';
import { AccountError } from '../servers/accounts/errors.ts';
import { loadAccountProviders, type AccountProviders } from '../servers/accounts/load-providers.ts';
import type { Offer } from '../servers/accounts/offer.ts';
import type { AccountProvider, AccountSecret } from '../servers/accounts/provider.ts';
import type { Recipe } from '../servers/accounts/recipe.ts';
import { freeRecipes } from '../servers/accounts/recipes/free.ts';
import { recipes } from '../servers/accounts/recipes/recipes.ts';
import { readSecret } from '../servers/accounts/secret.ts';
import type { Server } from '../servers/types.ts';
import { unknownServer } from './server-handlers.ts';

export interface ContactDependencies {
  /** `resources/servers/accounts`. */
  folder: string;
  /** File of NODE_EXTRA_CA_CERTS. */
  extraRootsFile?: string;
  openApi: typeof openApi;
  now: () => Date;
}

/** A provider that can be spoken to. */
export interface Contact {
  provider: AccountProvider & { asks: NonNullable<AccountProvider['asks']> };
  recipe: Recipe;
  api: ProviderApi;
}

export interface Contacts {
  providers(): Promise<readonly AccountProvider[]>;
  /** Throws ApiError `not-found`. */
  provider(id: string): Promise<AccountProvider>;
  /** Throws AccountError `account-needs-file`, with the way to that file, where no interface is documented. */
  open(id: string, signal: AbortSignal): Promise<Contact>;
  /** The provider's own list; empty where its servers are in ours. Asks the provider. */
  places(id: string, signal: AbortSignal): Promise<Server[]>;
  /** What a provider that wants no account has to give. Asks the provider; throws as `open` does. */
  offers(id: string, signal: AbortSignal): Promise<Offer[]>;
  /** PEM of the authority of a provider's OpenVPN servers, where it comes with Sawt. */
  openVpnAuthority(provider: AccountProvider): Promise<string | undefined>;
}

export function openContacts({ folder, extraRootsFile, openApi, now }: ContactDependencies): Contacts {
  let loaded: Promise<AccountProviders> | undefined;
  const load = (): Promise<AccountProviders> => (loaded ??= loadAccountProviders(folder));
  const today = (): string => now().toISOString().slice(0, 10);
  const providerOf = async (id: string): Promise<AccountProvider> => {
    const provider = (await load()).providers.find((other) => other.id === id);
    if (!provider) throw unknownServer();
    return provider;
  };
  const apiOf = async (provider: AccountProvider, signal: AbortSignal): Promise<ProviderApi> => {
    const extraRoots = extraRootsFile === undefined ? undefined : await readFile(extraRootsFile, 'utf8');
    const authority = provider.ca === null ? undefined : (await load()).authorities.get(provider.ca);
    return openApi({ provider, authority, extraRoots, signal });
  };
  const open = async (id: string, signal: AbortSignal): Promise<Contact> => {
    const provider = await providerOf(id);
    const { asks, recipe } = provider;
    if (recipe === null || asks === null) throw new AccountError('account-needs-file', provider);
    return { provider: { ...provider, asks }, recipe: recipes[recipe], api: await apiOf(provider, signal) };
  };
  const offers = async (id: string, signal: AbortSignal): Promise<Offer[]> => {
    const provider = await providerOf(id);
    const recipe = provider.openvpn?.recipe;
    if (!recipe) throw new AccountError('account-needs-file', provider);
    return freeRecipes[recipe](await apiOf(provider, signal), today());
  };
  return {
    providers: async () => (await load()).providers,
    provider: providerOf,
    open,
    offers,
    places: async (id, signal) => {
      if ((await providerOf(id)).openvpn?.recipe) return (await offers(id, signal)).map(({ server }) => server);
      const { recipe, api } = await open(id, signal);
      return (await recipe.servers?.(api, today())) ?? [];
    },
    openVpnAuthority: async ({ openvpn }) => (await load()).authorities.get(openvpn?.ca ?? ''),
  };
}

/** What was typed, in the form that the provider wants. Throws AccountError `account-form`. */
export function secretOf(provider: AccountProvider, asks: Contact['provider']['asks'], text: string): AccountSecret {
  const secret = readSecret(asks, text);
  if (secret === undefined) throw new AccountError('account-form', provider);
  return secret;
}
