import type { CallName, EventName } from './schema.ts';
import type { ErrorRecord } from './errors.ts';

/**
 * A transport is two functions. Calls, events and cancelling are written once over them, in client.ts and server.ts;
 * Electron IPC and the WebSocket differ only by how they make a port and by who may speak through it.
 */
export interface Port {
  send(message: unknown): void;
  /** Returns the function that stops listening. */
  onMessage(listener: (message: unknown) => void): () => void;
  /** Called once, when the other side is gone. Returns the function that stops listening. */
  onClose(listener: () => void): () => void;
}

export type ToServer = { type: 'call'; id: number; name: CallName; args: unknown } | { type: 'cancel'; id: number };

export type ToClient =
  | { type: 'result'; id: number; value: unknown }
  | { type: 'error'; id: number; error: ErrorRecord }
  | { type: 'event'; name: EventName; payload: unknown };

/** The one Electron IPC channel, both ways, between preload and main. */
export const ipcChannel = 'sawt';
