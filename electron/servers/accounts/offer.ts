import type { Server } from '../types.ts';
import type { ProviderApi } from './api.ts';

/** An .ovpn file as it came, or was put together, for the ordinary reader of files: nothing in it is trusted. */
export interface OfferedFile {
  bytes: Uint8Array;
  /** ISO 8601: what is in it ends then. */
  expiresAt: string | null;
}

/** One server that lets people in without an account. */
export interface Offer {
  server: Server;
  /** Rejects with AccountError, or AbortError. */
  file(): Promise<OfferedFile>;
}

/** How a provider is spoken to that wants no account. `asOf`: ISO date of now. Rejects with AccountError, or AbortError. */
export type FreeRecipe = (api: ProviderApi, asOf: string) => Promise<Offer[]>;
