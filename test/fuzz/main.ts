import { inputsOf } from './inputs.ts';
import type { FuzzTarget } from './target.ts';
import { targets } from './targets.ts';

// node --expose-gc dist/fuzz.js list | TARGET RUNS SEED: tells on standard output, a JSON document a line, how far it is. Who
// started it takes silence for a hang. Batches have seeds of their own, so that one can be run again alone.

const batchSize = 1000;
/** Cleaning the whole heap takes as long as hundreds of inputs; between two times it only grows and shrinks by itself. */
const batchesPerCleaning = 10;

/** A line of the output. `slowestMs`: of one input, in time of the processor, so that a busy computer is not taken for a slow parser. */
interface Progress {
  executions: number;
  slowestMs: number;
  /** Of the processor, without starting up: what a pace can be told by on a busy computer. */
  busyMs: number;
  /** After a cleaning; null between two. */
  heapMb: number | null;
  /** The first thing that went wrong, with how to see it again. */
  fault?: string;
}

async function fuzz(target: FuzzTarget, runs: number, seed: number): Promise<void> {
  let slowestMs = 0;
  const begin = busyMs();
  const tell = (executions: number, heapMb: number | null, fault?: string): void => {
    const progress: Progress = {
      executions,
      slowestMs,
      busyMs: busyMs() - begin,
      heapMb,
      ...(fault !== undefined && { fault }),
    };
    process.stdout.write(`${JSON.stringify(progress)}\n`);
  };
  for (let done = 0; done < runs; done += batchSize) {
    const batch = seed + done / batchSize;
    const next = inputsOf(target, batch);
    let before = busyMs();
    for (let index = 0; index < batchSize; index += 1) {
      const input = next();
      try {
        await target.execute(input);
      } catch (error) {
        const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
        const where = `--only ${target.name} --runs ${batchSize} --seed ${batch}, input ${index}`;
        tell(done + index, null, `${where}, base64 ${Buffer.from(input).toString('base64')}: ${text}`);
        return;
      }
      // Together with making the input, which takes next to nothing: one question a round instead of two.
      const after = busyMs();
      slowestMs = Math.max(slowestMs, after - before);
      before = after;
    }
    const isLast = done + batchSize >= runs;
    tell(
      Math.min(runs, done + batchSize),
      isLast || (done / batchSize) % batchesPerCleaning === 0 ? cleanHeapMb() : null,
    );
  }
}

function busyMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function cleanHeapMb(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1e6;
}

const [name, runs = '1000', seed = '1'] = process.argv.slice(2);
const target = targets.find((each) => each.name === name);
if (name === 'list') process.stdout.write(`${JSON.stringify(targets.map((each) => each.name))}\n`);
else if (target) await fuzz(target, Number(runs), Number(seed));
else throw new Error(`There is no target ${name ?? ''}.`);
