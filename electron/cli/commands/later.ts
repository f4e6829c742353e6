import { ApiError } from '../../api/errors.ts';

/** What the contract has and this version does not have yet: it is listed and says so, instead of being unknown. */
export function notInThisVersion(what: string): ApiError {
  return new ApiError({
    code: 'not-supported',
    message: `"${what}" is not in this version of Sawt yet. Nothing was done.`,
    details: { what },
  });
}
