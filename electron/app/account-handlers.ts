import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { ApiError } from '../api/errors.ts';
import type { Handlers } from '../api/schema.ts';
import { summaryOf } from '../profile/stored.ts';
import type { ProfileWarning, StoredProfile } from '../profile/types.ts';
import { genkey, pubkey } from '../profile/wg/commands.ts';
import type { openApi, ProviderApi } from '../servers/accounts/api.ts';
import { deviceView, type RegisteredDevice } from '../servers/accounts/device.ts';
import { AccountError } from '../servers/accounts/errors.ts';
import { loadAccountProviders, type AccountProviders } from '../servers/accounts/load-providers.ts';
import { registeredProfile } from '../servers/accounts/profile.ts';
import { viewOf, type AccountProvider, type AccountSecret } from '../servers/accounts/provider.ts';
import type { Recipe, Registration } from '../servers/accounts/recipe.ts';
import { recipes } from '../servers/accounts/recipes/recipes.ts';
import { readSecret } from '../servers/accounts/secret.ts';
import { sharingOf } from '../servers/accounts/sharing.ts';
import type { Server } from '../servers/types.ts';
import type { Collection } from '../store/collection.ts';
import { keepProfile } from './profile-handlers.ts';
import { placeName, storable, unknownServer } from './server-handlers.ts';
import type { ServerListRoom } from './server-list.ts';

export interface AccountDependencies extends Pick<ServerListRoom, 'list'> {
  /** `resources/servers/accounts`. */
  folder: string;
  /** File of NODE_EXTRA_CA_CERTS. */
  extraRootsFile?: string;
  openApi: typeof openApi;
  devices: Collection<RegisteredDevice>;
  profiles: Collection<StoredProfile>;
  now: () => Date;
}

type AccountHandlers = Pick<
  Handlers,
  | 'accounts.providers'
  | 'accounts.places'
  | 'accounts.register'
  | 'accounts.devices'
  | 'accounts.sharing'
  | 'accounts.giveBack'
>;

/** A provider that can be spoken to. */
interface Contact {
  provider: AccountProvider & { asks: NonNullable<AccountProvider['asks']> };
  recipe: Recipe;
  api: ProviderApi;
}

export function createAccountHandlers(dependencies: AccountDependencies): AccountHandlers {
  const { devices, now } = dependencies;
  const contacts = openContacts(dependencies);
  const today = (): string => now().toISOString().slice(0, 10);
  return {
    'accounts.providers': async () => (await contacts.providers()).map(viewOf),
    'accounts.places': async ({ provider }, { signal }) => {
      const { recipe, api } = await contacts.open(provider, signal);
      return (await recipe.servers?.(api, today())) ?? [];
    },
    'accounts.register': async ({ serverId, account, purpose }, { signal }) => {
      const listed = (await dependencies.list()).list.servers.find(({ id }) => id === serverId);
      // A provider's own servers have ids that begin with the provider's.
      const contact = await contacts.open(listed?.provider ?? serverId.split('/', 1)[0] ?? '', signal);
      if (purpose === 'phone' && !contact.provider.secondKey) throw oneKeyOnly(contact.provider);
      const secret = secretOf(contact, account);
      const own = listed ? [] : ((await contact.recipe.servers?.(contact.api, today())) ?? []);
      const server = listed ?? own.find(({ id }) => id === serverId);
      if (!server) throw unknownServer();
      return summaryOf(await register(dependencies, contact, server, secret, purpose));
    },
    'accounts.devices': async () => {
      const all = await devices.list();
      return all.sort((a, b) => a.createdAt.localeCompare(b.createdAt)).map(deviceView);
    },
    'accounts.sharing': async ({ profile }) => {
      const stored = await dependencies.profiles.get(profile);
      return sharingOf(stored, await devices.list(), await contacts.providers());
    },
    'accounts.giveBack': async ({ id, account }, { signal }) => {
      const device = await devices.get(id);
      const contact = await contacts.open(device.provider, signal);
      const secret = account === undefined ? undefined : secretOf(contact, account);
      if (contact.provider.giveBack === 'account' && secret === undefined) throw accountNeeded(contact.provider);
      await contact.recipe.giveBack?.(contact.api, device.handle, secret);
      await devices.remove(id);
      return null;
    },
  };
}

interface Contacts {
  providers(): Promise<readonly AccountProvider[]>;
  /** Throws AccountError `account-needs-file`, with the way to that file, where no interface is documented. */
  open(id: string, signal: AbortSignal): Promise<Contact>;
}

function openContacts({ folder, extraRootsFile, openApi }: AccountDependencies): Contacts {
  let loaded: Promise<AccountProviders> | undefined;
  const load = (): Promise<AccountProviders> => (loaded ??= loadAccountProviders(folder));
  return {
    providers: async () => (await load()).providers,
    open: async (id, signal) => {
      const { providers, authorities } = await load();
      const provider = providers.find((other) => other.id === id);
      if (!provider) throw unknownServer();
      const { asks, ca } = provider;
      if (provider.recipe === null || asks === null) throw new AccountError('account-needs-file', provider);
      const extraRoots = extraRootsFile === undefined ? undefined : await readFile(extraRootsFile, 'utf8');
      const authority = ca === null ? undefined : authorities.get(ca);
      const api = openApi({ provider, authority, extraRoots, signal });
      return { provider: { ...provider, asks }, recipe: recipes[provider.recipe], api };
    },
  };
}

function secretOf({ provider }: Contact, text: string): AccountSecret {
  const secret = readSecret(provider.asks, text);
  if (secret === undefined) throw new AccountError('account-form', provider);
  return secret;
}

async function register(
  { devices, profiles, now }: AccountDependencies,
  { provider, recipe, api }: Contact,
  server: Server,
  secret: AccountSecret,
  purpose: RegisteredDevice['purpose'],
): Promise<StoredProfile> {
  const privateKey = genkey();
  const registration = await recipe.register(api, secret, pubkey(privateKey), server);
  const { handle, expiresAt } = registration;
  const id = `d-${randomBytes(8).toString('hex')}`;
  try {
    const made = registeredProfile(registration, privateKey, server);
    const name = purpose === 'phone' ? `${placeName(server)}, phone` : placeName(server);
    const profile = await storable(made, name);
    const key = { provider: provider.id, profile: profile.id, publicKey: pubkey(made.privateKey), purpose };
    await devices.put({ id, ...key, createdAt: now().toISOString(), expiresAt, handle });
    const warnings = [...profile.warnings, ...expiryWarning(registration)];
    return await keepProfile({ profiles, now }, { ...profile, provider: provider.id, warnings });
  } catch (error) {
    // Without a profile nobody could use the key, and it would take a place in the account.
    await recipe.giveBack?.(api, handle, secret).catch(() => undefined);
    await devices.remove(id).catch(() => undefined);
    throw error;
  }
}

function expiryWarning({ expiresAt }: Registration): ProfileWarning[] {
  if (expiresAt === null) return [];
  const text = `the provider forgets this key on ${expiresAt.slice(0, 10)}; make the profile anew with your account then`;
  return [{ code: 'key-expires', text }];
}

function oneKeyOnly({ name, id }: AccountProvider): ApiError {
  return new ApiError({
    code: 'not-supported',
    message: `${name} has one key for all devices of an account, so that the phone cannot have its own. Use its app there.`,
    details: { provider: id },
  });
}

function accountNeeded({ name, id }: AccountProvider): ApiError {
  return new ApiError({
    code: 'bad-request',
    message: `${name} wants the account to give the key back: add --account.`,
    details: { provider: id },
  });
}
