import { fireEvent, screen, within } from '@testing-library/svelte';
import '@testing-library/svelte/vitest';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../../electron/api/errors.ts';
import type { Handlers } from '../../../../electron/api/schema.ts';
import { en } from '../../../../renderer/text/en/en.ts';
import type { FakeApi } from '../../fake-api.ts';
import { openWindow } from '../../open-window.ts';
import {
  comparison,
  connected,
  disconnected,
  doctor,
  doctorWithGaps,
  failed,
  otherProfile,
  profile,
  serversView,
} from '../../samples.ts';

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const { connect: text, connected: connectedText, troubles } = en;

async function openConnect(overrides: Partial<Handlers> = {}): Promise<FakeApi> {
  const { fake, sawt } = await openWindow({
    'profiles.list': () => Promise.resolve([profile, otherProfile]),
    ...overrides,
  });
  sawt.screen = 'connect';
  await settled();
  return fake;
}

const main = (): HTMLElement => screen.getByRole('main');
const press = async (name: string): Promise<void> => {
  await fireEvent.click(within(main()).getByRole('button', { name }));
  await settled();
};

describe('adding a profile', () => {
  it('shows what was kept and what was left out, and why', async () => {
    await openConnect({
      'profiles.import': ({ files }) => Promise.resolve(files.map(({ name }) => ({ input: name, ok: true, profile }))),
    });
    await fireEvent.input(screen.getByLabelText(text.add.pasteLabel), { target: { value: '[Interface]' } });
    await press(text.add.pasteButton);
    const added = screen.getByRole('article').textContent;
    expect(added).toContain('Madrid');
    expect(added).toContain('203.0.113.3:51820');
    expect(added).toContain(text.outcome.dropped(2));
    expect(added).toContain('PostUp');
    expect(added).toContain(text.outcome.dropReasons['runs-command']);
    expect(added).toContain(text.warnings['no-ipv6']);
  });

  it('takes files that are dropped', async () => {
    const fake = await openConnect({ 'profiles.import': () => Promise.resolve([]) });
    const files = [new File(['x'], 'madrid.conf')];
    await fireEvent.drop(screen.getByRole('group', { name: text.add.drop }), { dataTransfer: { files } });
    await settled();
    expect(fake.calls).toContainEqual({
      name: 'profiles.import',
      args: { files: [{ name: 'madrid.conf', base64: btoa('x') }] },
    });
  });

  it('says why a file was not added, and where', async () => {
    await openConnect({
      'profiles.import': () =>
        Promise.resolve([
          {
            input: 'bad.conf',
            ok: false,
            error: new ApiError({
              code: 'profile-invalid',
              message: 'Broken.',
              details: { file: 'bad.conf', line: 3, directive: 'PrivateKey' },
            }).toRecord(),
          },
        ]),
    });
    await fireEvent.input(screen.getByLabelText(text.add.pasteLabel), { target: { value: 'x' } });
    await press(text.add.pasteButton);
    for (const part of ['bad.conf', troubles['profile-invalid'].what, 'PrivateKey', 'line 3']) {
      expect(main().textContent).toContain(part);
    }
  });
});

describe('the profiles', () => {
  it('can be renamed and removed, and removal undone', async () => {
    const fake = await openConnect({
      'profiles.rename': ({ name }) => Promise.resolve({ ...profile, name }),
    });
    await fireEvent.click(screen.getByRole('button', { name: /New name for .*Madrid/ }));
    await fireEvent.input(screen.getByRole('textbox', { name: /New name for .*Madrid/ }), {
      target: { value: 'Home' },
    });
    await press(text.profiles.save);
    expect(screen.getByRole('radio', { name: /Home/ })).toBeTruthy();

    await fireEvent.click(screen.getByRole('button', { name: /Remove .*Home/ }));
    await settled();
    expect(screen.queryByRole('radio', { name: /Home/ })).toBeNull();
    await press(en.shell.undo);
    expect(screen.getByRole('radio', { name: /Home/ })).toBeTruthy();
    expect(fake.calls.map(({ name }) => name)).not.toContain('profiles.remove');
  });

  it('offer the other servers of their provider', async () => {
    const fake = await openConnect({
      'servers.list': () => Promise.resolve(serversView),
      'servers.generate': () => Promise.resolve({ ...profile, id: 'p-new', name: 'Paris' }),
    });
    const places = screen.getByRole('combobox', { name: text.servers.label });
    expect(within(places).getAllByRole('option')).toHaveLength(4);
    await fireEvent.change(places, { target: { value: 'fr-par-1' } });
    await press(text.servers.add);
    expect(fake.calls).toContainEqual({
      name: 'servers.generate',
      args: { serverId: 'fr-par-1', fromProfile: profile.id },
    });
  });

  it('offer those that speak OpenVPN when they do', async () => {
    const [first, ...others] = serversView.servers.map((server) => ({ ...server, wireguard: null }));
    if (!first) throw new Error('no server');
    const open = { ...first, openvpn: { ports: { udp: [1194], tcp: [] } } };
    const own = { ...profile, kind: 'openvpn' as const };
    const fake = await openConnect({
      'profiles.list': () => Promise.resolve([own]),
      'servers.list': () => Promise.resolve({ ...serversView, servers: [open, ...others] }),
      'accounts.openVpn': () => Promise.resolve({ ...own, id: 'p-new' }),
    });
    const places = screen.getByRole('combobox', { name: text.servers.label });
    expect(within(places).getAllByRole('option')).toHaveLength(2);
    await fireEvent.change(places, { target: { value: open.id } });
    await press(text.servers.add);
    expect(fake.calls).toContainEqual({
      name: 'accounts.openVpn',
      args: { serverId: open.id, fromProfile: own.id, acceptStrangers: false },
    });
  });
});

describe('connecting', () => {
  it('says beforehand that a VPN can be punished', async () => {
    await openConnect();
    expect(main().textContent).toContain(text.law);
  });

  it('shows the stages on the way and can be cancelled', async () => {
    const fake = await openConnect({
      'tunnel.connect': (_args, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new ApiError({ code: 'cancelled', message: 'Stopped.' })));
        }),
    });
    await press(text.connect);
    fake.emit('tunnel', { ...disconnected, state: 'connecting', stage: 'traffic', profile: profile.id });
    await settled();
    const steps = within(main()).getAllByRole('listitem');
    expect(steps.map((step) => step.getAttribute('aria-current'))).toEqual([null, null, 'step', null]);
    expect(steps[0]?.textContent).toContain(text.stageState.done);
    await press(en.shell.cancel);
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(text.title);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('puts before and after side by side', async () => {
    const fake = await openConnect({
      'tunnel.connect': () => {
        fake.emit('comparison', comparison);
        return Promise.resolve(connected);
      },
    });
    await fireEvent.click(screen.getByRole('checkbox', { name: new RegExp(text.killSwitch.label) }));
    await press(text.connect);
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(connectedText.headlines['all-fixed'].title);
    const row = screen.getByRole('rowheader', { name: 'Telegram' }).closest('tr');
    expect(row?.textContent).toContain(en.check.verdicts.blocked);
    expect(row?.textContent).toContain(connectedText.changes.fixed);
    expect(main().textContent).toContain('203.0.113.3');
    expect(fake.calls).toContainEqual({
      name: 'tunnel.connect',
      args: { profile: profile.id, killSwitch: true, recheck: true },
    });
  });

  it('promises no more than was seen: calls whose own relays nobody can ask should work', async () => {
    const services = comparison.after.services.map((one) =>
      one.name === 'Telegram' ? { ...one, calls: { ...one.calls, strength: 'weak' as const } } : one,
    );
    const fake = await openConnect({
      'tunnel.connect': () => {
        fake.emit('comparison', { ...comparison, after: { ...comparison.after, services } });
        return Promise.resolve(connected);
      },
    });
    await press(text.connect);
    const row = screen.getByRole('rowheader', { name: 'Telegram' }).closest('tr');
    expect(row?.textContent).toContain(connectedText.expected);
    expect(row?.textContent).not.toContain(connectedText.changes.fixed);
  });

  it('says what happened, what it means and what to do when it fails, and offers to repair', async () => {
    const fake = await openConnect({
      'tunnel.connect': () => Promise.resolve(failed),
      'tunnel.repair': () => Promise.resolve({ removed: ['table'] }),
    });
    await press(text.connect);
    const { what, means, todo } = troubles['handshake-silent'];
    for (const sentence of [what, means, todo]) expect(screen.getByRole('alert').textContent).toContain(sentence);
    expect(main().textContent).toContain(text.attemptResults.silent);
    await press(text.repair.button);
    expect(fake.calls.map(({ name }) => name)).toContain('tunnel.repair');
    expect(main().textContent).toContain(text.repair.done(1));
  });

  it('says which programs are missing and how to install them, where it cannot work', async () => {
    await openConnect({ 'doctor.run': () => Promise.resolve(doctorWithGaps) });
    expect(main().textContent).toContain('apt install wireguard-tools');
    expect(main().textContent).toContain(text.doctor.user);
    expect(main().textContent).toContain(text.repair.leftovers);
  });

  it('names a program that only the chosen profile needs', async () => {
    const tools = [
      ...doctor.tools,
      { name: 'openvpn', path: null, version: null, neededFor: 'OpenVPN', install: 'apt install openvpn' },
    ];
    await openConnect({ 'doctor.run': () => Promise.resolve({ ...doctor, tools }) });
    expect(main().textContent).not.toContain('apt install openvpn');
    await fireEvent.click(screen.getByRole('radio', { name: new RegExp(otherProfile.name) }));
    expect(main().textContent).toContain('apt install openvpn');
  });

  it('explains that traffic is held back, and lets it out on request', async () => {
    const fake = await openConnect({
      'tunnel.status': () =>
        Promise.resolve({ ...disconnected, state: 'blocked', killSwitch: true, profile: profile.id }),
      'tunnel.disconnect': () => Promise.resolve(disconnected),
    });
    expect(screen.getByRole('alert').textContent).toContain(text.blocked.title);
    await press(en.shell.status.letTrafficOut);
    expect(fake.calls.map(({ name }) => name)).toContain('tunnel.disconnect');
  });
});

describe('setting up a phone', () => {
  const code = { content: '<svg/>', dense: false };
  const picture = (): HTMLElement | null => screen.queryByRole('img', { name: /Madrid/ });

  it('asks for the code only when it is wanted, and forgets it when it is hidden', async () => {
    const fake = await openConnect({ 'profiles.qr': () => Promise.resolve(code) });
    expect(picture()).toBeNull();
    expect(fake.calls.map(({ name }) => name)).not.toContain('profiles.qr');
    await press(text.phone.show);
    expect(picture()?.getAttribute('src')).toBe(`data:image/svg+xml;base64,${btoa(code.content)}`);
    expect(screen.queryByText(text.phone.oneDevice)).not.toBeNull();
    await press(text.phone.hide);
    expect(picture()).toBeNull();
    expect(fake.calls.filter(({ name }) => name === 'profiles.qr')).toHaveLength(1);
  });

  it('hides the code when another profile is chosen, and offers none for OpenVPN', async () => {
    await openConnect({ 'profiles.qr': () => Promise.resolve(code) });
    await press(text.phone.show);
    expect(picture()).not.toBeNull();
    await fireEvent.click(screen.getByRole('radio', { name: new RegExp(otherProfile.name) }));
    await settled();
    expect(picture()).toBeNull();
    expect(screen.queryByText(text.phone.title) === null).toBe(otherProfile.kind === 'openvpn');
    await fireEvent.click(screen.getByRole('radio', { name: /Madrid/ }));
    await settled();
    expect(picture()).toBeNull();
  });

  it('says what to do with a profile that is too long', async () => {
    await openConnect({
      'profiles.qr': () => Promise.reject(new ApiError({ code: 'profile-too-large', message: 'Too long.' })),
    });
    await press(text.phone.show);
    expect(screen.queryByText(text.phone.tooLong)).not.toBeNull();
  });
});
