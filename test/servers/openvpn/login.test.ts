import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeProfile } from '../../../electron/profile/write.ts';
import { loadAccountProviders } from '../../../electron/servers/accounts/load-providers.ts';
import { loginProfile } from '../../../electron/servers/openvpn/login.ts';
import { openVpnVersion, readByOpenVpn } from '../../profile/openvpn/real-openvpn.ts';
import { resources, server } from '../samples.ts';

const { providers, authorities } = await loadAccountProviders(join(resources, 'accounts'));
const complete = providers.filter(({ openvpn }) => openvpn !== null && openvpn.ca !== null);

it.each(complete)('$name: what comes with Sawt is all but the name and the password', ({ openvpn }) => {
  if (!openvpn) throw new Error('no OpenVPN');
  const made = loginProfile(
    server(1, { openvpn: { ports: openvpn.ports } }),
    openvpn,
    authorities.get(openvpn.ca ?? '') ?? '',
  );
  expect(made.userPass).toEqual({ required: true });
  expect(made.options.map(({ name }) => name)).toEqual(expect.arrayContaining(['auth', 'data-ciphers', 'reneg-sec']));
  const text = writeProfile({ ...made, userPass: { required: true, username: 'p1', password: 'wet stone' } });
  expect(text).toContain('remote-cert-tls server');
  if (openVpnVersion) expect(readByOpenVpn(text)).toHaveProperty('settings');
});

it('needs a server that speaks OpenVPN', () => {
  expect(complete).not.toHaveLength(0);
  expect(() => loginProfile(server(1), { options: [] }, '')).toThrow(expect.objectContaining({ rule: 'no-openvpn' }));
});
