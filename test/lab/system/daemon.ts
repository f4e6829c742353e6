import type { FromHelper, ToHelper } from './helper-messages.ts';

/**
 * The helper's side: answers every order with what `handle` returns. The first order is the configuration, and its
 * answer says that the helper is ready, so `handle` must resolve only when it is. The helper ends when the lab that
 * started it does.
 */
export function serveOrders(handle: (order: unknown) => unknown): void {
  if (process.send === undefined) throw new Error('This program is a part of the lab and is started by it.');
  process.on('message', (message: ToHelper) => void answer(message, handle));
  process.on('disconnect', () => process.exit(0));
}

async function answer({ id, body }: ToHelper, handle: (order: unknown) => unknown): Promise<void> {
  let reply: FromHelper;
  try {
    reply = { id, body: await handle(body) };
  } catch (error) {
    reply = { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  process.send?.(reply);
}
