interface Event {
  at: number;
  order: number;
  run: () => void;
  cancelled: boolean;
}

/** Time that passes only when nothing else is left to do at a moment, so that a check of ten seconds takes milliseconds. */
export class VirtualClock {
  #now = 0;
  #order = 0;
  readonly #heap: Event[] = [];

  now(): number {
    return this.#now;
  }

  /** Runs once after `ms`; the returned function takes it back. */
  after(ms: number, run: () => void): () => void {
    const event = { at: this.#now + Math.max(0, ms), order: this.#order++, run, cancelled: false };
    this.#push(event);
    return () => (event.cancelled = true);
  }

  /** Lets time pass until the work has ended. Rejects when it waits for something that will never come. */
  live<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      let ended = false;
      work.then(resolve, reject).finally(() => (ended = true));
      // A tick that a microtask asks for comes when no microtask is left: all consequences of an event have happened.
      const whenSettled = (step: () => void): void => queueMicrotask(() => process.nextTick(step));
      const step = (): void => {
        if (ended) return;
        const event = this.#next();
        if (!event) {
          reject(new Error('The simulated check waits for an event that nobody has planned.'));
          return;
        }
        this.#now = event.at;
        event.run();
        whenSettled(step);
      };
      whenSettled(step);
    });
  }

  #next(): Event | undefined {
    for (let event = this.#pop(); event; event = this.#pop()) if (!event.cancelled) return event;
    return undefined;
  }

  #push(event: Event): void {
    const heap = this.#heap;
    let at = heap.push(event) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above];
      if (!parent || isBefore(parent, event)) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = event;
  }

  #pop(): Event | undefined {
    const heap = this.#heap;
    const [first] = heap;
    const last = heap.pop();
    if (!last || last === first) return first;
    let at = 0;
    for (;;) {
      const left = heap[2 * at + 1];
      const right = heap[2 * at + 2];
      const below = right && left && isBefore(right, left) ? 2 * at + 2 : 2 * at + 1;
      const child = heap[below];
      if (!child || isBefore(last, child)) break;
      heap[at] = child;
      at = below;
    }
    heap[at] = last;
    return first;
  }
}

function isBefore(a: Event, b: Event): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
