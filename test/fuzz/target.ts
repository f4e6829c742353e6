/** One parser of what strangers may send, as a fuzzer drives it. */
export interface FuzzTarget {
  name: string;
  /** Valid inputs to start from. */
  seeds: readonly Uint8Array[];
  /** Words of the format, for a fuzzer to build inputs of. */
  words?: readonly string[];
  /** Longest input worth trying, in bytes. */
  maxBytes: number;
  /** Throws only what is a fault of ours: the parser's own refusal of an input is no fault. */
  execute(input: Uint8Array): void | Promise<void>;
}

/** Runs `parse`; an error of one of these classes is how the parser refuses. Anything else goes through. */
export function refusing<T>(
  parse: () => T,
  ...refusals: readonly (abstract new (...args: never[]) => Error)[]
): T | undefined {
  try {
    return parse();
  } catch (error) {
    if (refusals.some((refusal) => error instanceof refusal)) return undefined;
    throw error;
  }
}

/** A fault that the fuzzer found: what was said about the input does not hold. */
export function claim(holds: boolean, sentence: string): void {
  if (!holds) throw new Error(`This does not hold: ${sentence}`);
}

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
export const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
