import { fireEvent, screen, within } from '@testing-library/svelte';
import '@testing-library/svelte/vitest';
import { describe, expect, it } from 'vitest';
import type { Handlers, ProfileSummary } from '../../../../electron/api/schema.ts';
import { commandsFor } from '../../../../renderer/screens/connect/own-server-commands.ts';
import { en } from '../../../../renderer/text/en/en.ts';
import type { FakeApi } from '../../fake-api.ts';
import { openWindow } from '../../open-window.ts';
import { ownServerFound, ownServerKit } from '../../own-server-samples.ts';
import { connected, profile } from '../../samples.ts';

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const text = en.ownServer;
const main = (): HTMLElement => screen.getByRole('main');
const press = async (name: string): Promise<void> => {
  await fireEvent.click(within(main()).getByRole('button', { name }));
  await settled();
};

async function openConnect(overrides: Partial<Handlers> = {}): Promise<FakeApi> {
  const profiles: ProfileSummary[] = [profile];
  const { fake, sawt } = await openWindow({
    'profiles.list': () => Promise.resolve([...profiles]),
    'ownServer.create': () => {
      profiles.push(...ownServerKit.profiles);
      return Promise.resolve(ownServerKit);
    },
    'ownServer.list': () => Promise.resolve([ownServerKit.server]),
    'ownServer.check': () => Promise.resolve(ownServerFound),
    ...overrides,
  });
  sawt.screen = 'connect';
  await settled();
  for (const part of main().querySelectorAll('details')) part.open = true;
  return fake;
}

describe('a server of one’s own', () => {
  it('is made from an address, told in three steps, and its profile is chosen', async () => {
    const fake = await openConnect();
    await fireEvent.input(screen.getByLabelText(text.endpoint), { target: { value: ' 198.51.100.4 ' } });
    await fireEvent.input(screen.getByLabelText(text.devices), { target: { value: '2' } });
    await press(text.make);
    expect(fake.calls).toContainEqual({
      name: 'ownServer.create',
      args: { endpoint: '198.51.100.4', people: 2, protocol: 'both', split: 'full', force: false },
    });
    expect(main().textContent).toContain('scp /home/me/kit/server.sh root@198.51.100.4:');
    expect(main().textContent).toContain("ssh root@198.51.100.4 'sh server.sh; rm server.sh'");
    expect(main().textContent).toContain(text.secret);
    expect(screen.getByRole<HTMLInputElement>('radio', { name: /Own server/ }).checked).toBe(true);
  });

  it('can be looked at before there is one', async () => {
    const fake = await openConnect();
    await fireEvent.input(screen.getByLabelText(text.endpoint), { target: { value: 'vpn.example.org' } });
    await press(text.lookFirst);
    expect(fake.calls).toContainEqual({ name: 'ownServer.check', args: { server: 'vpn.example.org' } });
    expect(main().textContent).toContain(text.conclusions[ownServerFound.conclusion]);
    expect(main().textContent).toContain('TCP 443');
  });

  it('is looked at by its id once it was made', async () => {
    const fake = await openConnect();
    await press(text.lookAt.replace('{server}', `\u2068${ownServerKit.server.endpoint}\u2069`));
    expect(fake.calls).toContainEqual({ name: 'ownServer.check', args: { server: ownServerKit.server.id } });
  });
});

describe('calls only', () => {
  const copy: ProfileSummary = { ...profile, id: 'p-calls', name: 'Madrid (calls only)', split: 'calls' };

  it('is a copy of a profile, marked, and offered for no copy again', async () => {
    const profiles = [profile];
    const fake = await openConnect({
      'profiles.list': () => Promise.resolve([...profiles]),
      'profiles.split': () => {
        profiles.push(copy);
        return Promise.resolve({ profile: copy, inside: ['telegram'], without: [], asOf: '2024-10' });
      },
    });
    await press(text.split.button);
    expect(fake.calls).toContainEqual({ name: 'profiles.split', args: { id: profile.id, replace: false } });
    expect(screen.getByRole<HTMLInputElement>('radio', { name: /Madrid \(calls only\).*calls only/s }).checked).toBe(
      true,
    );
    expect(screen.queryByRole('button', { name: text.split.button })).toBeNull();
  });

  it('is said of a connection, which can be checked again as others can', async () => {
    await openConnect({ 'tunnel.status': () => Promise.resolve({ ...connected, split: 'calls' }) });
    expect(main().textContent).toContain(text.split.connected);
    expect(screen.getByRole('button', { name: en.connected.recheck })).toBeTruthy();
  });
});

describe('what to type for the server', () => {
  const { server } = ownServerKit;

  it('is one word for the shell, whatever the folder is called', () => {
    expect(commandsFor({ server, script: "/home/it's me/server.sh" }).copy).toBe(
      String.raw`scp '/home/it'\''s me/server.sh' root@198.51.100.4:`,
    );
  });

  it('has brackets around an IPv6 address where scp needs them', () => {
    const commands = commandsFor({ server: { ...server, endpoint: '2001:db8::1' }, script: '/s.sh' });
    expect(commands.copy).toBe('scp /s.sh root@[2001:db8::1]:');
    expect(commands.run).toContain('ssh root@2001:db8::1 ');
  });
});
