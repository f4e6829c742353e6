import type { Command } from 'commander';
import { ApiError } from '../../api/errors.ts';

/** Commands of the contract that this version does not have yet: they are listed and say so, instead of being unknown. */
export function addLater(program: Command): void {
  for (const name of ['own-server'])
    program
      .command(name)
      .description('not in this version yet')
      .allowUnknownOption()
      .allowExcessArguments()
      .action(() => {
        throw notInThisVersion(`sawt ${name}`);
      });
}

export function notInThisVersion(what: string): ApiError {
  return new ApiError({
    code: 'not-supported',
    message: `"${what}" is not in this version of Sawt yet. Nothing was done.`,
    details: { what },
  });
}
