import { ApiError, type ErrorRecord } from '../../electron/api/errors.ts';

/** Any failure of a call as a record that the window has a sentence for. */
export function toErrorRecord(error: unknown): ErrorRecord {
  if (error instanceof ApiError) return error.toRecord();
  return { code: 'internal', message: 'Something in Sawt itself went wrong.', details: {} };
}
