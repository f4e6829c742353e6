import { z } from 'zod';

/** What a person types to prove an account. Used for the calls of one registration and then forgotten. */
export type AccountSecret =
  | { kind: 'number'; number: string }
  | { kind: 'login'; username: string; password: string }
  | { kind: 'token'; token: string };

const id = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,63}$/);
const origin = z.string().regex(/^https:\/\/[a-z0-9.-]+(:\d{1,5})?$/);

/** How a provider gives out keys, as data: one file a provider in resources/servers/accounts. */
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
  ca: z
    .string()
    .regex(/^[a-z]+\.pem$/)
    .nullable(),
  /** What the interface does not say because it is the same for everybody; CIDR, addresses, UDP port. */
  constant: z.strictObject({
    addresses: z.array(z.string()),
    dns: z.array(z.string()),
    port: z.int().min(1).max(65535).nullable(),
  }),
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
}

export function viewOf(provider: AccountProvider): AccountProviderView {
  const { id, name, asks, servers, secondKey, giveBack, website, file, recipe } = provider;
  return { id, name, asks, servers, secondKey, giveBack, website, file, registers: recipe !== null };
}
