import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { loadAccountProviders } from '../../../electron/servers/accounts/load-providers.ts';
import type { Surprise } from './compare.ts';
import { hasLiveList, tryLiveList } from './live.ts';
import { refreshProvider, type Refreshed, type RefreshOptions } from './refresh.ts';
import { listSources } from './sources.ts';
import { openTags } from './tags.ts';

interface Flags {
  /** Ids; undefined: all. */
  providers: string[] | undefined;
  write: boolean;
  accepted: Surprise[];
  limitMs: number;
}

/**
 * npm run servers:refresh [-- --provider ID,ID] [--write] [--accept shrank,many-keys] [--timeout SECONDS]
 * `folder`: resources/servers. Returns the exit code: 0 done, 1 a provider could not be asked, 3 a list was refused.
 */
export async function refreshCommand(args: readonly string[], folder: string, root: string): Promise<number> {
  const { providers, write, accepted, limitMs } = readFlags(args);
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const extraRootsFile = process.env['NODE_EXTRA_CA_CERTS'];
  const options: RefreshOptions = {
    folder: join(folder, 'providers'),
    tags: openTags(join(root, 'node_modules', '.cache', 'sawt', 'server-lists.json')),
    now: new Date(),
    extraRoots: extraRootsFile ? readFileSync(extraRootsFile, 'utf8') : undefined,
    limitMs,
    signal: new AbortController().signal,
    accepted,
    mayWrite: (lines, path) => mayWrite(lines, path, write, say),
    say,
  };
  const live = (await loadAccountProviders(join(folder, 'accounts'))).providers.filter(hasLiveList);
  const known = [...listSources.map(({ provider }) => provider), ...live.map(({ id }) => id)];
  const unknown = providers?.filter((id) => !known.includes(id)) ?? [];
  if (unknown.length > 0) throw new Error(`No list is known of ${unknown.join(', ')}; there are ${known.join(', ')}.`);
  const isWanted = (id: string): boolean => providers?.includes(id) ?? true;
  const outcomes: Refreshed[] = [];
  // One after the other, so that a person reads one change at a time.
  for (const source of listSources.filter(({ provider }) => isWanted(provider)))
    outcomes.push(await refreshProvider(source, options));
  for (const provider of live.filter(({ id }) => isWanted(id)))
    outcomes.push((await tryLiveList(provider, options)) ? 'unchanged' : 'failed');
  if (outcomes.includes('written')) say('Now make the list of them: npm run servers:build');
  if (outcomes.includes('refused')) return 3;
  return outcomes.includes('failed') ? 1 : 0;
}

function readFlags(args: readonly string[]): Flags {
  const { values } = parseArgs({
    args: [...args],
    options: {
      provider: { type: 'string' },
      write: { type: 'boolean', default: false },
      accept: { type: 'string', default: '' },
      timeout: { type: 'string', default: '30' },
    },
  });
  const seconds = Number(values.timeout);
  if (!(seconds > 0 && seconds <= 600)) throw new Error('--timeout wants seconds, at most 600.');
  const accepted = values.accept.split(',').filter((word) => word !== '');
  const isSurprise = (word: string): word is Surprise => word === 'shrank' || word === 'many-keys';
  if (!accepted.every(isSurprise)) throw new Error('--accept knows shrank and many-keys.');
  return { providers: values.provider?.split(','), write: values.write, accepted, limitMs: seconds * 1000 };
}

/** Shown first, always; then written with --write, or when a person says so. */
async function mayWrite(
  lines: readonly string[],
  path: string,
  write: boolean,
  say: (line: string) => void,
): Promise<boolean> {
  lines.forEach(say);
  if (write) return true;
  if (!process.stdin.isTTY) {
    say('  Nothing was written; --write does.');
    return false;
  }
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await asking.question(`  Write ${path}? Type yes: `)).trim().toLowerCase() === 'yes';
  } finally {
    asking.close();
  }
}
