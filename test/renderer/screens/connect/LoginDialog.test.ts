import { fireEvent, screen, within } from '@testing-library/svelte';
import '@testing-library/svelte/vitest';
import { describe, expect, it } from 'vitest';
import type { Connection, Handlers, ProfileSummary } from '../../../../electron/api/schema.ts';
import { editions, type Language } from '../../../../renderer/text/languages.ts';
import type { FakeApi } from '../../fake-api.ts';
import { openWindow } from '../../open-window.ts';
import { connected, failed, otherProfile } from '../../samples.ts';

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const { login: text, connect, troubles, shell } = editions.en.text;
const asks: ProfileSummary = { ...otherProfile, credentials: 'needed' };
const refused: Connection = {
  ...failed,
  profile: asks.id,
  error: { code: 'password-wrong', message: 'Refused.' },
};

async function openConnect(overrides: Partial<Handlers> = {}, language: Language = 'en'): Promise<FakeApi> {
  const { fake, sawt } = await openWindow({ 'profiles.list': () => Promise.resolve([asks]), ...overrides }, language);
  sawt.screen = 'connect';
  await settled();
  return fake;
}
const press = async (name: string, inside: HTMLElement = screen.getByRole('main')): Promise<void> => {
  await fireEvent.click(within(inside).getByRole('button', { name }));
  await settled();
};
async function type(username: string, password: string): Promise<void> {
  await fireEvent.input(screen.getByLabelText(text.username), { target: { value: username } });
  await fireEvent.input(screen.getByLabelText(text.password), { target: { value: password } });
}
const connects = (fake: FakeApi): unknown[] =>
  fake.calls.filter(({ name }) => name === 'tunnel.connect').map(({ args }) => args);

describe('a server that wants a user name and a password', () => {
  it('is connected to only after they were typed, and they are remembered only when that was chosen', async () => {
    const fake = await openConnect({ 'tunnel.connect': () => Promise.resolve(connected) });
    await press(connect.connect);
    expect(connects(fake)).toEqual([]);
    await type('lantern', 'wet stone 7');
    await press(text.connect, screen.getByRole('dialog'));
    expect(connects(fake)).toMatchObject([
      { profile: asks.id, credentials: { username: 'lantern', password: 'wet stone 7', keep: false } },
    ]);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('asks again when they were refused, with empty fields and the reason', async () => {
    let tries = 0;
    const fake = await openConnect({
      'tunnel.connect': () => Promise.resolve((tries += 1) === 1 ? refused : connected),
    });
    await press(connect.connect);
    await type('lantern', 'wet stone 8');
    await press(text.connect, screen.getByRole('dialog'));
    const dialog = screen.getByRole('dialog');
    expect(within(dialog).getByRole('alert').textContent).toContain(troubles['password-wrong'].what);
    expect(screen.getByLabelText<HTMLInputElement>(text.password).value).toBe('');
    await type('lantern', 'wet stone 7');
    await fireEvent.click(screen.getByLabelText(new RegExp(text.remember)));
    await press(text.connect, dialog);
    expect(connects(fake).at(-1)).toMatchObject({ credentials: { password: 'wet stone 7', keep: true } });
  });

  it('can be left alone, by the button and by Escape', async () => {
    const fake = await openConnect();
    await press(connect.connect);
    await press(shell.cancel, screen.getByRole('dialog'));
    expect(screen.queryByRole('dialog')).toBeNull();
    await press(connect.connect);
    await fireEvent(screen.getByRole('dialog'), new Event('cancel', { cancelable: true }));
    await settled();
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(connects(fake)).toEqual([]);
  });

  it.each(['fr', 'ar'] as const)('asks in %s', async (language) => {
    await openConnect({}, language);
    await press(editions[language].text.connect.connect);
    expect(screen.getByRole('dialog').textContent).toContain(editions[language].text.login.rememberHelp);
  });

  it('says that they are kept, and forgets them', async () => {
    const kept: ProfileSummary = { ...asks, credentials: 'kept' };
    const fake = await openConnect({
      'profiles.list': () => Promise.resolve([kept]),
      'profiles.forgetCredentials': () => Promise.resolve(asks),
    });
    await press(text.forget);
    expect(fake.calls.at(-1)).toEqual({ name: 'profiles.forgetCredentials', args: { id: asks.id } });
    expect(screen.queryByText(text.kept)).toBeNull();
  });
});
