import type { TunnelError, TunnelErrorCode } from './types.ts';

/** Why a connection could not be made, kept or undone. The message is one sentence for people and never carries a secret. */
export class TunnelFailure extends Error {
  override readonly name = 'TunnelFailure';
  readonly code: TunnelErrorCode;

  constructor(code: TunnelErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The record that leaves the room. What we did not foresee is named as a failed change, with the system's own words. */
export function toTunnelError(error: unknown): TunnelError {
  if (error instanceof TunnelFailure) return { code: error.code, message: error.message };
  const words = error instanceof Error ? error.message : String(error);
  return { code: 'network-change-failed', message: `Something unforeseen went wrong (${words}); run "sawt repair".` };
}
