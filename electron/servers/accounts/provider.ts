import { z } from 'zod';

/** What a person types to prove an account. Used for the calls of one registration and then forgotten. */
export type AccountSecret =
  | { kind: 'number'; number: string }
  | { kind: 'login'; username: string; password: string }
  | { kind: 'token'; token: string };

const id = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,63}$/);
const origin = z.string().regex(/^https:\/\/[a-z0-9.-]+(:\d{1,5})?$/);
const port = z.int().min(1).max(65535);
const caFile = z.string().regex(/^[a-z]+\.pem$/);

/** How a provider's OpenVPN servers are spoken to, as data. */
const openVpnAccessSchema = z.strictObject({
  /** The code that gets whole profiles without an account; null: a profile is put together from what follows. */
  recipe: z.enum(['leap', 'vpngate']).nullable(),
  /** The servers ask for a user name and a password, which stay in the profile; null: for a certificate. */
  asks: z.literal('login').nullable(),
  /** File in the folder `ca` with the authority of the servers; null: it stands in a file of the provider, to be imported. */
  ca: caFile.nullable(),
  /** Where servers listen of which lists say no more than that they speak OpenVPN. */
  ports: z.strictObject({ udp: z.array(port), tcp: z.array(port) }),
  /** Machines for OpenVPN, and the names in their certificates, by the id of the server in our list, which has them not. */
  places: z.record(
    z.string(),
    z.strictObject({ udp: z.ipv4().nullable(), tcp: z.ipv4().nullable(), certificateName: z.hostname() }),
  ),
  /** What the servers expect beside: directive, then arguments. */
  options: z.array(z.array(z.string()).min(1)),
  /** Its servers are computers of people whom nobody has looked at: not without a person's express consent. */
  strangers: z.boolean(),
  /** How a person gets a user name and a password, or a file, there, one English sentence. */
  file: z.string().min(1).max(300),
});

/** How a provider lets people in, as data: one file a provider in resources/servers/accounts. */
export const accountProviderSchema = z.strictObject({
  id,
  name: z.string().min(1).max(40),
  /** The code that speaks its interface; null: none is documented, so a file from its site is needed. */
  recipe: z.enum(['mullvad', 'ivpn', 'azirevpn', 'nordvpn', 'surfshark', 'pia']).nullable(),
  /** What is typed; null without a recipe. */
  asks: z.enum(['number', 'login', 'token']).nullable(),
  /** Origins of its interface by purpose, as the recipe names them. */
  api: z.record(z.string(), origin),
  /** Addresses of the main origin, for networks that hide its name. */
  apiAddresses: z.array(z.union([z.ipv4(), z.ipv6()])),
  /** File in the folder `ca` with the provider's own authority; null: the public ones. */
  ca: caFile.nullable(),
  /** What the interface does not say because it is the same for everybody; CIDR, addresses, UDP port. */
  constant: z.strictObject({
    addresses: z.array(z.string()),
    dns: z.array(z.string()),
    port: port.nullable(),
  }),
  /** Null: it has no OpenVPN servers, or too little is known of them. */
  openvpn: openVpnAccessSchema.nullable(),
  /** Where its servers come from: our signed list, or its own over TLS when somebody asks. */
  servers: z.enum(['list', 'provider']),
  /** An account may have several keys, so that a phone gets its own. */
  secondKey: z.boolean(),
  /** How a key is given back: with the session that is kept for it, with the account typed again, or on the site only. */
  giveBack: z.enum(['session', 'account', 'site']),
  website: z.url({ protocol: /^https$/ }),
  /** How a person gets a WireGuard file there, one English sentence. */
  file: z.string().min(1).max(300),
  /** What tells its files from others': ends of host names, the tunnel address of everybody, its resolvers. */
  marks: z.strictObject({
    hostSuffixes: z.array(z.string().regex(/^\.[a-z0-9.-]+$/)),
    addresses: z.array(z.string()),
    dns: z.array(z.string()),
  }),
  confidence: z.enum(['H', 'M', 'L']),
  asOf: z.iso.date(),
  sources: z.array(z.string()).min(1),
});
export type AccountProvider = z.infer<typeof accountProviderSchema>;

/** What a front has to know of a provider. */
export interface AccountProviderView extends Pick<
  AccountProvider,
  'id' | 'name' | 'asks' | 'servers' | 'secondKey' | 'giveBack' | 'website' | 'file'
> {
  /** A key can be registered from here; else a file from the provider's site is needed. */
  registers: boolean;
  /** How a profile for its OpenVPN servers is made; null: not from here. */
  openvpn: OpenVpnAccessView | null;
}

/** `free`: without an account; `needsFile`: only with an OpenVPN file of the provider that was imported before. */
export interface OpenVpnAccessView extends Pick<
  NonNullable<AccountProvider['openvpn']>,
  'asks' | 'strangers' | 'file'
> {
  free: boolean;
  needsFile: boolean;
}

export function viewOf(provider: AccountProvider): AccountProviderView {
  const { id, name, asks, servers, secondKey, giveBack, website, file, recipe, openvpn } = provider;
  const registers = recipe !== null;
  return {
    id,
    name,
    asks,
    servers,
    secondKey,
    giveBack,
    website,
    file,
    registers,
    openvpn: openvpn && accessView(openvpn),
  };
}

function accessView({ recipe, asks, ca, strangers, file }: NonNullable<AccountProvider['openvpn']>): OpenVpnAccessView {
  return { asks, strangers, file, free: recipe !== null, needsFile: recipe === null && ca === null };
}
