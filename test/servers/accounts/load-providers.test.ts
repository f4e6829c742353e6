import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isPublicAddress, parseAddress, parseInterfaceAddress } from '../../../electron/profile/address.ts';
import { loadAccountProviders } from '../../../electron/servers/accounts/load-providers.ts';
import type { ServerList } from '../../../electron/servers/types.ts';
import { resources } from '../samples.ts';

const { providers, authorities } = await loadAccountProviders(join(resources, 'accounts'));

test('each provider whose interface is known asks for an account, the others for a file', () => {
  expect(providers).toHaveLength(12);
  for (const { id, recipe, asks, api, file, openvpn } of providers) {
    const known = recipe !== null || (openvpn !== null && openvpn.recipe !== null);
    expect([id, asks !== null, 'main' in api]).toEqual([id, recipe !== null, known]);
    expect([file, openvpn?.file ?? '.']).toEqual([expect.stringMatching(/\.$/), expect.stringMatching(/\.$/)]);
  }
});

test('who takes strangers in says so, and nobody else does', () => {
  expect(providers.filter(({ openvpn }) => openvpn?.strangers).map(({ id }) => id)).toEqual(['vpngate']);
});

test('machines for OpenVPN are public ones of servers in the shipped list', async () => {
  const { servers } = JSON.parse(await readFile(join(resources, 'servers.json'), 'utf8')) as ServerList;
  const places = providers.flatMap(({ openvpn }) => Object.entries(openvpn?.places ?? {}));
  expect(places).not.toHaveLength(0);
  for (const [id, { udp, tcp }] of places) {
    expect(servers.map((server) => server.id)).toContain(id);
    expect([udp, tcp].every((address) => address === null || isPublicAddress(address))).toBe(true);
  }
});

test('the authority of every provider that names one is there', () => {
  const named = providers.flatMap(({ ca, openvpn }) => [ca ?? [], openvpn?.ca ?? []].flat());
  for (const name of named) expect(authorities.get(name)).toContain('BEGIN CERTIFICATE');
});

test('what is the same for everybody is written as profiles have it', () => {
  for (const { constant, marks } of providers) {
    expect(constant.addresses.map(parseInterfaceAddress)).toEqual(constant.addresses);
    expect([...constant.dns, ...marks.dns].map(parseAddress)).toEqual([...constant.dns, ...marks.dns]);
  }
});

test('the authority of Private Internet Access is the one that its scripts trust', () => {
  const certificate = new X509Certificate(authorities.get('pia.pem') ?? '');
  expect(certificate.ca).toBe(true);
  expect(certificate.fingerprint256.replaceAll(':', '')).toBe(
    '1FD25658456EAB3041FBA77CCD398AB8124EDCC1B8B2FC1D55FDF6B1BBFC9D70',
  );
});
