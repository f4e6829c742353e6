import type { EventName, Payload } from '../api/schema.ts';
import type { Events } from '../api/server.ts';

export type Emit = <Name extends EventName>(name: Name, payload: Payload<Name>) => void;

/** What the app tells its fronts. A listener that throws stops neither the others nor the work that told it. */
export function createEvents(): { events: Events; emit: Emit } {
  const listeners = new Map<EventName, Set<(payload: never) => void>>();
  return {
    events: {
      on: (name, listener) => {
        const set = listeners.get(name) ?? new Set();
        listeners.set(name, set.add(listener));
        return () => set.delete(listener);
      },
    },
    emit: (name, payload) => {
      for (const listener of [...(listeners.get(name) ?? [])]) {
        try {
          // The map pairs each name with listeners for that name's payload.
          listener(payload as never);
        } catch {
          // A window that just went away cannot be told; it will ask again when it is back.
        }
      }
    },
  };
}
