import type { Endpoint } from '../profile/types.ts';
import type { Carrier } from './carrier.ts';
import type { StatusTools } from './status.ts';
import type { TunnelState, Verified } from './types.ts';
import type { UndoTools } from './undo.ts';

/** What connecting works with, the same for every connection. */
export interface ConnectTools extends UndoTools, StatusTools {
  /** Neutral STUN servers, by address. */
  stun: readonly Endpoint[];
  /** Public resolvers, reached through the tunnel, for a profile that names none. */
  fallbackResolvers: readonly string[];
}

/** What one connection shall be. */
export interface ConnectRequest {
  id: string;
  backend: string;
  killSwitch: boolean;
  carrier: Carrier;
  signal: AbortSignal;
  onState: (state: TunnelState) => void;
  verifyCalls?: ((signal: AbortSignal) => Promise<Verified['calls']>) | undefined;
}
