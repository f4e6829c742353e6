import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServerList } from '../electron/servers/types.ts';
import { buildList, describeChange, writeList } from './servers/build.ts';
import { refreshCommand } from './servers/refresh/command.ts';
import { signFile } from './servers/sign.ts';

/**
 * For maintainers, from the repository's folder (docs/maintaining.md):
 *   npm run servers:refresh asks the providers for their servers and writes resources/servers/providers/*.json anew
 *   npm run servers:build   makes resources/servers/servers.json from resources/servers/providers/*.json, prints the change
 *   npm run servers:sign    signs it with the key whose text is in SAWT_SIGNING_KEY
 */
const folder = join(process.cwd(), 'resources', 'servers');
const listPath = join(folder, 'servers.json');

function readPrevious(): ServerList | undefined {
  try {
    // Our own file from the repository; what goes into the new list is checked by the app's rules.
    return JSON.parse(readFileSync(listPath, 'utf8')) as ServerList;
  } catch {
    return undefined;
  }
}

function build(): string {
  const providers = join(folder, 'providers');
  const files = new Map(
    readdirSync(providers).map((name) => [name, JSON.parse(readFileSync(join(providers, name), 'utf8')) as unknown]),
  );
  const previous = readPrevious();
  const next = buildList(files, previous, new Date());
  if (next === previous) return 'Nothing changed; the list stays as it is.';
  writeFileSync(listPath, writeList(next));
  const lines = describeChange(previous, next);
  return [
    ...lines,
    `Version ${next.listVersion}, ${next.servers.length} servers. Now sign it: npm run servers:sign`,
  ].join('\n');
}

function signList(): string {
  writeFileSync(`${listPath}.minisig`, signFile('servers.json', readFileSync(listPath), new Date()));
  return 'Signed.';
}

const print = (text: string): number => {
  process.stdout.write(`${text}\n`);
  return 0;
};
/** Each gives its exit code. */
const commands: Readonly<Record<string, (args: readonly string[]) => number | Promise<number>>> = {
  refresh: (args) => refreshCommand(args, folder, process.cwd()),
  build: () => print(build()),
  sign: () => print(signList()),
};

try {
  const [name = '', ...args] = process.argv.slice(2);
  const command = commands[name];
  if (!command) throw new Error('Say "refresh", "build" or "sign".');
  process.exitCode = await command(args);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
