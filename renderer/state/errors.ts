import { ApiError, type ErrorRecord } from '../../electron/api/errors.ts';

/** Runs an action of the person's; what goes wrong stands in `state.error`, where the error of the last one stood. Never rejects. */
export async function attempt(state: { error: ErrorRecord | null }, action: () => Promise<unknown>): Promise<void> {
  state.error = null;
  try {
    await action();
  } catch (error) {
    state.error = toErrorRecord(error);
  }
}

/** Any failure of a call as a record that the window has a sentence for. */
export function toErrorRecord(error: unknown): ErrorRecord {
  if (error instanceof ApiError) return error.toRecord();
  return { code: 'internal', message: 'Something in Sawt itself went wrong.', details: {} };
}
