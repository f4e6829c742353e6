import { randomBytes } from 'node:crypto';
import { ApiError } from '../api/errors.ts';
import type { Handlers } from '../api/schema.ts';
import { summaryOf } from '../profile/stored.ts';
import type { ProfileWarning, StoredProfile } from '../profile/types.ts';
import { genkey, pubkey } from '../profile/wg/commands.ts';
import { deviceView, type RegisteredDevice } from '../servers/accounts/device.ts';
import { registeredProfile } from '../servers/accounts/profile.ts';
import { viewOf, type AccountProvider, type AccountSecret } from '../servers/accounts/provider.ts';
import type { Registration } from '../servers/accounts/recipe.ts';
import { sharingOf } from '../servers/accounts/sharing.ts';
import type { Server } from '../servers/types.ts';
import type { Collection } from '../store/collection.ts';
import { keepProfile } from './profile-handlers.ts';
import { secretOf, type Contact, type Contacts } from './provider-contacts.ts';
import { placeName, storable, unknownServer } from './server-handlers.ts';
import type { ServerListRoom } from './server-list.ts';

export interface AccountDependencies extends Pick<ServerListRoom, 'list'> {
  contacts: Contacts;
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

export function createAccountHandlers(dependencies: AccountDependencies): AccountHandlers {
  const { contacts, devices } = dependencies;
  return {
    'accounts.providers': async () => (await contacts.providers()).map(viewOf),
    'accounts.places': ({ provider }, { signal }) => contacts.places(provider, signal),
    'accounts.register': async ({ serverId, account, purpose }, { signal }) => {
      const listed = (await dependencies.list()).list.servers.find(({ id }) => id === serverId);
      // A provider's own servers have ids that begin with the provider's.
      const contact = await contacts.open(listed?.provider ?? serverId.split('/', 1)[0] ?? '', signal);
      if (purpose === 'phone' && !contact.provider.secondKey) throw oneKeyOnly(contact.provider);
      const secret = secretOf(contact.provider, contact.provider.asks, account);
      const own = listed ? [] : await contacts.places(contact.provider.id, signal);
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
      const secret = account === undefined ? undefined : secretOf(contact.provider, contact.provider.asks, account);
      if (contact.provider.giveBack === 'account' && secret === undefined) throw accountNeeded(contact.provider);
      await contact.recipe.giveBack?.(contact.api, device.handle, secret);
      await devices.remove(id);
      return null;
    },
  };
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
