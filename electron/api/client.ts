import type { Port, ToClient, ToServer } from './channel.ts';
import { ApiError } from './errors.ts';
import type { Api, EventName } from './schema.ts';

interface Pending {
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
}

/** The API over a port, for a window. Calls that are under way when the port closes end with `cancelled`. */
export function connectApi(port: Port): Api {
  const pending = new Map<number, Pending>();
  const listeners = new Map<EventName, Set<(payload: unknown) => void>>();
  let nextId = 1;
  let closed = false;

  const settle = (id: number): Pending | undefined => {
    const entry = pending.get(id);
    pending.delete(id);
    return entry;
  };

  port.onMessage((raw) => {
    // The server is our own program behind an authenticated port: its messages are trusted to have their shape.
    const message = raw as ToClient;
    switch (message.type) {
      case 'result':
        settle(message.id)?.resolve(message.value);
        break;
      case 'error':
        settle(message.id)?.reject(new ApiError(message.error));
        break;
      case 'event':
        for (const listener of listeners.get(message.name) ?? []) listener(message.payload);
        break;
    }
  });

  port.onClose(() => {
    closed = true;
    for (const { reject } of pending.values()) reject(connectionLost());
    pending.clear();
  });

  const post = (message: ToServer): void => port.send(message);

  return {
    call: (name, args, options) =>
      new Promise((resolve, reject) => {
        if (closed) {
          reject(connectionLost());
          return;
        }
        const id = nextId++;
        pending.set(id, { resolve: resolve as (value: unknown) => void, reject });
        options?.signal?.addEventListener('abort', () => pending.has(id) && post({ type: 'cancel', id }), {
          once: true,
        });
        post({ type: 'call', id, name, args });
        if (options?.signal?.aborted) post({ type: 'cancel', id });
      }),
    on: (name, listener) => {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set);
      set.add(listener as (payload: unknown) => void);
      return () => set.delete(listener as (payload: unknown) => void);
    },
  };
}

function connectionLost(): ApiError {
  return new ApiError({
    code: 'cancelled',
    message: 'Sawt itself has stopped, so this could not be finished. Close this window and start Sawt again.',
  });
}
