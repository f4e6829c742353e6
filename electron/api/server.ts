import { z } from 'zod';
import type { Port, ToClient } from './channel.ts';
import { ApiError } from './errors.ts';
import { schema, type Api, type CallName, type EventName, type Handlers } from './schema.ts';

const callNames = Object.keys(schema.calls) as [CallName, ...CallName[]];
const toServer = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('call'), id: z.int(), name: z.enum(callNames), args: z.unknown() }),
  z.strictObject({ type: z.literal('cancel'), id: z.int() }),
]);

/** Where the app's events come from; `on` as in the API itself. */
export type Events = Pick<Api, 'on'>;

/**
 * Serves the API over a port until it closes; then every call under way is cancelled. What does not fit the schema is
 * answered with `bad-request` when it names a call id, and dropped otherwise: nothing a window sends can throw here.
 */
export function serveApi(port: Port, handlers: Handlers, events: Events): void {
  const running = new Map<number, AbortController>();
  const post = (message: ToClient): void => port.send(message);

  const unsubscribe = (Object.keys(schema.events) as EventName[]).map((name) =>
    events.on(name, (payload) => post({ type: 'event', name, payload })),
  );

  const stopListening = port.onMessage((raw) => {
    const message = toServer.safeParse(raw);
    if (!message.success) {
      const id = z.object({ id: z.int() }).safeParse(raw);
      if (id.success) post({ type: 'error', id: id.data.id, error: badRequest('this message').toRecord() });
      return;
    }
    if (message.data.type === 'cancel') return running.get(message.data.id)?.abort();
    const { id, name, args } = message.data;
    if (running.has(id)) return post({ type: 'error', id, error: badRequest(name).toRecord() });
    const controller = new AbortController();
    running.set(id, controller);
    invoke(handlers, name, args, controller.signal)
      .then(
        (value) => post({ type: 'result', id, value }),
        (error: unknown) => post({ type: 'error', id, error: toApiError(error).toRecord() }),
      )
      .finally(() => running.delete(id));
  });

  port.onClose(() => {
    stopListening();
    for (const stop of unsubscribe) stop();
    for (const controller of running.values()) controller.abort();
  });
}

/** Checks the arguments against the schema, then calls the handler. Rejects with an ApiError. */
export async function invoke(handlers: Handlers, name: CallName, args: unknown, signal: AbortSignal): Promise<unknown> {
  const checked = schema.calls[name].args.safeParse(args);
  if (!checked.success) throw badRequest(name, checked.error.issues[0]?.path.join('.'));
  // The schema has just proved that these arguments are the ones of this very handler.
  const handler = handlers[name] as (args: unknown, context: { signal: AbortSignal }) => Promise<unknown>;
  return handler(checked.data, { signal });
}

function badRequest(what: string, field?: string): ApiError {
  const place = field ? `: ${field} is not as agreed` : '';
  return new ApiError({
    code: 'bad-request',
    message: `Sawt did not understand ${what}${place}. Nothing was changed.`,
    details: { what, field: field ?? null },
  });
}

/** Errors that no room foresaw keep their text out of windows: it may carry paths or addresses. */
function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError({ code: 'internal', message: 'Something in Sawt itself went wrong. Nothing else was changed.' });
}
