import { describe, expect, it } from 'vitest';
import { parseOpenVpn } from '../../../electron/profile/openvpn/parse.ts';
import type { OpenVpnProfile } from '../../../electron/profile/types.ts';
import { swapServer } from '../../../electron/servers/openvpn/swap.ts';
import { blocks } from '../../profile/openvpn/samples.ts';
import { server } from '../samples.ts';

const base = (...lines: string[]): OpenVpnProfile =>
  parseOpenVpn(['client', 'dev tun', 'remote 45.134.9.9 1194 udp', ...lines, ...blocks.split('\n')], 'a.ovpn').profile;
const openvpn = { ports: { udp: [1194, 53], tcp: [443] } };
const suffixes = ['.acme.example'];
const nameIn = ({ options }: OpenVpnProfile): string[] | undefined =>
  options.find(({ name }) => name === 'verify-x509-name')?.args;

describe('another server for a file of a provider', () => {
  it('keeps authority, certificate and key, and dials by address, UDP first', () => {
    const from = base('auth SHA512');
    const made = swapServer(from, server(1, { openvpn }), suffixes);
    const host = '45.134.0.1';
    expect(made).toEqual({
      ...from,
      remotes: [
        { host, port: 1194, transport: 'udp' },
        { host, port: 53, transport: 'udp' },
        { host, port: 443, transport: 'tcp' },
      ],
    });
  });

  it('dials the machines that are only for OpenVPN where there are such', () => {
    const hosts = { udp: '45.134.1.1', tcp: null };
    const made = swapServer(base(), server(1, { openvpn: { ...openvpn, hosts } }), suffixes);
    expect(made.remotes.map(({ host, port }) => [host, port])).toEqual([
      ['45.134.1.1', 1194],
      ['45.134.1.1', 53],
    ]);
  });

  it.each([
    ['de-9.acme.example name', ['es-1.acme.example', 'name']],
    ['CN=de-9.acme.example', ['CN=es-1.acme.example']],
    ['"C=PA, O=Acme, CN=de-9.acme.example"', ['C=PA, O=Acme, CN=es-1.acme.example']],
    ['Server name-prefix', ['Server', 'name-prefix']],
    ['acme.example.org name', ['acme.example.org', 'name']],
  ])('knows it by its own name: %s', (line, args) => {
    const made = swapServer(base(`verify-x509-name ${line}`), server(1, { openvpn }), suffixes);
    expect(nameIn(made)).toEqual(args);
  });

  it('knows it by the name of its certificate where that is another', () => {
    const place = { ...openvpn, certificateName: 'mad-7.acme.example' };
    const made = swapServer(base('verify-x509-name cdg-1.acme.example name'), server(1, { openvpn: place }), suffixes);
    expect(nameIn(made)).toEqual(['mad-7.acme.example', 'name']);
  });

  it('refuses where that name is not known, and where the server speaks no OpenVPN', () => {
    const from = base('verify-x509-name cdg-103.acme.example name');
    const other = server(1, { openvpn, hostname: 'fr-1.acme-relays.example' });
    expect(() => swapServer(from, other, suffixes)).toThrow(expect.objectContaining({ rule: 'server-name' }));
    expect(() => swapServer(from, server(1), suffixes)).toThrow(expect.objectContaining({ rule: 'no-openvpn' }));
  });
});
