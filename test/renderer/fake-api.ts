import type { Port } from '../../electron/api/channel.ts';
import { connectApi } from '../../electron/api/client.ts';
import { ApiError } from '../../electron/api/errors.ts';
import { schema, type CallName, type EventName, type Handlers, type Payload } from '../../electron/api/schema.ts';
import { serveApi } from '../../electron/api/server.ts';
import type { Client } from '../../renderer/client/connect.ts';
import { appInfo, disconnected, doctor } from './samples.ts';

export interface FakeApi extends Client {
  /** The window's end of the port, for a page that puts it where the preload would. */
  port: Port;
  emit<Name extends EventName>(name: Name, payload: Payload<Name>): void;
  /** Calls that arrived, in order, with their checked arguments. */
  calls: { name: CallName; args: unknown }[];
  /** As if Sawt itself had stopped. */
  close(): void;
}

/**
 * The real schema, client and server over two ends of a port in memory: only the handlers are made up. A call without
 * a handler answers `not-found`.
 */
export function createFakeApi(overrides: Partial<Handlers> = {}): FakeApi {
  const calls: FakeApi['calls'] = [];
  const listeners = new Map<EventName, Set<(payload: never) => void>>();
  const [windowEnd, appEnd, close] = portPair();

  const given: Partial<Handlers> = { ...quietHandlers, ...overrides };
  const names = Object.keys(schema.calls) as CallName[];
  const handlers = Object.fromEntries(
    names.map((name) => [
      name,
      (args: never, context: never): unknown => {
        calls.push({ name, args });
        return (given[name] ?? missing(name))(args, context);
      },
    ]),
  ) as unknown as Handlers;

  serveApi(appEnd, handlers, {
    on: (name, listener) => {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener));
      return () => set.delete(listener);
    },
  });

  return {
    api: connectApi(windowEnd),
    onLost: (listener) => windowEnd.onClose(listener),
    port: windowEnd,
    emit: (name, payload) => {
      for (const listener of listeners.get(name) ?? []) listener(payload as never);
    },
    calls,
    close,
  };
}

const missing = (name: CallName) => (): Promise<never> =>
  Promise.reject(new ApiError({ code: 'not-found', message: `The fake has no ${name}.` }));

/** A computer on which nothing has happened yet. */
const quietHandlers: Partial<Handlers> = {
  'app.info': () => Promise.resolve(appInfo),
  'settings.get': () => Promise.resolve({ language: null, theme: 'system' }),
  'settings.set': (settings) => Promise.resolve(settings),
  'check.last': () => Promise.resolve(null),
  'relay.show': () => Promise.resolve(null),
  'profiles.list': () => Promise.resolve([]),
  'accounts.providers': () => Promise.resolve([]),
  'accounts.devices': () => Promise.resolve([]),
  'accounts.sharing': () => Promise.resolve({ warnings: [{ code: 'shared-key', text: '' }], ownKeyFrom: null }),
  'tunnel.status': () => Promise.resolve(disconnected),
  'doctor.run': () => Promise.resolve(doctor),
};

/** Two ends of one line; messages are copied and delivered later, as a real line does. */
function portPair(): [Port, Port, () => void] {
  const receivers = [new Set<(message: unknown) => void>(), new Set<(message: unknown) => void>()] as const;
  const closers = new Set<() => void>();
  const end = (mine: 0 | 1): Port => ({
    send: (message) => {
      const copy: unknown = structuredClone(message);
      queueMicrotask(() => {
        for (const receive of receivers[mine === 0 ? 1 : 0]) receive(copy);
      });
    },
    onMessage: (listener) => {
      receivers[mine].add(listener);
      return () => receivers[mine].delete(listener);
    },
    onClose: (listener) => {
      closers.add(listener);
      return () => closers.delete(listener);
    },
  });
  return [
    end(0),
    end(1),
    () => {
      for (const close of closers) close();
    },
  ];
}
