import { z } from 'zod';
import type { Family } from '../addresses.ts';
import type { Programs } from '../run.ts';

const ruleSchema = z.object({
  priority: z.number(),
  src: z.string().optional(),
  dst: z.string().optional(),
  dstlen: z.number().optional(),
  fwmark: z.string().optional(),
  not: z.null().optional(),
  table: z.string().optional(),
  suppress_prefixlen: z.number().optional(),
});
export type Rule = z.infer<typeof ruleSchema>;

const routeSchema = z.object({
  type: z.string().optional(),
  dst: z.string(),
  gateway: z.string().optional(),
  dev: z.string().optional(),
  table: z.string().optional(),
  metric: z.number().optional(),
});
export type Route = z.infer<typeof routeSchema>;

const linkSchema = z.object({
  ifname: z.string(),
  flags: z.array(z.string()),
  linkinfo: z.object({ info_kind: z.string().optional() }).optional(),
});
export type Link = z.infer<typeof linkSchema>;

const addressSchema = z.object({
  ifname: z.string().optional(),
  addr_info: z
    .array(z.object({ local: z.string().optional(), prefixlen: z.number().optional(), scope: z.string().optional() }))
    .optional(),
});

/** ip(8) prints nothing at all, rather than an empty list, when a table does not exist. */
function parseList<T>(schema: z.ZodType<T>, text: string): T[] {
  return text.trim() === '' ? [] : z.array(schema).parse(JSON.parse(text));
}

export async function listRules(programs: Programs, family: Family): Promise<Rule[]> {
  return parseList(ruleSchema, await programs.run('ip', [`-${family}`, '-json', 'rule', 'show']));
}

/** Every route of the family, or of one table; empty when the table does not exist. */
export async function listRoutes(programs: Programs, family: Family, table: number | 'all'): Promise<Route[]> {
  const { code, stdout } = await programs.ask('ip', [`-${family}`, '-json', 'route', 'show', 'table', String(table)]);
  return code === 0 ? parseList(routeSchema, stdout) : [];
}

/** Where a packet to `address` would go now; undefined when nowhere. */
export async function routeTo(programs: Programs, address: string, mark?: string): Promise<Route | undefined> {
  const args = ['-json', 'route', 'get', address, ...(mark === undefined ? [] : ['mark', mark])];
  const { code, stdout } = await programs.ask('ip', args);
  const route = code === 0 ? parseList(routeSchema, stdout)[0] : undefined;
  return route?.type === 'unreachable' ? undefined : route;
}

export async function listLinks(programs: Programs): Promise<Link[]> {
  return parseList(linkSchema, await programs.run('ip', ['-json', '-details', 'link', 'show']));
}

export async function linkExists(programs: Programs, name: string): Promise<boolean> {
  return (await programs.ask('ip', ['link', 'show', 'dev', name])).code === 0;
}

/** Global addresses of one interface, without prefix length. */
export async function addressesOf(programs: Programs, name: string): Promise<string[]> {
  const { code, stdout } = await programs.ask('ip', ['-json', 'address', 'show', 'dev', name]);
  if (code !== 0) return [];
  return parseList(addressSchema, stdout)
    .flatMap(({ addr_info = [] }) => addr_info)
    .flatMap(({ local, scope }) => (local !== undefined && scope === 'global' ? [local] : []));
}

/** Runs ip commands of one family in one process; stops at the first that fails. */
export async function batch(programs: Programs, family: Family, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return;
  await programs.run('ip', [`-${family}`, '-batch', '-'], { stdin: `${lines.join('\n')}\n` });
}
