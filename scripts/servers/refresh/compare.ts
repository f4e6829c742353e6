import { checkWhole, leastKept } from '../../../electron/servers/list-rules.ts';
import { createRowReader, type RowRule } from '../../../electron/servers/rows.ts';
import type { Server } from '../../../electron/servers/types.ts';
import type { ProviderFile } from '../build.ts';
import type { FoundServer } from './source.ts';

/** What a provider's own list says, beside what our file does. */
export interface Comparison {
  /** The file as it would be written. */
  next: ProviderFile;
  added: Server[];
  gone: Server[];
  keys: { server: Server; before: string }[];
  addresses: { server: Server; before: string }[];
  others: { server: Server; fields: string[] }[];
  /** Key and address are what we had. */
  confirmed: number;
  /** Entries that break a rule and are left out. */
  bad: { id: string; rule: RowRule }[];
}

/** A list that changed too much to be taken unseen, in the manner of the list's own rules. */
const surprises = {
  shrank: 'a list that suddenly knows far fewer servers of a provider is more likely broken than right',
  'many-keys': 'so many servers do not get a new key at once, unless somebody wants to stand in their place',
} as const;
export type Surprise = keyof typeof surprises;

export class SurpriseError extends Error {
  override readonly name = 'SurpriseError';
  readonly surprise: Surprise;

  constructor(surprise: Surprise) {
    super(`Refused (${surprise}): ${surprises[surprise]}.`);
    this.surprise = surprise;
  }
}

/** In 90 days a twentieth of the keys changes at most (measured on public mirrors, 2025 to 2026). */
const maxKeysChanged = 0.2;
const fewKeys = 2;
const maxSources = 16;

/** `source`: what vouches for the found ones; `today`: ISO date. */
export function compare(
  { provider, servers: before }: ProviderFile,
  found: readonly FoundServer[],
  source: string,
  today: string,
): Comparison {
  const readRow = createRowReader(new Map([[provider.id, provider]]));
  const known = new Map(before.map((server) => [server.id, server]));
  const bad: Comparison['bad'] = [];
  const read = new Map<string, Server>();
  const twice: Server[] = [];
  for (const one of found) {
    const server = readRow(draftOf(one, provider.id, known.get(one.id), source, today));
    if (typeof server === 'string') bad.push({ id: printable(one.id), rule: server });
    else if (read.has(server.id)) twice.push(server);
    else read.set(server.id, server);
  }
  // In our order, so that a person sees in the file's own diff what changed.
  const kept = before.flatMap(({ id }) => read.get(id) ?? []);
  const added = [...read.values()].filter(({ id }) => !known.has(id)).sort((a, b) => (a.id < b.id ? -1 : 1));
  const servers = [...kept, ...added, ...twice];
  const pairs = kept.map((server) => ({ server, old: known.get(server.id) ?? server }));
  const keys = pairs.filter(({ server, old }) => keyOf(server) !== keyOf(old));
  const addresses = pairs.filter(({ server, old }) => addressOf(server) !== addressOf(old));
  return {
    next: { provider, servers },
    added,
    gone: before.filter(({ id }) => !read.has(id)),
    keys: keys.map(({ server, old }) => ({ server, before: keyOf(old) })),
    addresses: addresses.map(({ server, old }) => ({ server, before: addressOf(old) })),
    others: pairs.flatMap(({ server, old }) => {
      const fields = otherFields.filter((field) => saidOf[field](server) !== saidOf[field](old));
      return fields.length > 0 ? [{ server, fields }] : [];
    }),
    confirmed: pairs.filter(({ server, old }) => agree(server, old)).length,
    bad,
  };
}

/**
 * Holds what was found to the app's own rules for lists and to two more, of which a person who has looked may accept
 * one. Throws ListError and SurpriseError.
 */
export function judge(before: ProviderFile, comparison: Comparison, accepted: readonly Surprise[]): void {
  const { next, keys, gone, bad } = comparison;
  checkWhole(next.servers, new Map([[next.provider.id, next.provider]]), bad.length);
  const refuse = (surprise: Surprise): void => {
    if (!accepted.includes(surprise)) throw new SurpriseError(surprise);
  };
  if (next.servers.length < leastKept * before.servers.length) refuse('shrank');
  const inBoth = before.servers.length - gone.length;
  if (keys.length > fewKeys && keys.length > maxKeysChanged * inBoth) refuse('many-keys');
}

export const keyOf = ({ wireguard }: Server): string => wireguard?.publicKey ?? 'none';
export const addressOf = ({ ipv4, ipv6 }: Server): string => [ipv4, ipv6].filter((one) => one !== null).join(', ');
const agree = (one: Server, other: Server): boolean => keyOf(one) === keyOf(other) && one.ipv4 === other.ipv4;
/** What else may change, as text. */
const saidOf = {
  country: ({ country }: Server) => country,
  city: ({ city }: Server) => city,
  hostname: ({ hostname }: Server) => hostname,
  ports: ({ wireguard }: Server) => String(wireguard?.ports),
};
const otherFields = ['country', 'city', 'hostname', 'ports'] as const;

function draftOf(
  { publicKey, ports, openvpn, ...found }: FoundServer,
  provider: string,
  old: Server | undefined,
  source: string,
  today: string,
): Server {
  const { id, country, city, hostname, ipv4, ipv6 } = found;
  const draft: Server = {
    ...{ id, provider, country, city, hostname, ipv4, ipv6 },
    wireguard: { publicKey, ports },
    openvpn: openvpn ?? old?.openvpn ?? null,
    confidence: 'M',
    asOf: today,
    sources: [source],
  };
  if (!old || !agree(draft, old)) return draft;
  // Two copies of different origin that agree are what high confidence asks for.
  const others = old.sources.filter((name) => name !== source);
  const confidence = others.length > 0 ? 'H' : old.confidence;
  return { ...draft, confidence, sources: [...others.slice(0, maxSources - 1), source] };
}

/** Of an entry that was not judged. */
const printable = (id: string): string => id.replace(/[^\x21-\x7e]/g, '?').slice(0, 100);
