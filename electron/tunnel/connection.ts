import type { Connection, TunnelState } from './types.ts';

const nothing = {
  stage: null,
  profile: null,
  backend: null,
  since: null,
  durationMs: null,
  killSwitch: false,
  verified: null,
  attempts: [],
  error: null,
} satisfies Omit<Connection, 'state'>;

/** The flat document of the contract: what a state does not know is null. */
export function toConnection(state: TunnelState): Connection {
  return { ...nothing, ...state };
}
