import { z } from 'zod';
import { checkWhole } from '../../electron/servers/list-rules.ts';
import { createRowReader, providerSchema } from '../../electron/servers/rows.ts';
import type { Provider, Server, ServerList } from '../../electron/servers/types.ts';

/** A file of resources/servers/providers: one provider and its servers. */
export interface ProviderFile {
  provider: Provider;
  servers: Server[];
}

const providerFileSchema = z.strictObject({ provider: providerSchema, servers: z.array(z.unknown()) });

const lifetimeDays = 90;

/**
 * The list made of the providers' files, by the app's own rules; here one bad entry stops everything, because a person
 * can mend it. The version goes up only when something changed: then `previous` itself comes back.
 */
export function buildList(
  files: ReadonlyMap<string, unknown>,
  previous: ServerList | undefined,
  now: Date,
): ServerList {
  const providers: Provider[] = [];
  const servers: Server[] = [];
  for (const [name, content] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const file = readProviderFile(name, content);
    providers.push(file.provider);
    servers.push(...file.servers);
  }
  checkWhole(servers, new Map(providers.map((provider) => [provider.id, provider])), 0);
  if (previous && isSame(previous.providers, providers) && isSame(previous.servers, servers)) return previous;
  return {
    schema: 1,
    listVersion: (previous?.listVersion ?? 0) + 1,
    issuedAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + lifetimeDays * 86_400_000).toISOString(),
    providers,
    servers,
  };
}

/** By the app's rules for entries. Throws with the file's name and the place. */
export function readProviderFile(name: string, content: unknown): ProviderFile {
  const parsed = providerFileSchema.safeParse(content);
  if (!parsed.success) throw new Error(`${name}: ${z.prettifyError(parsed.error)}`);
  const { provider, servers: rows } = parsed.data;
  const readRow = createRowReader(new Map([[provider.id, provider]]));
  const servers = rows.map((row, index) => {
    const server = readRow(row);
    if (typeof server === 'string') throw new Error(`${name}: entry ${index + 1} fails the rule ${server}.`);
    return server;
  });
  return { provider, servers };
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** One entry a line, so that a change of the list can be read in a diff. */
export function writeList({ providers, servers, ...envelope }: ServerList): string {
  const head = Object.entries(envelope).map(([name, value]) => ` ${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  const rows = (name: string, items: readonly unknown[]): string =>
    ` "${name}": [\n${items.map((item) => `  ${JSON.stringify(item)}`).join(',\n')}\n ]`;
  return `{\n${[...head, rows('providers', providers), rows('servers', servers)].join(',\n')}\n}\n`;
}

/** What a person reads before signing. */
export function describeChange(previous: ServerList | undefined, next: ServerList): string[] {
  const before = new Map(previous?.servers.map((server) => [server.id, server]));
  const after = new Map(next.servers.map((server) => [server.id, server]));
  const changed = (server: Server): string[] => {
    const old = before.get(server.id);
    if (!old) return [`+ ${server.id} (${server.city}, ${server.country})`];
    const fields = (Object.keys(server) as (keyof Server)[]).filter((field) => !isSame(old[field], server[field]));
    return fields.length > 0 ? [`~ ${server.id}: ${fields.join(', ')}`] : [];
  };
  const gone = [...before.keys()].filter((id) => !after.has(id)).map((id) => `- ${id}`);
  return [...[...after.values()].flatMap(changed), ...gone];
}
