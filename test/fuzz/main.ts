import fc from 'fast-check';
import { inputsOf } from './inputs.ts';
import type { FuzzTarget } from './target.ts';
import { targets } from './targets.ts';

// node --expose-gc dist/fuzz.js list | TARGET RUNS SEED: tells on standard output, a JSON document a line, how far it is. Who
// started it takes silence for a hang. Batches have seeds of their own, so that one can be run again alone.

const batchSize = 1000;

/** A line of the output. `slowestMs`: of one input, in time of the processor, so that a busy computer is not taken for a slow parser. */
interface Progress {
  executions: number;
  slowestMs: number;
  heapMb: number;
  /** The first thing that went wrong, with how to see it again. */
  fault?: string;
}

async function fuzz(target: FuzzTarget, runs: number, seed: number): Promise<void> {
  const inputs = inputsOf(target);
  let slowestMs = 0;
  const tell = (executions: number, fault?: string): void => {
    const heapMb = process.memoryUsage().heapUsed / 1e6;
    const progress: Progress = { executions, slowestMs, heapMb, ...(fault !== undefined && { fault }) };
    process.stdout.write(`${JSON.stringify(progress)}\n`);
  };
  for (let done = 0; done < runs; done += batchSize) {
    const batch = seed + done / batchSize;
    for (const [index, input] of fc.sample(inputs, { numRuns: batchSize, seed: batch }).entries()) {
      const from = process.cpuUsage();
      try {
        await target.execute(input);
      } catch (error) {
        const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
        tell(
          done + index,
          `--only ${target.name} --runs ${batchSize} --seed ${batch}, input ${index}, base64 ${Buffer.from(input).toString('base64')}: ${text}`,
        );
        return;
      }
      const { user, system } = process.cpuUsage(from);
      slowestMs = Math.max(slowestMs, (user + system) / 1000);
    }
    globalThis.gc?.();
    tell(Math.min(runs, done + batchSize));
  }
}

const [name, runs = '1000', seed = '1'] = process.argv.slice(2);
const target = targets.find((each) => each.name === name);
if (name === 'list') process.stdout.write(`${JSON.stringify(targets.map((each) => each.name))}\n`);
else if (target) await fuzz(target, Number(runs), Number(seed));
else throw new Error(`There is no target ${name ?? ''}.`);
