import { afterEach, describe, expect, it } from 'vitest';
import type { AccountSecret } from '../../../electron/servers/accounts/provider.ts';
import type { Recipe } from '../../../electron/servers/accounts/recipe.ts';
import { recipes } from '../../../electron/servers/accounts/recipes/recipes.ts';
import type { Mood, ProviderApi as FakeApi } from '../../lab/world/providers/api.ts';
import { azirevpn } from '../../lab/world/providers/azirevpn.ts';
import { ivpn } from '../../lab/world/providers/ivpn.ts';
import { accounts, type AccountProviderId } from '../../lab/world/providers/known.ts';
import { mullvad } from '../../lab/world/providers/mullvad.ts';
import { nordvpn } from '../../lab/world/providers/nordvpn.ts';
import { pia } from '../../lab/world/providers/pia.ts';
import { surfshark } from '../../lab/world/providers/surfshark.ts';
import { keyOf, server as listed } from '../samples.ts';
import { apiTo, movedTo, quietOffice, serveFake, type LocalServer } from './fake-providers.ts';

const fakes: Record<Exclude<AccountProviderId, 'pia'>, FakeApi> = { mullvad, ivpn, azirevpn, nordvpn, surfshark };
type FakeId = keyof typeof fakes;

const secrets: Record<AccountProviderId, AccountSecret> = {
  mullvad: { kind: 'number', number: accounts.mullvad },
  ivpn: { kind: 'number', number: accounts.ivpn },
  azirevpn: { kind: 'login', ...accounts.azirevpn },
  nordvpn: { kind: 'token', token: accounts.nordvpn },
  surfshark: { kind: 'login', ...accounts.surfshark },
  pia: { kind: 'login', ...accounts.pia },
};
const wrong: Record<AccountSecret['kind'], AccountSecret> = {
  number: { kind: 'number', number: '0000000000000000' },
  login: { kind: 'login', username: 'lantern', password: 'wrong' },
  token: { kind: 'token', token: '0'.repeat(64) },
};

let server: LocalServer | undefined;
afterEach(() => server?.close());

interface Bed {
  recipe: Recipe;
  api: ReturnType<typeof apiTo>;
  office: ReturnType<typeof quietOffice>;
}

async function bed(id: FakeId, mood?: Mood): Promise<Bed> {
  const office = quietOffice(mood);
  server = await serveFake(fakes[id], office);
  return { recipe: recipes[id], api: apiTo(await movedTo(server.port, id)), office };
}

describe.each(['mullvad', 'ivpn', 'azirevpn', 'nordvpn', 'surfshark'] as const)('%s', (id) => {
  it('gives a tunnel address for a key of ours', async () => {
    const { recipe, api, office } = await bed(id);
    const made = await recipe.register(api, secrets[id], keyOf(7), listed(1));
    expect(made.addresses[0]).toMatch(/^10\.(66\.0\.1\/32|5\.0\.2\/32|14\.0\.2\/16)$/);
    expect(made.dns.length).toBeGreaterThan(0);
    // NordVPN makes the key itself; from every other provider only our public half has come back.
    if (id === 'nordvpn') expect(made.privateKey).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    else expect(office.registered).toEqual([keyOf(7)]);
  });

  it('does not know a wrong account', async () => {
    const { recipe, api, office } = await bed(id);
    const attempt = recipe.register(api, wrong[secrets[id].kind], keyOf(7), listed(1));
    await expect(attempt).rejects.toMatchObject({ code: 'account-refused' });
    expect(office.registered).toEqual([]);
  });
});

it.each(['mullvad', 'ivpn', 'azirevpn'] as const)('%s says when the account has too many devices', async (id) => {
  const { recipe, api } = await bed(id, 'full');
  const attempt = recipe.register(api, secrets[id], keyOf(7), listed(1));
  await expect(attempt).rejects.toMatchObject({ code: 'too-many-devices' });
});

it('IVPN says when no time is left', async () => {
  const { recipe, api } = await bed('ivpn', 'inactive');
  const attempt = recipe.register(api, secrets.ivpn, keyOf(7), listed(1));
  await expect(attempt).rejects.toMatchObject({ code: 'account-inactive' });
});

it.each(['mullvad', 'ivpn'] as const)('%s takes a key back, and minds not when it is gone', async (id) => {
  const { recipe, api, office } = await bed(id);
  const { handle } = await recipe.register(api, secrets[id], keyOf(7), listed(1));
  // Mullvad wants the account for this, IVPN the session that was kept.
  const account = id === 'mullvad' ? secrets.mullvad : undefined;
  await recipe.giveBack?.(api, handle, account);
  expect(office.registered).toEqual([]);
  await recipe.giveBack?.(api, handle, account);
});

it.each([
  ['nordvpn', { id: 'nordvpn/es201', ipv4: '23.250.200.10', wireguard: { publicKey: keyOf(1), ports: [51820] } }],
  ['surfshark', { id: 'surfshark/es-mad', ipv4: null, wireguard: { publicKey: keyOf(1), ports: [51820] } }],
] as const)('%s names its own servers', async (id, expected) => {
  const { recipe, api } = await bed(id);
  expect(await recipe.servers?.(api, '2026-11-24')).toMatchObject([{ ...expected, country: 'ES', city: 'Madrid' }]);
});

describe('Private Internet Access', () => {
  it('registers with each server itself, under the name that its list gives', async () => {
    const office = quietOffice();
    server = await serveFake(pia, office);
    const provider = await movedTo(server.port, 'pia');
    const atHome = apiTo(provider);
    // Only the main host has a known address here.
    const api = { ...atHome, call: ((request) => atHome.call({ ...request, origin: 'main' })) as typeof atHome.call };
    const [place] = (await recipes.pia.servers?.(api, '2026-11-24')) ?? [];
    expect(place).toMatchObject({ id: 'pia/spain', hostname: 'madrid401', ipv4: '23.250.200.12', wireguard: null });
    if (!place) return;
    // The server of the list is not here; the one on loopback stands in for it.
    const toServer = {
      ...api,
      callServer: ((request) => api.call({ ...request, origin: 'main' })) as typeof api.callServer,
    };
    expect(await recipes.pia.register(toServer, secrets.pia, keyOf(7), place)).toMatchObject({
      addresses: ['10.66.0.1/32'],
      dns: ['10.0.0.243'],
      peer: { publicKey: keyOf(1), endpoint: { host: '23.250.200.12', port: 1337 } },
    });
    expect(office.registered).toEqual([keyOf(7)]);
    const refused = recipes.pia.register(toServer, wrong.login, keyOf(8), place);
    await expect(refused).rejects.toMatchObject({ code: 'account-refused' });
  });
});
