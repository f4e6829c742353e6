import { ApiError } from '../api/errors.ts';
import type { CheckedArgs, Handlers } from '../api/schema.ts';
import { importProfiles, type NewProfile } from '../profile/import.ts';
import { isCredential } from '../profile/openvpn/user-pass.ts';
import { summaryOf } from '../profile/stored.ts';
import type { OpenVpnProfile, ProfileWarning, StoredProfile } from '../profile/types.ts';
import { AccountError } from '../servers/accounts/errors.ts';
import type { AccountProvider } from '../servers/accounts/provider.ts';
import { loginOf } from '../servers/accounts/recipe.ts';
import { GenerateError } from '../servers/errors.ts';
import { loginProfile } from '../servers/openvpn/login.ts';
import { placedServer } from '../servers/openvpn/remotes.ts';
import { swapServer } from '../servers/openvpn/swap.ts';
import { recogniseProvider } from '../servers/recognise.ts';
import type { Server } from '../servers/types.ts';
import type { Collection } from '../store/collection.ts';
import { keepProfile } from './profile-handlers.ts';
import { secretOf, type Contacts } from './provider-contacts.ts';
import { placeName, storable, unknownServer } from './server-handlers.ts';
import type { ServerListRoom } from './server-list.ts';

export interface OpenVpnDependencies extends Pick<ServerListRoom, 'list'> {
  contacts: Contacts;
  profiles: Collection<StoredProfile>;
  now: () => Date;
}

type Wanted = CheckedArgs<'accounts.openVpn'>;
type Access = NonNullable<AccountProvider['openvpn']>;
/** A provider whose OpenVPN servers can be reached from here. */
type Opened = AccountProvider & { openvpn: Access };
type Draft = Omit<NewProfile, 'provider'>;

export function createOpenVpnHandlers(dependencies: OpenVpnDependencies): Pick<Handlers, 'accounts.openVpn'> {
  return {
    'accounts.openVpn': async (wanted, { signal }) => {
      const listed = (await dependencies.list()).list.servers.find(({ id }) => id === wanted.serverId);
      const provider = await dependencies.contacts.provider(listed?.provider ?? wanted.serverId.split('/', 1)[0] ?? '');
      const { openvpn } = provider;
      if (openvpn === null) throw new GenerateError('no-openvpn');
      const opened = { ...provider, openvpn };
      if (openvpn.strangers && !wanted.acceptStrangers) throw new AccountError('consent-needed', provider);
      const draft = openvpn.recipe
        ? await offered(dependencies, opened, wanted, signal)
        : await composed(dependencies, opened, listed, wanted, signal);
      return summaryOf(await keepProfile(dependencies, { ...draft, provider: provider.id }));
    },
  };
}

/** From a provider that wants no account. */
async function offered(
  { contacts }: OpenVpnDependencies,
  provider: Opened,
  { serverId }: Wanted,
  signal: AbortSignal,
): Promise<Draft> {
  const offer = (await contacts.offers(provider.id, signal)).find(({ server }) => server.id === serverId);
  if (!offer) throw unknownServer();
  const { bytes, expiresAt } = await offer.file();
  const [result] = await importProfiles([{ name: `${placeName(offer.server)}.ovpn`, bytes }]);
  if (!result?.ok || result.profile.kind !== 'openvpn')
    throw new AccountError('provider-answer-invalid', provider, null, { cause: result });
  const { profile } = result;
  return { ...profile, warnings: [...profile.warnings, ...strangersWarning(provider), ...endWarning(expiresAt)] };
}

/**
 * From a file of the provider, or from what comes with Sawt, with a name and a password where these were typed; where they
 * are not in the profile, connecting asks for them.
 */
async function composed(
  dependencies: OpenVpnDependencies,
  provider: Opened,
  listed: Server | undefined,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<Draft> {
  const own = wanted.account === undefined ? undefined : loginIn(provider, wanted.account);
  const base = await baseProfile(dependencies, provider, wanted.fromProfile);
  const login = own ?? base?.profile.userPass;
  const server = listed
    ? placedServer(listed, provider.openvpn)
    : await ownServer(dependencies, provider, wanted.serverId, signal);
  const made = base
    ? swapServer(base.profile, server, provider.marks.hostSuffixes)
    : loginProfile(server, provider.openvpn, (await dependencies.contacts.openVpnAuthority(provider)) ?? '');
  const draft = await storable({ ...made, ...(login && { userPass: login }) }, placeName(server));
  // The file that is written is sound in form; what was weak in the one it comes from still is.
  const weak = base?.warnings.filter(({ code }) => code.startsWith('weak-')) ?? [];
  const kept = weak.filter(({ code }) => !draft.warnings.some((warning) => warning.code === code));
  return { ...draft, warnings: [...draft.warnings, ...kept] };
}

async function ownServer(
  { contacts }: OpenVpnDependencies,
  { id, servers }: AccountProvider,
  serverId: string,
  signal: AbortSignal,
): Promise<Server> {
  if (servers === 'list') throw unknownServer();
  const server = (await contacts.places(id, signal)).find((other) => other.id === serverId);
  if (!server) throw unknownServer();
  return server;
}

function loginIn(provider: Opened, text: string): NonNullable<OpenVpnProfile['userPass']> {
  const { asks } = provider.openvpn;
  const login = asks && loginOf(secretOf(provider, asks, text));
  if (!login || !isCredential(login.username) || !isCredential(login.password))
    throw new AccountError('account-form', provider);
  return { required: true, ...login };
}

type Base = Pick<StoredProfile, 'warnings'> & { profile: OpenVpnProfile };

/**
 * The imported profile to start from: the one that was named, else any of the provider. Undefined where none is needed.
 * Throws ApiError `provider-mismatch`.
 */
async function baseProfile(
  { profiles, list }: OpenVpnDependencies,
  provider: Opened,
  id: string | undefined,
): Promise<Base | undefined> {
  if (id === undefined && provider.openvpn.ca !== null) return undefined;
  const candidates = id === undefined ? await profiles.list() : [await profiles.get(id)];
  const { list: servers } = await list();
  for (const { profile, warnings, provider: stored } of candidates) {
    if (profile.kind !== 'openvpn' || profile.split) continue;
    const owner = recogniseProvider(profile, servers, [provider]) ?? stored;
    if (owner !== null && owner !== provider.id && id !== undefined) throw new GenerateError('other-provider');
    // A profile that was named is taken at its word, where nothing tells whose it is.
    if (owner === provider.id || (id !== undefined && owner === null)) return { profile, warnings };
  }
  const { name, openvpn } = provider;
  const missing =
    id === undefined ? `No OpenVPN profile of ${name} has been imported` : 'This is no OpenVPN profile for all traffic';
  throw new ApiError({
    code: 'provider-mismatch',
    message: `${missing}, and the certificate of its servers is needed, which Sawt does not carry. ${openvpn.file}`,
    details: { provider: provider.id },
  });
}

function strangersWarning({ name, openvpn }: Opened): ProfileWarning[] {
  if (!openvpn.strangers) return [];
  const text = `The server is the computer of a stranger, who can see where you go and keeps records; nobody at ${name} has looked at it, and it may be your operator's.`;
  return [{ code: 'strangers', text }];
}

function endWarning(expiresAt: string | null): ProfileWarning[] {
  if (expiresAt === null) return [];
  const text = `its certificate ends on ${expiresAt.slice(0, 10)}; make the profile anew then`;
  return [{ code: 'key-expires', text }];
}
