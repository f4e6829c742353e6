import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pubkey } from '../../../electron/profile/wg/commands.ts';
import type { RegisteredDevice } from '../../../electron/servers/accounts/device.ts';
import { loadAccountProviders } from '../../../electron/servers/accounts/load-providers.ts';
import { sharingOf } from '../../../electron/servers/accounts/sharing.ts';
import { parse as parseOvpn, simple as ovpn } from '../../profile/openvpn/samples.ts';
import { parse, privateKey, simple } from '../../profile/wireguard/samples.ts';
import { resources } from '../samples.ts';

const { providers } = await loadAccountProviders(join(resources, 'accounts'));
const { profile } = parse(simple);
const device = (purpose: RegisteredDevice['purpose']): RegisteredDevice => ({
  ...{ id: 'd-0123456789abcdef', provider: 'mullvad', purpose, profile: 'p-1', expiresAt: null },
  createdAt: '2026-11-24T12:00:00.000Z',
  publicKey: pubkey(privateKey),
  handle: { device: null, session: null },
});

test('one key on two devices is warned of, with the way to a second key where there is one', () => {
  const mullvad = sharingOf({ profile, provider: 'mullvad' }, [device('computer')], providers);
  expect(mullvad).toMatchObject({ ownKeyFrom: 'mullvad', warnings: [{ code: 'shared-key' }] });
  expect(mullvad.warnings[0]?.text).toContain('--for phone');
  for (const provider of ['nordvpn', 'airvpn', null])
    expect(sharingOf({ profile, provider }, [], providers)).toMatchObject({
      ownKeyFrom: null,
      warnings: [{ code: 'shared-key', text: expect.stringContaining('one at a time') as string }],
    });
});

test('a key that was made for the phone, and OpenVPN, are not', () => {
  const none = { warnings: [], ownKeyFrom: null };
  expect(sharingOf({ profile, provider: 'mullvad' }, [device('phone')], providers)).toEqual(none);
  expect(sharingOf({ profile: parseOvpn(ovpn).profile, provider: null }, [], providers)).toEqual(none);
});
