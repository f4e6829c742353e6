import type { IncomingHttpHeaders } from 'node:http';

/** What a provider's interface is in the mood for; `open`: as documented, for whom has an account. */
export type Mood =
  | 'open'
  /** The account has as many devices as it may. */
  | 'full'
  /** No time is left on the account. */
  | 'inactive'
  /** 429, with Retry-After: 30. */
  | 'busy'
  /** An answer that begins and does not end. */
  | 'slow'
  /** Far more than an answer can be. */
  | 'oversized'
  /** A page for people instead. */
  | 'page'
  | 'redirect'
  /** JSON of another shape. */
  | 'strange';

export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  /** The name that was asked for. */
  host: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Said {
  status: number;
  /** Undefined: nothing. */
  json?: unknown;
  /** In place of JSON. */
  text?: string;
  type?: string;
}

/** A server as its provider knows it. */
export interface ListedServer {
  country: string;
  city: string;
  hostname: string;
  ipv4: string;
  ipv6: string | null;
  publicKey: string;
}

/** What lets one in to an OpenVPN server that knows people by certificate, PEM. */
export interface CertifiedMaterial {
  authority: string;
  client: { certificate: string; key: string };
}

/** The provider's side of the tunnel, and what it remembers. */
export interface Office {
  mood: Mood;
  /** Undefined: it hands out nothing. */
  handsOut?: CertifiedMaterial;
  /** Makes the key known to the VPN server; gives the tunnel addresses, new ones unless they are the same for all. */
  register(publicKey: string, constant?: string): Promise<{ v4: string; v6: string }>;
  unregister(publicKey: string): Promise<void>;
  serverKey(): Promise<string>;
  /** What it publishes today. */
  listed(): ListedServer[];
  /** Tokens, sessions and devices by name; lives as long as the world. */
  memory: Map<string, string>;
}

export type ProviderApi = (asked: Asked, office: Office) => Promise<Said>;

/** Not how the interface is documented: whoever sends it would be refused by the real one. */
export const unheardOf: Said = { status: 404, json: { code: 'NOT_FOUND' } };
export const badRequest: Said = { status: 400, json: { code: 'BAD_REQUEST' } };

/** The body, when it is sent as JSON with exactly these fields. */
export function exactly(asked: Asked, fields: readonly string[]): Record<string, unknown> | undefined {
  if (!/^application\/json(;|$)/.test(asked.headers['content-type'] ?? '')) return undefined;
  try {
    const value: unknown = JSON.parse(asked.body);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const same = Object.keys(value).sort().join() === [...fields].sort().join();
    return same ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** A WireGuard public key in its one spelling. */
export function isKey(value: unknown): value is string {
  if (typeof value !== 'string' || !/^[A-Za-z0-9+/]{43}=$/.test(value)) return false;
  return Buffer.from(value, 'base64').toString('base64') === value;
}

export const bearerOf = ({ headers }: Asked): string => /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
