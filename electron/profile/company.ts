import { inputName } from './names.ts';
import type { Beside } from './source.ts';
import type { ImportInput } from './types.ts';

/** Inputs that came together, and which of them a profile took its certificates and keys from. */
export interface Company {
  beside(input: ImportInput): Beside;
  wasTaken(input: ImportInput | undefined): boolean;
}

/** Other inputs are found by their bare names: a name with a path in it was written for another computer. */
export function keepCompany(inputs: readonly ImportInput[]): Company {
  const taken = new Set<ImportInput>();
  return {
    beside: (input) => (name) => {
      const [found, ...more] = inputs.filter((other) => other !== input && other.name === name);
      // Of two files with one name, nobody knows which is meant.
      if (found === undefined || more.length > 0) return undefined;
      taken.add(found);
      return { file: inputName(found.name), bytes: found.bytes };
    },
    wasTaken: (input) => input !== undefined && taken.has(input),
  };
}
