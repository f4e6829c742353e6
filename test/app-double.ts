import { schema, type CallName, type EventName, type Handlers, type Payload } from '../electron/api/schema.ts';
import type { Events } from '../electron/api/server.ts';

export type SomeHandlers = { [Name in CallName]?: Handlers[Name] };

export interface AppDouble {
  handlers: Handlers;
  events: Events;
  emit: <Name extends EventName>(name: Name, payload: Payload<Name>) => void;
  /** How many listeners the events have. */
  listeners: () => number;
}

/** An app that answers only what a test gives it; any other call is an unforeseen error. */
export function appDouble(some: SomeHandlers = {}): AppDouble {
  const listeners = new Set<{ name: EventName; listener: (payload: never) => void }>();
  const missing = (name: string) => () => Promise.reject(new Error(`no handler for ${name}`));
  const names = Object.keys(schema.calls) as CallName[];
  return {
    handlers: Object.fromEntries(names.map((name) => [name, some[name] ?? missing(name)])) as Handlers,
    events: {
      on: (name, listener) => {
        const entry = { name, listener };
        listeners.add(entry);
        return () => listeners.delete(entry);
      },
    },
    emit: (name, payload) =>
      listeners.forEach((entry) => {
        if (entry.name === name) entry.listener(payload as never);
      }),
    listeners: () => listeners.size,
  };
}
