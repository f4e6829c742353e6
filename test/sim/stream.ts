import { NetFailure } from '../../electron/check/net/net.ts';
import type { VirtualClock } from './clock.ts';

/** The receiving end of a connection: what has come, and who waits for it. */
export class SimulatedStream {
  readonly #clock: VirtualClock;
  readonly #chunks: Uint8Array[] = [];
  readonly #onClose: (() => void)[] = [];
  #end: 'open' | 'finished' | NetFailure = 'open';
  #wake = (): void => undefined;
  closed = false;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  /** Everything there is comes in after so long, and the end with it; never, when that is undefined. */
  receiveAll(afterMs: number | undefined, bytes: Uint8Array): void {
    this.#later(afterMs, () => {
      this.#chunks.push(bytes);
      this.#end = 'finished';
    });
  }

  receive(afterMs: number, bytes: Uint8Array): void {
    this.#later(afterMs, () => this.#chunks.push(bytes));
  }

  finish(afterMs: number | undefined): void {
    this.#later(afterMs, () => (this.#end = 'finished'));
  }

  fail(afterMs: number | undefined, failure: string): void {
    this.#later(afterMs, () => (this.#end = new NetFailure(failure)));
  }

  /** As Node's streams: what came before the end is still read; a closed stream ends. */
  async read(): Promise<Uint8Array | null> {
    for (;;) {
      const chunk = this.#chunks.shift();
      if (chunk) return chunk;
      if (this.#end instanceof NetFailure) throw this.#end;
      if (this.#end === 'finished' || this.closed) return null;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.#wake();
    this.#onClose.forEach((act) => act());
  }

  onClose(act: () => void): void {
    if (this.closed) act();
    else this.#onClose.push(act);
  }

  #later(afterMs: number | undefined, act: () => void): void {
    if (afterMs === undefined) return;
    this.#clock.after(afterMs, () => {
      if (this.closed) return;
      act();
      this.#wake();
    });
  }
}
