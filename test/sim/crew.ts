import { availableParallelism } from 'node:os';
import { parentPort, Worker } from 'node:worker_threads';
import { runJob, type Job, type Mistaken } from './truth.ts';

/** The youngest values of a check die with it: where there is room for those of several, next to none is ever copied. */
const youngMb = 64;

/** One worker a core, each with a world of its own, so that what is simulated does not depend on how many there are. */
export interface Crew {
  size: number;
  run(job: Job): Promise<readonly Mistaken[]>;
  close(): Promise<void>;
}

/** `program` is the file that calls `serveCrew` in a worker. */
export function hireCrew(program: URL, size = availableParallelism()): Crew {
  const idle = Array.from(
    { length: size },
    () => new Worker(program, { resourceLimits: { maxYoungGenerationSizeMb: youngMb } }),
  );
  const all = [...idle];
  return {
    size,
    async run(job) {
      const worker = idle.pop();
      if (!worker) throw new Error('More jobs at once than workers.');
      try {
        return await ask(worker, job);
      } finally {
        idle.push(worker);
      }
    },
    async close() {
      await Promise.all(all.map((worker) => worker.terminate()));
    },
  };
}

function ask(worker: Worker, job: Job): Promise<readonly Mistaken[]> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (mistaken: readonly Mistaken[]) => {
      worker.off('error', reject);
      resolve(mistaken);
    });
    worker.postMessage(job);
  });
}

/** In a worker: does the jobs that come, one after the other. */
export function serveCrew(): void {
  parentPort?.on('message', (job: Job) => {
    void runJob(job).then((mistaken) => parentPort?.postMessage(mistaken));
  });
}
