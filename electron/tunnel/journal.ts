import { link, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { TunnelFailure } from './errors.ts';
import { stages, tunnelErrorCodes } from './types.ts';

const identity = z.strictObject({ pid: z.int().positive(), startedAt: z.string() });
const cidr = z.string().regex(/^[0-9a-fA-F.:]+\/\d{1,3}$/);

const attempt = z.strictObject({
  transport: z.enum(['wireguard-udp', 'openvpn-udp', 'openvpn-tcp']),
  endpoint: z.string(),
  result: z.enum(['ok', 'silent', 'refused', 'rejected', 'failed', 'cancelled']),
  durationMs: z.number(),
});

const verified = z.strictObject({
  handshake: z.boolean(),
  traffic: z.boolean(),
  exit: z.string().nullable(),
  dnsInTunnel: z.boolean(),
  ipv6: z.enum(['tunnelled', 'blocked', 'absent', 'leaking']),
  calls: z.enum(['ok', 'degraded', 'blocked', 'unknown']),
});

/** How names were resolved before us, and the bytes to put back. */
const resolver = z.discriminatedUnion('kind', [
  /** Not ours to change, or not changed yet. */
  z.strictObject({ kind: z.literal('untouched') }),
  /** A regular file, also one that is bind-mounted: overwritten in place. Both texts are base64. */
  z.strictObject({ kind: z.literal('file'), original: z.base64(), written: z.base64() }),
  z.strictObject({ kind: z.literal('link'), target: z.string(), written: z.base64() }),
  z.strictObject({ kind: z.literal('missing'), written: z.base64() }),
  /** systemd-resolved keeps the servers of each interface and forgets them with it. */
  z.strictObject({ kind: z.literal('resolved') }),
]);

const sysctlChange = z.strictObject({
  name: z.string().regex(/^net\/ipv4\/conf\/all\/(arp_ignore|src_valid_mark)$/),
  before: z.string().regex(/^\d+$/),
  during: z.string().regex(/^\d+$/),
});

const routingLock = z.strictObject({
  table: z.int().min(1000).max(4294967295),
  resolverPref: z.int().min(1).max(32765),
  lanPref: z.int().min(1).max(32765),
  tunnelPref: z.int().min(1).max(32765),
  /** Prefixes that stay reachable by the routes of the local network. */
  lan: z.array(cidr),
  /** Resolvers inside the tunnel whose addresses look like ones of the local network. */
  tunnelled: z.array(cidr),
  ipv6: z.boolean(),
  /** What the lock holds when only calls go through the tunnel; absent: everything. */
  only: z.array(cidr).exactOptional(),
});

const journalSchema = z.strictObject({
  schema: z.literal(1),
  phase: z.enum(['connecting', 'connected', 'blocked']),
  stage: z.enum(stages),
  /** Who is connecting; when it is gone, the connection was interrupted. */
  owner: identity,
  bootId: z.string(),
  kind: z.enum(['wireguard', 'openvpn']),
  profile: z.string(),
  backend: z.string(),
  killSwitch: z.boolean(),
  interface: z.string().regex(/^sawt[0-9a-f]{8}$/),
  /** wireguard-go or openvpn; null for the kernel's own WireGuard, or before the program was started. */
  program: identity.nullable(),
  routing: routingLock,
  sysctls: z.array(sysctlChange),
  resolver,
  since: z.string().nullable(),
  durationMs: z.number(),
  attempts: z.array(attempt),
  verified: verified.nullable(),
  error: z.strictObject({ code: z.enum(tunnelErrorCodes), message: z.string() }).nullable(),
});

/** What we are about to change and what was there before: enough to undo everything, whenever we are killed. */
export type Journal = z.infer<typeof journalSchema>;
export type RoutingLock = Journal['routing'];
export type ResolverChange = Journal['resolver'];
export type SysctlChange = Journal['sysctls'][number];

export interface JournalFile {
  /** `unreadable`: there is one, but not one that we can trust. Throws `permission-refused` when it is not ours to read. */
  read(): Promise<Journal | 'unreadable' | undefined>;
  /** On the disk when it returns. Throws `another-tunnel` when there is a journal already: two connections at once. */
  create(journal: Journal): Promise<void>;
  /** Replaces the journal, old or new but never half of one; on the disk when it returns. */
  write(journal: Journal): Promise<void>;
  remove(): Promise<void>;
}

export function openJournal(folder: string, trace?: (step: string) => void): JournalFile {
  const path = join(folder, 'connection.json');
  const draft = `${path}.${process.pid}.new`;

  async function writeDraft(journal: Journal): Promise<void> {
    trace?.(`journal ${journal.phase} ${journal.stage}`);
    const file = await open(draft, 'w', 0o600);
    try {
      await file.writeFile(JSON.stringify(journalSchema.parse(journal)));
      await file.sync();
    } finally {
      await file.close();
    }
  }

  return {
    async read() {
      const text = await readFile(path, 'utf8').catch((error: unknown) => {
        if (isCode(error, 'ENOENT')) return undefined;
        if (!isCode(error, 'EACCES')) throw error;
        throw new TunnelFailure(
          'permission-refused',
          'The connection belongs to the administrator of this computer; run the same command with sudo.',
        );
      });
      return text === undefined ? undefined : parseJournal(text);
    },
    async create(journal) {
      await writeDraft(journal);
      try {
        await link(draft, path);
      } catch (error) {
        if (!isCode(error, 'EEXIST')) throw error;
        throw new TunnelFailure('another-tunnel', 'Sawt is already connecting; wait for it or run "sawt disconnect".');
      } finally {
        await rm(draft, { force: true });
      }
      await syncFolder(folder);
    },
    async write(journal) {
      await writeDraft(journal);
      await rename(draft, path);
      await syncFolder(folder);
    },
    async remove() {
      trace?.('journal remove');
      await rm(path, { force: true });
      await syncFolder(folder);
    },
  };
}

export function parseJournal(text: string): Journal | 'unreadable' {
  try {
    return journalSchema.parse(JSON.parse(text));
  } catch {
    return 'unreadable';
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
