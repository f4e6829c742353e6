import { X509Certificate } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';
import { z } from 'zod';

/** Longer than any relay with the certificate of its authority. */
export const maxRelayBytes = 64 * 1024;
const waysMax = 8;
/** Services that lend relays name STUN servers beside them. */
const urlsMax = 16;

/** By RFC 7065 §3.1, where an address names no port. */
const defaultPorts = { turn: 3478, turns: 5349 } as const;

const port = z.int().min(1).max(65535);
/** RFC 8489 §14.3: a user name has fewer than 509 bytes. */
const username = z.string().refine((text) => isBounded(text, 508));
const credential = z.string().refine((text) => isBounded(text, 763));
const certificate = z.string().max(maxRelayBytes).refine(isCertificate);

/** How a relay can be reached; `host` is an address, or a name in lower case. */
const waySchema = z.strictObject({
  transport: z.enum(['udp', 'tcp', 'tls']),
  host: z.string().refine((text) => readHost(text) === text),
  port,
});
export type RelayWay = z.infer<typeof waySchema>;

/** A relay (TURN, RFC 8656) that its user has an account with. Secret: the credential. */
export const relaySchema = z.strictObject({
  ways: z.array(waySchema).min(1).max(waysMax),
  username,
  credential,
  /** PEM: the authority by which it is known over TLS, besides the public ones; null for these alone. */
  ca: certificate.nullable(),
});
export type Relay = z.infer<typeof relaySchema>;

/** What everybody may see of it. */
export interface RelaySummary {
  ways: RelayWay[];
  username: string;
  /** It is known by an authority of its own. */
  ownAuthority: boolean;
}

export function relaySummary({ ways, username, ca }: Relay): RelaySummary {
  return { ways, username, ownAuthority: ca !== null };
}

/** A text that is no relay. Names the place, never a value. */
export class RelayError extends Error {
  override readonly name = 'RelayError';
  readonly code = 'relay-invalid';
  /** `urls`, `username`, `credential`, `ca`; null when it is the whole. */
  readonly field: string | null;

  constructor(field: string | null, problem: string) {
    super(`The relay was not taken: ${problem}.`);
    this.field = field;
  }
}

/** Browsers' RTCIceServer (W3C WebRTC §4.2.4), and `ca`, which is ours. What else stands there does not matter here. */
const iceServerSchema = z.object({
  urls: z
    .union([z.string().transform((url) => [url]), z.array(z.string())])
    .pipe(z.array(z.string()).min(1).max(urlsMax)),
  username,
  credential,
  ca: certificate.nullish(),
});

const problems: Record<string, string> = {
  urls: `"urls" has to hold from one to ${urlsMax} addresses such as turn:relay.example:3478?transport=udp`,
  username: 'it needs a "username"; relays let nobody in without one',
  credential: 'it needs a "credential", which is the password',
  ca: '"ca" has to be a certificate as PEM text',
};

/**
 * Reads the JSON of a relay: one RTCIceServer, a list of them, or an RTCConfiguration (`{ "iceServers": ... }`), of which
 * the first relay counts. Throws RelayError.
 */
export function parseRelay(text: string): Relay {
  const parsed = iceServerSchema.safeParse(pickServer(readJson(text)));
  if (!parsed.success) {
    const [field] = parsed.error.issues[0]?.path ?? [];
    const problem = problems[String(field)];
    throw problem === undefined
      ? new RelayError(null, 'it has to be a JSON object with "urls", "username" and "credential"')
      : new RelayError(String(field), problem);
  }
  const { urls, username, credential, ca } = parsed.data;
  return { ways: readWays(urls), username, credential, ca: ca ?? null };
}

function readJson(text: string): unknown {
  if (text.length > maxRelayBytes) throw new RelayError(null, 'the file is far too large for one');
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    throw new RelayError(
      null,
      'it is not JSON; "sawt own-server new" writes such a file, and whoever lends a relay has one',
    );
  }
}

function pickServer(value: unknown): unknown {
  const found = z.object({ iceServers: z.unknown() }).safeParse(value);
  const servers: unknown = found.success ? found.data.iceServers : value;
  if (!Array.isArray(servers)) return servers;
  const list: unknown[] = servers;
  return (
    list.find((server) => z.object({ credential: z.unknown(), urls: z.unknown() }).safeParse(server).success) ?? list[0]
  );
}

function readWays(urls: readonly string[]): RelayWay[] {
  const ways = urls.flatMap((url, index) => readUrl(url) ?? refuseUrl(index));
  const different = ways.filter((way, index) => ways.findIndex((other) => isSame(way, other)) === index);
  if (different.length === 0)
    throw new RelayError('urls', '"urls" names no relay, as turn: or turns: over UDP, TCP or TLS do');
  if (different.length > waysMax) throw new RelayError('urls', `"urls" names more than ${waysMax} ways to the relay`);
  return different;
}

function refuseUrl(index: number): never {
  throw new RelayError(
    'urls',
    `address ${index + 1} in "urls" is not written like turn:relay.example:3478?transport=udp`,
  );
}

/** No way for a STUN server and for TURN over DTLS, which nothing here speaks. Undefined: not an address by RFC 7064 and 7065. */
function readUrl(url: string): RelayWay[] | undefined {
  const match = /^(stuns?|turns?):(?:\[([^\]]+)\]|([^:[\]?]+))(?::(\d{1,5}))?(?:\?transport=(udp|tcp))?$/i.exec(url);
  if (!match) return undefined;
  const [, scheme = '', bracketed, plain = '', digits, named] = match.map((part: string | undefined) =>
    part?.toLowerCase(),
  );
  const host = readHost(bracketed ?? plain);
  if (host === undefined || (bracketed !== undefined && !isIPv6(host))) return undefined;
  if (scheme !== 'turn' && scheme !== 'turns') return [];
  const parsed = port.safeParse(digits === undefined ? defaultPorts[scheme] : Number(digits));
  if (!parsed.success) return undefined;
  const secure = scheme === 'turns';
  const carrier = named ?? (secure ? 'tcp' : 'udp');
  if (secure && carrier === 'udp') return [];
  return [{ transport: secure ? 'tls' : carrier === 'udp' ? 'udp' : 'tcp', host, port: parsed.data }];
}

/** An address without a zone, or a host name (RFC 1123) that no C library takes for a number. */
function readHost(text: string): string | undefined {
  if (isIPv4(text) || (isIPv6(text) && !text.includes('%'))) return text;
  const name = text.toLowerCase();
  const labels = name.split('.');
  const isName = name.length <= 253 && labels.every((label) => /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/.test(label));
  return isName && !/^(?:\d+|0x[0-9a-f]*)$/.test(labels.at(-1) ?? '') ? name : undefined;
}

const isSame = (one: RelayWay, other: RelayWay): boolean =>
  one.transport === other.transport && one.host === other.host && one.port === other.port;

function isBounded(text: string, maxBytes: number): boolean {
  return text !== '' && Buffer.byteLength(text) <= maxBytes;
}

function isCertificate(text: string): boolean {
  try {
    new X509Certificate(text);
    return true;
  } catch {
    return false;
  }
}
