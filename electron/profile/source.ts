/** The bytes of a file that came together with another one, by the name that is written in there; undefined: no such file. */
export type Beside = (name: string) => { file: string; bytes: Uint8Array } | undefined;

/** The text of one profile, wherever it came from. */
export interface Source {
  /** What the profile is to be called, before it is cleaned. */
  name: string;
  /** For messages; fit to be shown. */
  input: string;
  /** Throws ProfileError. */
  read: () => Uint8Array;
  beside: Beside;
}

/** A text that is one input; `beside` finds the inputs that came with it. */
export function alone(name: string, input: string, bytes: Uint8Array, beside: Beside = () => undefined): Source {
  return { name, input, read: () => bytes, beside };
}
