import { rm } from 'node:fs/promises';
import type { Helper, OwnHelper } from './system/helper.ts';
import { LabError } from './system/lab-error.ts';
import { processesInside, removeTopology } from './topology.ts';

/** Everything of one lab that has been started and has to end together. */
export class Parts {
  /** Rejects when a helper dies that was not told to; never resolves. */
  readonly broken: Promise<never>;
  readonly #helpers = new Map<string, Helper>();
  readonly #folders: string[] = [];
  #reportBreak: (error: LabError) => void = () => undefined;
  #error: LabError | undefined;

  constructor() {
    this.broken = new Promise((_, reject) => {
      this.#reportBreak = reject;
    });
    this.broken.catch(() => undefined); // who uses the lab meets the error in `mustStand` or in its own race
  }

  readonly onDeath = (error: LabError): void => {
    this.#error ??= error;
    this.#reportBreak(error);
  };

  /** Throws when the lab is broken or closed: nothing measured in it would mean anything. */
  mustStand(): void {
    if (this.#error !== undefined) throw this.#error;
  }

  addFolder(folder: string): void {
    this.#folders.push(folder);
  }

  add<T extends Helper>(helper: T): T {
    this.#helpers.set(helper.name, helper);
    return helper;
  }

  /** Throws LabError `usage` when no helper of that name runs. */
  helper(name: string): Helper {
    const helper = this.#helpers.get(name);
    if (helper === undefined) throw new LabError('usage', `The lab has no helper ${name} running.`);
    return helper;
  }

  /** Starts a helper the first time it is needed. */
  async once(name: string, start: () => Promise<OwnHelper>): Promise<OwnHelper> {
    const running = this.#helpers.get(name) as OwnHelper | undefined;
    return running ?? this.add(await start());
  }

  async tearDown(): Promise<void> {
    this.#error ??= new LabError('closed', 'This lab is closed.');
    await Promise.all([...this.#helpers.values()].map((helper) => helper.stop()));
    for (const pid of await processesInside()) killIfThere(pid);
    await untilEmpty();
    await removeTopology();
    await Promise.all(this.#folders.map((folder) => rm(folder, { recursive: true, force: true })));
  }
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it ended by itself in the meantime
  }
}

/** A namespace lives on while a process is in it, and the next lab needs its name. */
async function untilEmpty(): Promise<void> {
  const deadline = performance.now() + 2000;
  while ((await processesInside()).length > 0) {
    if (performance.now() > deadline) throw new LabError('program-failed', 'Processes of the lab do not end.');
    await new Promise((wake) => setTimeout(wake, 5));
  }
}
