/** An order to a helper. The first one is its configuration; its answer means "ready". */
export interface ToHelper {
  id: number;
  body: unknown;
}

/** The answer to the order of the same id. `error` is one sentence. */
export interface FromHelper {
  id: number;
  body?: unknown;
  error?: string;
}
