import { formatEndpoint } from './addresses.ts';
import type { Candidate } from './carrier.ts';
import type { Journal, JournalFile } from './journal.ts';
import type { ConnectRequest } from './request.ts';
import type { Attempt, Stage } from './types.ts';

/** What is known of one connection while it is made: on the disk in the journal, and told to who asked for it. */
export class Ledger {
  readonly attempts: Attempt[] = [];
  /** Undefined until the journal is on the disk: before that, there is nothing to undo. */
  journal: Journal | undefined;
  private stage: Stage = 'starting';
  private readonly file: JournalFile;
  private readonly request: ConnectRequest;

  constructor(file: JournalFile, request: ConnectRequest) {
    this.file = file;
    this.request = request;
  }

  get current(): Journal {
    if (!this.journal) throw new Error('the journal is written before the first change');
    return this.journal;
  }

  async update(change: Partial<Journal>): Promise<void> {
    await this.save({ ...this.current, ...change });
  }

  async save(journal: Journal): Promise<void> {
    // Taken over before it is written: an undo must know what may already be on the disk.
    this.journal = journal;
    await this.file.write(journal);
  }

  async setStage(stage: Stage): Promise<void> {
    this.stage = stage;
    this.report();
    await this.update({ stage, attempts: this.attempts });
  }

  report(): void {
    const { id, backend, onState } = this.request;
    onState({ state: 'connecting', stage: this.stage, profile: id, backend, attempts: [...this.attempts] });
  }

  note({ transport, address, port }: Candidate, result: Attempt['result'], startedAt: number): void {
    const durationMs = Math.round(performance.now() - startedAt);
    this.attempts.push({ transport, endpoint: formatEndpoint(address, port), result, durationMs });
  }
}
