import { lstat, open, readFile, readlink, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { inAnyRange } from './addresses.ts';
import { TunnelFailure } from './errors.ts';
import type { ResolverChange } from './journal.ts';
import { localRanges } from './lock/routing-lock.ts';
import { beforeIn, resolvConf, type Before, type TunnelResolvers } from './resolv-conf-text.ts';
import type { Programs } from './run.ts';

export interface ResolverTools {
  programs: Programs;
  /** Normally /etc/resolv.conf. */
  path: string;
  trace?: ((step: string) => void) | undefined;
}

/** How this system resolves names, and what using `resolvers` would change. Changes nothing. */
export async function planResolver(tools: ResolverTools, resolvers: TunnelResolvers): Promise<ResolverChange> {
  if (resolvers.servers.length === 0) return { kind: 'untouched' };
  const before = await lookAt(tools.path);
  if (before.kind === 'link' && /systemd\/resolve/.test(before.target) && (await resolvedAnswers(tools.programs))) {
    return { kind: 'resolved' };
  }
  return { ...before, written: Buffer.from(resolvConf(resolvers, before)).toString('base64') };
}

/** A file of ours from before a restart of the computer stands for what it replaced. */
async function lookAt(path: string): Promise<Before> {
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined) return { kind: 'missing' };
  if (found.isSymbolicLink()) return { kind: 'link', target: await readlink(path) };
  const bytes = await readFile(path);
  return beforeIn(bytes.toString()) ?? { kind: 'file', original: bytes.toString('base64') };
}

/** Our file, left there without a journal: by a restart of the computer. */
export async function findStrayResolver(path: string): Promise<ResolverChange | undefined> {
  const found = await lstat(path).catch(() => undefined);
  if (!found?.isFile()) return undefined;
  const bytes = await readFile(path);
  const before = beforeIn(bytes.toString());
  return before && { ...before, written: bytes.toString('base64') };
}

async function resolvedAnswers(programs: Programs): Promise<boolean> {
  return (
    programs.find('resolvectl') !== undefined && (await programs.ask('resolvectl', ['status', '--no-pager'])).code === 0
  );
}

export async function applyResolver(
  tools: ResolverTools,
  change: ResolverChange,
  { servers, searchDomains }: TunnelResolvers,
  device: string,
): Promise<void> {
  tools.trace?.(`resolver ${change.kind}`);
  try {
    switch (change.kind) {
      case 'untouched':
        return;
      case 'resolved':
        await tools.programs.run('resolvectl', ['dns', device, ...servers]);
        // "~." sends every name to this interface, so that none goes to a resolver of the local network.
        await tools.programs.run('resolvectl', ['domain', device, '~.', ...searchDomains]);
        return;
      case 'file':
        await overwrite(tools.path, Buffer.from(change.written, 'base64'));
        return;
      case 'link':
        await replaceBy(tools.path, (draft) =>
          writeFile(draft, Buffer.from(change.written, 'base64'), { mode: 0o644 }),
        );
        return;
      case 'missing':
        await writeFile(tools.path, Buffer.from(change.written, 'base64'), { mode: 0o644 });
    }
  } catch (error) {
    if (error instanceof TunnelFailure) throw error;
    const words = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    throw new TunnelFailure(
      'network-change-failed',
      `${tools.path} could not be changed (${words}), so names would not be looked up inside the tunnel; make it writable and try again.`,
    );
  }
}

/** Puts the original back. What somebody else wrote meanwhile, for example a renewed lease, is newer and stays. */
export async function restoreResolver(tools: ResolverTools, change: ResolverChange, device: string): Promise<boolean> {
  tools.trace?.(`resolver restore ${change.kind}`);
  if (change.kind === 'untouched') return false;
  if (change.kind === 'resolved') {
    return (await tools.programs.ask('resolvectl', ['revert', device])).code === 0;
  }
  if (!(await isStillOurs(tools.path, change))) return false;
  if (change.kind === 'file') await overwrite(tools.path, Buffer.from(change.original, 'base64'));
  else if (change.kind === 'link') await replaceBy(tools.path, (draft) => symlink(change.target, draft));
  else await rm(tools.path);
  return true;
}

type WrittenChange = Extract<ResolverChange, { written: string }>;

async function isStillOurs(path: string, change: WrittenChange): Promise<boolean> {
  const found = await lstat(path).catch(() => undefined);
  if (!found?.isFile()) return false;
  const now = await readFile(path);
  const written = Buffer.from(change.written, 'base64');
  if (now.equals(written)) return true;
  // Killed while putting the original back, between writing it and cutting to length: the rest is still ours.
  const original = change.kind === 'file' ? Buffer.from(change.original, 'base64') : Buffer.alloc(0);
  return now.equals(Buffer.concat([original, written.subarray(original.length)]));
}

/**
 * Written over and then cut to length: there is never an empty file, the inode stays, and it also works where the file is
 * bind-mounted and a rename would answer EBUSY.
 */
async function overwrite(path: string, bytes: Buffer): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.write(bytes, 0, bytes.length, 0);
    await file.truncate(bytes.length);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function replaceBy(path: string, make: (draft: string) => Promise<void>): Promise<void> {
  const draft = `${path}.sawt`;
  await rm(draft, { force: true });
  await make(draft);
  await rename(draft, path);
}

/** True when the present resolvers would still answer with all other traffic in the tunnel: they are public addresses. */
export async function presentResolversSurvive(path: string): Promise<boolean> {
  const text = await stat(path)
    .then(() => readFile(path, 'utf8'))
    .catch(() => '');
  const servers = [...text.matchAll(/^\s*nameserver\s+(\S+)/gm)].map(([, server = '']) => server);
  const local = [...localRanges['4'], ...localRanges['6'], '127.0.0.0/8', '::1/128'];
  return servers.length > 0 && !servers.some((server) => inAnyRange(server, local));
}
