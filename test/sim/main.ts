import { isMainThread } from 'node:worker_threads';
import { blocks, findBlock } from './blocks.ts';
import { hireCrew, serveCrew } from './crew.ts';
import { measureTruth } from './truth.ts';

// node dist/sim.js [OPEN-RUNS [RUNS-OF-EACH-BLOCK [BLOCK]]]: how often the check is wrong, as one JSON document. Mistakes
// are told on standard error, with the seeds to see them again. All cores work on it; the counts do not depend on them.

// Hundreds of connections fail in each check; nobody reads where in the code.
Error.stackTraceLimit = 0;

async function measure([openRuns = '2000', blockedRuns = '500', only]: readonly string[]): Promise<void> {
  const chosen = only === undefined ? blocks : [findBlock(only)];
  const crew = hireCrew(new URL(import.meta.url));
  try {
    const truth = await measureTruth({
      openRuns: Number(openRuns),
      blockedRuns: Number(blockedRuns),
      blocks: chosen,
      onMistake: (where, seed, mistakes) => process.stderr.write(`${where}, seed ${seed}: ${mistakes.join('; ')}\n`),
      crew,
    });
    process.stdout.write(`${JSON.stringify(truth)}\n`);
  } finally {
    await crew.close();
  }
}

if (isMainThread) await measure(process.argv.slice(2));
else serveCrew();
