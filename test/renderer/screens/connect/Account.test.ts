import { fireEvent, screen } from '@testing-library/svelte';
import '@testing-library/svelte/vitest';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../../electron/api/errors.ts';
import type { Handlers } from '../../../../electron/api/schema.ts';
import { en } from '../../../../renderer/text/en/en.ts';
import type { FakeApi } from '../../fake-api.ts';
import { openWindow } from '../../open-window.ts';
import { accountProviders, device, profile, serversView } from '../../samples.ts';

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const { accounts: text, troubles } = en;
const number = '5712 9038 4615 1032';

async function openForm(provider: string, overrides: Partial<Handlers> = {}): Promise<FakeApi> {
  const { fake, sawt } = await openWindow({
    'servers.list': () => Promise.resolve(serversView),
    'accounts.providers': () => Promise.resolve(accountProviders),
    'accounts.register': () => Promise.resolve({ ...profile, name: 'Made' }),
    ...overrides,
  });
  sawt.screen = 'connect';
  await settled();
  sawt.account.open = true;
  await sawt.account.load();
  await settled();
  await fireEvent.change(screen.getByLabelText(text.provider), { target: { value: provider } });
  await settled();
  return fake;
}

const field = (label: string): HTMLInputElement => screen.getByLabelText(label);
const type = (label: string, value: string): Promise<boolean> => fireEvent.input(field(label), { target: { value } });
const choosePlace = (value: string): Promise<boolean> =>
  fireEvent.change(screen.getByLabelText(text.place), { target: { value } });
const press = async (name: string): Promise<void> => {
  await fireEvent.click(screen.getByRole('button', { name }));
  await settled();
};

describe('OpenVPN', () => {
  const openvpn = { ports: { udp: [1194], tcp: [443] } };
  const places: Partial<Handlers> = {
    'accounts.places': () => Promise.resolve(serversView.servers.map((server) => ({ ...server, openvpn }))),
    'accounts.openVpn': () => Promise.resolve({ ...profile, id: 'p-new', kind: 'openvpn', name: 'Made' }),
  };
  const asked = (fake: FakeApi): unknown => fake.calls.find(({ name }) => name === 'accounts.openVpn')?.args;

  it('takes a name and a password, and says that a file is needed and what is kept', async () => {
    const fake = await openForm('live', places);
    await press(text.askPlaces);
    await fireEvent.click(screen.getByLabelText(text.protocols.openvpn));
    expect(document.body.textContent).toContain('first add one OpenVPN file');
    expect(document.body.textContent).toContain('stay in the profile');
    expect(screen.queryByText(text.forWhom)).toBeNull();
    await choosePlace('es-mad-1');
    await type(text.username, 'lantern');
    await type(text.password, 'wet stone');
    await press(text.makeProfile);
    expect(asked(fake)).toMatchObject({ serverId: 'es-mad-1', account: 'lantern\nwet stone' });
    expect(document.body.innerHTML).not.toContain('wet stone');
  });

  it('forgets what was typed for one kind of tunnel when the other is chosen', async () => {
    await openForm('live', places);
    await type(text.password, 'wet stone');
    await fireEvent.click(screen.getByLabelText(text.protocols.openvpn));
    expect(field(text.password).value).toBe('');
  });

  it('of a provider that wants no account is one choice and one button', async () => {
    const fake = await openForm('gift', places);
    expect(screen.queryByLabelText(text.password)).toBeNull();
    expect(document.body.textContent).not.toContain(text.free.strangers.title);
    await press(text.askPlaces);
    await choosePlace('es-mad-1');
    await press(text.makeProfile);
    expect(asked(fake)).toMatchObject({ serverId: 'es-mad-1', acceptStrangers: false });
  });

  it('of strangers is not to be had before the warning is accepted', async () => {
    const fake = await openForm('crowd', places);
    expect(document.body.textContent).toContain(text.free.strangers.text);
    await press(text.askPlaces);
    await choosePlace('es-mad-1');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: text.makeProfile }).disabled).toBe(true);
    await fireEvent.submit(screen.getByRole('button', { name: text.makeProfile }).closest('form') as HTMLFormElement);
    expect(asked(fake)).toBeUndefined();
    await fireEvent.click(screen.getByLabelText(text.free.strangers.accept));
    await press(text.makeProfile);
    expect(asked(fake)).toMatchObject({ acceptStrangers: true });
  });
});

describe('somebody with an account', () => {
  it('types it masked, chooses a place, and has a profile; the field is empty at once', async () => {
    let answer: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => (answer = resolve));
    const fake = await openForm('example', {
      'accounts.register': () => asked.then(() => ({ ...profile, id: 'p-new', name: 'Made' })),
      'profiles.list': () => Promise.resolve([profile, { ...profile, id: 'p-new', name: 'Made' }]),
    });
    expect(field(text.number).type).toBe('password');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: text.register }).disabled).toBe(true);
    await type(text.number, number);
    await choosePlace('fr-par-1');
    await press(text.register);
    expect(field(text.number).value).toBe('');
    expect(document.body.textContent).toContain('Asking Example VPN');
    answer();
    await settled();
    await settled();
    expect(fake.calls.find(({ name }) => name === 'accounts.register')?.args).toMatchObject({
      serverId: 'fr-par-1',
      account: number,
      purpose: 'computer',
    });
    expect(screen.getByRole<HTMLInputElement>('radio', { name: /Made/ }).checked).toBe(true);
    expect(document.body.innerHTML).not.toContain(number);
  });

  it('gives user name and password on two lines, for a place that the provider itself names', async () => {
    const fake = await openForm('live', { 'accounts.places': () => Promise.resolve(serversView.servers) });
    expect(screen.queryByLabelText(text.place)).toBeNull();
    await press(text.askPlaces);
    await choosePlace('es-mad-1');
    await type(text.username, 'lantern');
    await type(text.password, 'wet stone');
    await press(text.register);
    expect(fake.calls.find(({ name }) => name === 'accounts.register')?.args).toMatchObject({
      account: 'lantern\nwet stone',
    });
  });

  it('is told why there is no key, and how long to wait', async () => {
    const pause = { code: 'too-many-requests', message: 'Wait.', details: { waitSeconds: 30 } } as const;
    await openForm('example', { 'accounts.register': () => Promise.reject(new ApiError(pause)) });
    await type(text.number, number);
    await choosePlace('es-mad-1');
    await press(text.register);
    expect(screen.getByRole('alert').textContent).toContain(troubles['too-many-requests'].todo);
    expect(screen.getByRole('alert').textContent).toContain('30');
  });

  it('can stop it', async () => {
    await openForm('example', {
      'accounts.register': (_, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new ApiError({ code: 'cancelled', message: '' })));
        }),
    });
    await type(text.number, number);
    await choosePlace('es-mad-1');
    await press(text.register);
    await press(en.shell.cancel);
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.queryByText(/Asking Example/)).toBeNull();
  });

  it('of a provider that gives files only is shown where', async () => {
    await openForm('other');
    expect(document.body.textContent).toContain('https://other.example/keys');
    expect(screen.queryByRole('button', { name: text.register })).toBeNull();
  });

  it('gives keys back, with the account where the provider wants it', async () => {
    const fake = await openForm('example', {
      'accounts.devices': () => Promise.resolve([{ ...device, provider: 'strict' }]),
      'accounts.giveBack': () => Promise.resolve(null),
    });
    await press('Give the key back: \u2068Strict VPN\u2069');
    const [, again] = screen.getAllByLabelText<HTMLInputElement>(text.number);
    if (!again) throw new Error('the account is not asked for');
    await fireEvent.input(again, { target: { value: number } });
    await press(text.keys.giveBack);
    expect(fake.calls.find(({ name }) => name === 'accounts.giveBack')?.args).toEqual({
      id: device.id,
      account: number,
    });
    expect(document.body.textContent).toContain(text.keys.returned);
  });
});

describe('a phone', () => {
  it('is offered a key of its own where the provider gives one', async () => {
    const { sawt } = await openWindow({
      'profiles.list': () => Promise.resolve([profile]),
      'profiles.qr': () => Promise.resolve({ content: '<svg/>', dense: false }),
      'accounts.providers': () => Promise.resolve(accountProviders),
      'accounts.sharing': () =>
        Promise.resolve({ warnings: [{ code: 'shared-key', text: '' }], ownKeyFrom: 'example' }),
    });
    sawt.screen = 'connect';
    await settled();
    await press(en.connect.phone.show);
    await press(text.phone.ownKey);
    expect(screen.getByRole<HTMLInputElement>('radio', { name: text.purposes.phone }).checked).toBe(true);
    expect(document.activeElement).toBe(screen.getByText(text.title));
  });

  it('whose key is its own is not warned of', async () => {
    const { sawt } = await openWindow({
      'profiles.list': () => Promise.resolve([profile]),
      'profiles.qr': () => Promise.resolve({ content: '<svg/>', dense: false }),
      'accounts.sharing': () => Promise.resolve({ warnings: [], ownKeyFrom: null }),
    });
    sawt.screen = 'connect';
    await settled();
    await press(en.connect.phone.show);
    expect(document.body.textContent).not.toContain(en.connect.phone.oneDevice);
  });
});
