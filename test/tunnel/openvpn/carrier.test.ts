import { describe, expect, it } from 'vitest';
import type { OpenVpnProfile } from '../../../electron/profile/types.ts';
import { createOpenVpnCarrier } from '../../../electron/tunnel/openvpn/carrier.ts';
import { createPrograms } from '../../../electron/tunnel/run.ts';

const written: OpenVpnProfile[] = [];
const tools = {
  programs: createPrograms({ runtimeFolder: '/nowhere' }),
  runtimeFolder: '/nowhere',
  writeConfig(profile: OpenVpnProfile): string {
    written.push(profile);
    return '';
  },
};
const profile: OpenVpnProfile = {
  kind: 'openvpn',
  remotes: [
    { host: '203.0.113.3', port: 443, transport: 'tcp' },
    { host: '203.0.113.3', port: 1194, transport: 'udp' },
    { host: '2001:db8:113::3', port: 1194, transport: 'udp' },
  ],
  options: [],
};

describe('an OpenVPN profile', () => {
  it('is tried over UDP first, in its own order', async () => {
    const found = await createOpenVpnCarrier(tools, profile).candidates(new AbortController().signal);
    expect(found.map(({ transport, address }) => `${transport} ${address}`)).toEqual([
      'openvpn-udp 203.0.113.3',
      'openvpn-udp 2001:db8:113::3',
      'openvpn-tcp 203.0.113.3',
    ]);
  });

  it('without a server or without its password is refused before anything is changed', () => {
    expect(() => createOpenVpnCarrier(tools, { ...profile, remotes: [] })).toThrow(
      expect.objectContaining({ code: 'no-endpoint' }),
    );
    expect(() => createOpenVpnCarrier(tools, { ...profile, userPass: { required: true, username: 'u' } })).toThrow(
      expect.objectContaining({ code: 'password-needed' }),
    );
  });

  it('is written without its user name and password', () => {
    createOpenVpnCarrier(tools, { ...profile, userPass: { required: true, username: 'u', password: 'secret' } });
    expect(written.at(-1)?.userPass).toEqual({ required: true });
  });

  it('that cannot be written is named as damaged', () => {
    const broken = {
      ...tools,
      writeConfig: (): string => {
        throw new Error('field');
      },
    };
    expect(() => createOpenVpnCarrier(broken, profile)).toThrow(expect.objectContaining({ code: 'not-supported' }));
  });
});
