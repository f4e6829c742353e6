import type { ErrorCode } from '../../electron/api/errors.ts';
import type { Trouble } from './types.ts';

/** What can go wrong between an account and a profile. */
export type AccountTroubles = Record<
  Extract<
    ErrorCode,
    | `account-${string}`
    | 'too-many-devices'
    | 'too-many-requests'
    | `provider-${'unreachable' | 'slow' | 'answer-invalid'}`
    | 'captive-page'
  >,
  Trouble
>;
