import { z } from 'zod';
import { isPublicAddress } from '../../../profile/address.ts';
import type { Server } from '../../types.ts';
import type { ApiServer, ProviderApi } from '../api.ts';
import { AccountError } from '../errors.ts';
import type { FreeRecipe, Offer, OfferedFile } from '../offer.ts';
import { readAuthority, readClientPair, type ClientPair } from './leap-certificates.ts';

// The LEAP platform, version 3 of its interface: OONI's ts-026-riseupvpn, leapcode/bitmask-vpn@dc7f2ee4 (2026-04-13) and
// kmille/riseup-vpn-configurator@9139789 (2025-05). Its authority ends after some years and is not the one in old clients,
// so that it is fetched each time, over a connection that a public authority vouches for, and must have the fingerprint
// that the provider's own file names.

const webAddress = z.url({ protocol: /^https$/ }).max(300);
export const leapProviderSchema = z.object({
  api_uri: webAddress,
  ca_cert_uri: webAddress,
  ca_cert_fingerprint: z.string().regex(/^SHA256: ?[0-9A-Fa-f:]{64,95}$/),
});

const maxGateways = 500;
const place = z.object({
  name: z.string().regex(/^[\p{L}\p{M} .'-]{1,60}$/u),
  country_code: z.string().regex(/^[A-Z]{2}$/),
});
const portText = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .pipe(z.int().min(1).max(65535));
const transport = z.object({
  type: z.literal('openvpn'),
  ports: z.array(portText).min(1).max(16),
  protocols: z.array(z.string().max(20)).min(1).max(8),
});
/** Words that OpenVPN reads, without anything that could begin a line of its own. */
const words = z.string().regex(/^[A-Za-z0-9:_-]{1,200}( [A-Za-z0-9:_-]{1,20})?$/);
export const leapServiceSchema = z.object({
  version: z.literal(3),
  gateways: z
    .array(
      z.object({
        host: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}(\.[a-z0-9-]{1,63}){1,6}$/),
        ip_address: z.ipv4({ abort: true }).refine(isPublicAddress),
        location: z.string().max(100),
        capabilities: z.object({ transport: z.array(z.unknown()).max(32) }),
      }),
    )
    .min(1)
    .max(maxGateways),
  locations: z.record(z.string().max(100), z.unknown()),
  openvpn_configuration: z.object({ auth: words.optional(), cipher: words.optional(), keepalive: words.optional() }),
});
type Service = z.infer<typeof leapServiceSchema>;
type Gateway = Service['gateways'][number];

export const leap: FreeRecipe = async (api, asOf) => {
  const { authority, server } = await bootstrap(api, new Date(asOf));
  const service = await api.callServer(
    { method: 'GET', path: '/3/config/eip-service.json', expects: leapServiceSchema, maxBytes: 512 * 1024 },
    server,
  );
  const offers = service.gateways.flatMap((gateway): Offer[] => {
    const found = serverOf(api, gateway, service, asOf);
    if (found === undefined) return [];
    const file = async (): Promise<OfferedFile> =>
      writeFile(gateway, found, service, authority, await clientPair(api, server));
    return [{ server: found, file }];
  });
  if (offers.length === 0) throw new AccountError('provider-answer-invalid', api.provider);
  return offers;
};

/** Whom to ask, and the authority of the gateways (PEM). */
async function bootstrap(api: ProviderApi, now: Date): Promise<{ authority: string; server: ApiServer }> {
  const refuse = (): AccountError => new AccountError('provider-answer-invalid', api.provider);
  const told = await api.call({ method: 'GET', origin: 'main', path: '/provider.json', expects: leapProviderSchema });
  const [main, ca] = [new URL(told.api_uri), new URL(told.ca_cert_uri)];
  const isOwn = ({ hostname }: URL): boolean =>
    api.provider.marks.hostSuffixes.some((suffix) => hostname.endsWith(suffix));
  if (!isOwn(main) || !isOwn(ca)) throw refuse();
  const text = await api.callServer(
    { method: 'GET', path: ca.pathname, reads: 'text', expects: z.string() },
    { origin: ca.origin, besides: [] },
  );
  const authority = readAuthority(text, told.ca_cert_fingerprint, now);
  if (authority === undefined) throw refuse();
  return { authority, server: { origin: main.origin, besides: [authority] } };
}

function serverOf(
  { provider }: ProviderApi,
  { host, ip_address, location, capabilities }: Gateway,
  { locations }: Service,
  asOf: string,
): Server | undefined {
  const where = Object.hasOwn(locations, location) ? place.safeParse(locations[location]).data : undefined;
  const ways = capabilities.transport.flatMap((item) => transport.safeParse(item).data ?? []);
  const portsOver = (protocol: 'udp' | 'tcp'): number[] =>
    inOrder(ways.filter(({ protocols }) => protocols.includes(protocol)).flatMap(({ ports }) => ports));
  const ports = { udp: portsOver('udp'), tcp: portsOver('tcp') };
  const isOwn = provider.marks.hostSuffixes.some((suffix) => host.endsWith(suffix));
  if (where === undefined || !isOwn || ports.udp.length + ports.tcp.length === 0) return undefined;
  return {
    id: `${provider.id}/${shortName(host)}`,
    provider: provider.id,
    country: where.country_code,
    city: where.name,
    hostname: host,
    ipv4: ip_address,
    ipv6: null,
    wireguard: null,
    openvpn: { ports },
    confidence: 'M',
    asOf,
    sources: [provider.api['main'] ?? provider.name],
  };
}

/** Port 53 last: networks answer there themselves. The provider's own client leaves it out. */
const inOrder = (ports: readonly number[]): number[] =>
  [...new Set(ports)].sort((a, b) => Number(a === 53) - Number(b === 53));

/** What stands in a gateway's certificate. */
const shortName = (host: string): string => host.split('.')[0] ?? host;

/** A fresh certificate, for anybody. Older platforms have it under the first version of the interface. */
async function clientPair(api: ProviderApi, server: ApiServer): Promise<ClientPair> {
  const ask = (version: number, tolerates: number[]): Promise<string | undefined> =>
    api.callServer<string | undefined>(
      { method: 'POST', path: `/${version}/cert`, reads: 'text', expects: z.string(), tolerates },
      server,
    );
  const pair = readClientPair((await ask(3, [404])) ?? (await ask(1, [])) ?? '');
  if (pair === undefined) throw new AccountError('provider-answer-invalid', api.provider);
  return pair;
}

function writeFile(
  { host }: Gateway,
  { ipv4, openvpn }: Server,
  { openvpn_configuration: { auth, cipher, keepalive } }: Service,
  authority: string,
  { certificate, key, expiresAt }: ClientPair,
): OfferedFile {
  const { udp = [], tcp = [] } = openvpn?.ports ?? {};
  const said = Object.entries({ auth, cipher, keepalive }).filter(([, value]) => value !== undefined);
  const lines = [
    ...['client', 'dev tun', 'remote-cert-tls server', `verify-x509-name ${shortName(host)} name`],
    ...udp.map((port) => `remote ${ipv4} ${port} udp`),
    ...tcp.map((port) => `remote ${ipv4} ${port} tcp`),
    ...said.map(([name, value]) => `${name} ${value}`),
    ...['<ca>', authority, '</ca>', '<cert>', certificate, '</cert>', '<key>', key, '</key>', ''],
  ];
  return { bytes: Buffer.from(lines.join('\n')), expiresAt };
}
