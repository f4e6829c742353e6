import { ApiError, errorCodes, type ErrorCode, type ErrorRecord } from '../api/errors.ts';
import type { CallName, Handlers } from '../api/schema.ts';

const detailNames = ['file', 'line', 'directive', 'rule', 'tool', 'field', 'provider', 'waitSeconds'] as const;

/**
 * The rooms' errors are classes with a `code` from the API's closed list and a sentence that carries no secret; that code
 * is what tells them from the system's own errors, whose texts may name anything and stay inside.
 */
export function toApiError(error: unknown, signal?: AbortSignal): ApiError {
  if (error instanceof ApiError) return error;
  if (signal?.aborted || (error instanceof Error && error.name === 'AbortError'))
    return new ApiError({ code: 'cancelled', message: 'Cancelled. Nothing was left running.' }, { cause: error });
  if (error instanceof Error && 'code' in error && isErrorCode(error.code))
    return new ApiError({ code: error.code, message: error.message, details: detailsOf(error) }, { cause: error });
  return new ApiError(
    {
      code: 'internal',
      message: 'Something in Sawt itself went wrong. Nothing else was changed; try it again.',
    },
    { cause: error },
  );
}

/** Handlers whose every rejection is an ApiError. A call that the caller cancelled ends as `cancelled`. */
export function withApiErrors(handlers: Handlers): Handlers {
  const wrap =
    (handler: (args: never, context: { signal: AbortSignal }) => Promise<unknown>) =>
    async (args: never, context: { signal: AbortSignal }): Promise<unknown> => {
      try {
        return await handler(args, context);
      } catch (error) {
        throw toApiError(error, context.signal);
      }
    };
  const names = Object.keys(handlers) as CallName[];
  return Object.fromEntries(names.map((name) => [name, wrap(handlers[name])])) as unknown as Handlers;
}

function isErrorCode(code: unknown): code is ErrorCode {
  return (errorCodes as readonly unknown[]).includes(code);
}

/** Places and names only, as far as the error has them. */
function detailsOf(error: Error): ErrorRecord['details'] {
  const fields = new Map(Object.entries(error));
  const details: ErrorRecord['details'] = {};
  for (const name of detailNames) {
    const value: unknown = fields.get(name);
    if (value === null || typeof value === 'string' || typeof value === 'number') details[name] = value;
  }
  return details;
}
