import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { startProgram, type Helper, type HelperOptions } from '../system/helper.ts';
import { LabError } from '../system/lab-error.ts';
import { places } from '../system/places.ts';
import { run } from '../system/programs.ts';

/** Number of the netfilter queue between the router's rule and the engine. */
const inspectQueue = 7;

/**
 * iptables-restore file (nftables' own queue is not in every kernel): UDP that the router passes on goes to the engine, or
 * does not. No bypass: with the engine gone nothing passes, which no test takes for an open network.
 */
export const inspectRules = (queued: boolean): string =>
  [
    '*filter',
    ':FORWARD ACCEPT [0:0]',
    ...(queued ? [`-A FORWARD -p udp -j NFQUEUE --queue-num ${inspectQueue}`] : []),
    'COMMIT',
    '',
  ].join('\n');

const headers = {
  '/usr/include/ndpi/ndpi_api.h': 'libndpi-dev',
  '/usr/include/libnetfilter_queue/libnetfilter_queue.h': 'libnetfilter-queue-dev',
};

let compiled: Promise<string> | undefined;

/**
 * The inspection engine, which drops flows once its label for them contains `word`. Compiled once a process, in the
 * sandbox's own memory. Throws LabError `program-missing` where a compiler or a library is.
 */
export async function startInspector(word: string, onDeath: HelperOptions['onDeath']): Promise<Helper> {
  const program = await (compiled ??= compile());
  return startProgram({
    name: 'lab-inspector',
    namespace: 'isp',
    onDeath,
    argv: [program, String(inspectQueue), word],
    isReady: (output) => output.startsWith('nDPI '),
  });
}

async function compile(): Promise<string> {
  for (const [header, name] of Object.entries(headers)) {
    if (existsSync(header)) continue;
    throw new LabError(
      'program-missing',
      `The lab's inspection engine needs ${header}, which is not there; on Debian: apt-get install --no-install-recommends ${name}.`,
    );
  }
  const program = join(await mkdtemp('/run/sawt-inspector-'), 'inspector');
  await run('gcc', [
    '-O1',
    '-Wall',
    '-Wextra',
    '-Werror',
    '-o',
    program,
    places.inspector,
    '-lndpi',
    '-lnetfilter_queue',
  ]);
  return program;
}
