import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { importProfiles } from '../../../../electron/profile/import.ts';
import type { Offer } from '../../../../electron/servers/accounts/offer.ts';
import { readAuthority, readClientPair } from '../../../../electron/servers/accounts/recipes/leap-certificates.ts';
import { leap } from '../../../../electron/servers/accounts/recipes/leap.ts';
import { cert, key } from '../../../profile/openvpn/samples.ts';
import { apiTo, knowsLoopback, movedTo, serveLocally, testRoot, type LocalServer } from '../fake-providers.ts';

let server: LocalServer | undefined;
afterEach(() => server?.close());

const fingerprint = `SHA256: ${new X509Certificate(testRoot).fingerprint256.replaceAll(':', '').toLowerCase()}`;
const openvpn = { type: 'openvpn', ports: ['53', '1194'], protocols: ['udp', 'tcp'] };
const gateway = {
  host: 'vpn1.example',
  ip_address: '45.134.0.1',
  location: 'paris',
  capabilities: { transport: [openvpn] },
};
const service = {
  version: 3,
  gateways: [gateway],
  locations: { paris: { name: 'Paris', country_code: 'FR' } },
  openvpn_configuration: { auth: 'SHA512', cipher: 'AES-256-GCM', keepalive: '10 30', verb: '3' },
};
type Page = string | object | number;
type Pages = Record<string, Page>;

async function offersFrom(changes: (origin: string) => Pages = () => ({})): Promise<Offer[]> {
  let pages: Pages = {};
  server = await serveLocally((request, response) => {
    const page = pages[`${request.method} ${request.url}`] ?? 404;
    if (typeof page === 'number') response.writeHead(page).end();
    else response.end(typeof page === 'string' ? page : JSON.stringify(page));
  });
  const origin = `https://good.example:${server.port}`;
  const about = { api_uri: origin, ca_cert_uri: `${origin}/ca.crt`, ca_cert_fingerprint: fingerprint };
  pages = {
    'GET /provider.json': about,
    'GET /ca.crt': testRoot,
    'GET /3/config/eip-service.json': service,
    'POST /3/cert': `${key}\n${cert}\n`,
    ...changes(origin),
  };
  const provider = await movedTo(server.port, 'riseup');
  const marks = { ...provider.marks, hostSuffixes: ['.example'] };
  return leap(apiTo({ ...provider, marks, apiAddresses: [] }, { lookUp: knowsLoopback }), '2026-11-25');
}

const invalid = { code: 'provider-answer-invalid' };

describe('a provider on the LEAP platform', () => {
  it('gives gateways, then a certificate for one, which make a profile that knows its server', async () => {
    const [offer] = await offersFrom();
    expect(offer?.server).toMatchObject({ id: 'riseup/vpn1', city: 'Paris', country: 'FR', ipv4: '45.134.0.1' });
    expect(offer?.server.openvpn).toEqual({ ports: { udp: [1194, 53], tcp: [1194, 53] } });
    expect(server?.asked).not.toContain('POST /3/cert');
    const file = await offer?.file();
    expect(file?.expiresAt).toBe(new Date(new X509Certificate(cert).validTo).toISOString());
    const [result] = await importProfiles([{ name: 'a.ovpn', bytes: file?.bytes ?? new Uint8Array() }]);
    if (!result?.ok) throw result?.error ?? new Error('nothing');
    expect(result.profile).toMatchObject({ dropped: [], warnings: [] });
    expect(result.profile.profile).toMatchObject({
      options: [
        { name: 'data-ciphers' },
        { name: 'data-ciphers-fallback' },
        { name: 'verify-x509-name', args: ['vpn1', 'name'] },
        { name: 'auth', args: ['SHA512'] },
        { name: 'keepalive', args: ['10', '30'] },
      ],
    });
  });

  it('has the certificate in an older place, too', async () => {
    const [offer] = await offersFrom(() => ({ 'POST /3/cert': 404, 'POST /1/cert': `${key}\n${cert}\n` }));
    await expect(offer?.file()).resolves.toMatchObject({ bytes: expect.anything() as unknown });
  });

  it.each<[string, (origin: string) => Pages]>([
    ['names another fingerprint', (origin) => about(origin, { ca_cert_fingerprint: `SHA256: ${'0'.repeat(64)}` })],
    ['names somebody else to ask', (origin) => about(origin, { api_uri: 'https://api.elsewhere.test' })],
    ['has its authority elsewhere', (origin) => about(origin, { ca_cert_uri: 'https://elsewhere.test/ca.crt' })],
    ['names nobody', () => ({ 'GET /provider.json': { name: 'x' } })],
    ['has no authority', () => ({ 'GET /ca.crt': 'none' })],
    ['has no gateway', () => ({ 'GET /3/config/eip-service.json': { ...service, gateways: [] } })],
    ['has gateways of others', () => only({ host: 'vpn1.elsewhere.test' })],
    ['has gateways at home', () => only({ ip_address: '192.168.1.1' })],
    ['has gateways at no address', () => only({ ip_address: 'not an address' })],
    ['has gateways nowhere', () => only({ location: '__proto__' })],
    ['speaks something else', () => only({ capabilities: { transport: [{ ...openvpn, type: 'obfs4' }] } })],
    ['adds a line of its own', () => configured('SHA512\nup /bin/sh')],
  ])('that %s is not believed', async (_, changes) => {
    await expect(offersFrom(changes)).rejects.toMatchObject(invalid);
  });

  it.each([
    ['nothing', ''],
    ['a certificate alone', cert],
    ['two certificates', `${key}\n${cert}\n${cert}`],
    ['a key of another', `${key}\n${testRoot}`],
  ])('that gives %s lets nobody in', async (_, text) => {
    const [offer] = await offersFrom(() => ({ 'POST /3/cert': text }));
    await expect(offer?.file()).rejects.toMatchObject(invalid);
  });
});

const about = (origin: string, changes: Record<string, string>): Pages => ({
  'GET /provider.json': {
    ...{ api_uri: origin, ca_cert_uri: `${origin}/ca.crt`, ca_cert_fingerprint: fingerprint },
    ...changes,
  },
});
const only = (changes: object): Pages => ({
  'GET /3/config/eip-service.json': { ...service, gateways: [{ ...gateway, ...changes }] },
});
const configured = (auth: string): Pages => ({
  'GET /3/config/eip-service.json': { ...service, openvpn_configuration: { auth } },
});

describe('its authority', () => {
  const old = readFileSync(join(import.meta.dirname, '..', '..', '..', 'vectors', 'check', 'old.pem'), 'utf8');
  const day = new Date('2026-11-25T00:00:00Z');

  it('is what of a bundle still stands', () => {
    expect(readAuthority(`${old}\n${testRoot}`, fingerprint, day)).toBe(testRoot.trim());
  });

  it.each([
    ['has ended', testRoot, new Date('2200-01-01T00:00:00Z')],
    ['is no authority', cert.replace(cert, old), day],
    ['comes with eight others', `${testRoot}\n`.repeat(9), day],
    ['is damaged', `${testRoot}\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n`, day],
  ])('is refused when it %s', (_, text, now) => {
    expect(readAuthority(text, fingerprint, now)).toBeUndefined();
  });

  it('and a pair belong together', () => {
    expect(readClientPair(`${key}\n${cert}`)).toMatchObject({ certificate: cert });
  });
});
