import { blocks } from './blocks.ts';
import { measureTruth } from './truth.ts';

// node dist/sim.js [OPEN-RUNS [RUNS-OF-EACH-BLOCK [BLOCK]]]: how often the check is wrong, as one JSON document. Mistakes
// are told on standard error, with the seeds to see them again.

// Hundreds of connections fail in each check; nobody reads where in the code.
Error.stackTraceLimit = 0;

const [openRuns = '2000', blockedRuns = '500', only] = process.argv.slice(2);

const truth = await measureTruth({
  openRuns: Number(openRuns),
  blockedRuns: Number(blockedRuns),
  blocks: blocks.filter(({ id }) => only === undefined || id === only),
  onMistake: (where, seed, mistakes) => process.stderr.write(`${where}, seed ${seed}: ${mistakes.join('; ')}\n`),
});
process.stdout.write(`${JSON.stringify(truth)}\n`);
