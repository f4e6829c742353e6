import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../electron/api/errors.ts';
import type { Handlers } from '../../../electron/api/schema.ts';
import { AccountState } from '../../../renderer/state/account.svelte.ts';
import { createFakeApi, type FakeApi } from '../fake-api.ts';
import { accountProviders, device, profile } from '../samples.ts';

const number = '5712903846151032';

async function opened(overrides: Partial<Handlers> = {}): Promise<{ account: AccountState; fake: FakeApi }> {
  const fake = createFakeApi({
    'accounts.providers': () => Promise.resolve(accountProviders),
    'accounts.register': () => Promise.resolve(profile),
    'accounts.devices': () => Promise.resolve([device]),
    ...overrides,
  });
  const account = new AccountState(fake.api);
  await account.load();
  account.choose('example');
  return { account, fake };
}

/** Everything that somebody could find in the window's memory of it. */
const seen = (account: AccountState): string =>
  JSON.stringify([account.error, account.added, account.places, account.devices, account.providers]);

describe('an account', () => {
  it('becomes a profile, and stays nowhere in the window', async () => {
    const { account, fake } = await opened();
    account.purpose = 'phone';
    const asked = account.register('example/es', number);
    expect(account.work).toBe('registering');
    expect(seen(account)).not.toContain(number);
    expect(await asked).toEqual(profile);
    expect([account.work, account.error]).toEqual([null, null]);
    expect(account.devices).toEqual([device]);
    expect(seen(account)).not.toContain(number);
    expect(fake.calls.find(({ name }) => name === 'accounts.register')?.args).toEqual({
      serverId: 'example/es',
      account: number,
      purpose: 'phone',
    });
  });

  it('that is refused leaves the reason until the next try', async () => {
    let refuses = true;
    const refused = new ApiError({ code: 'account-refused', message: 'No.' });
    const { account } = await opened({
      'accounts.register': () => (refuses ? Promise.reject(refused) : Promise.resolve(profile)),
    });
    expect(await account.register('example/es', number)).toBeNull();
    expect(account.error?.code).toBe('account-refused');
    refuses = false;
    await account.register('example/es', number);
    expect(account.error).toBeNull();
  });

  it('is cancelled without a trace', async () => {
    const { account } = await opened({
      'accounts.register': (_, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new ApiError({ code: 'cancelled', message: '' })));
        }),
    });
    const asked = account.register('example/es', number);
    account.cancel();
    expect(await asked).toBeNull();
    expect([account.work, account.error, account.added]).toEqual([null, null, null]);
  });

  it('of another provider forgets places and troubles of the one before', async () => {
    const { account } = await opened({ 'accounts.places': () => Promise.resolve([]) });
    await account.askPlaces();
    expect(account.places).toEqual([]);
    account.choose('other');
    expect([account.places, account.error, account.provider?.name]).toEqual([null, null, 'Other VPN']);
  });

  it('can be opened for a key of the phone', async () => {
    const { account } = await opened();
    await account.begin('example', 'phone');
    expect([account.open, account.provider?.id, account.purpose, account.begun]).toEqual([true, 'example', 'phone', 1]);
  });
});

describe('a key from here', () => {
  it('is given back, with the account only where it is wanted', async () => {
    let devices = [device];
    const { account, fake } = await opened({
      'accounts.devices': () => Promise.resolve(devices),
      'accounts.giveBack': () => {
        devices = [];
        return Promise.resolve(null);
      },
    });
    await account.giveBack(device, undefined);
    expect([account.devices, account.returnedTo]).toEqual([[], 'example']);
    await account.giveBack(device, number);
    const asked = fake.calls.filter(({ name }) => name === 'accounts.giveBack').map(({ args }) => args);
    expect(asked).toEqual([{ id: device.id }, { id: device.id, account: number }]);
    expect(seen(account)).not.toContain(number);
  });
});
