import { check, genkey, genpsk, pubkey, strip, type WgProblem } from '../profile/wg/commands.ts';
import { toApiError } from './errors.ts';

/** wg(8)'s small tools for a front; they need no app. Texts are Latin-1: a byte is a character. Throws ApiError. */
export const wgTools = {
  genkey,
  genpsk,
  pubkey: (privateKey: string): string => withApiError(() => pubkey(privateKey)),
  strip: (text: string): string => withApiError(() => strip(text)),
  check: (text: string): WgProblem[] => withApiError(() => check(text)),
};

function withApiError<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw toApiError(error);
  }
}
