import type { Schedule } from '../probes/timeouts.ts';
import { sleep, type Session } from '../session.ts';

/** Something that happens once, or never. */
export interface Latch {
  open(): void;
  opened: Promise<void>;
}

export function latch(): Latch {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
}

/** Sends at the schedule's times until something has happened; false when it has not by the schedule's end. */
export async function insist(
  session: Session,
  { sendAtMs, untilMs }: Schedule,
  send: () => void,
  { opened }: Latch,
  signal: AbortSignal,
): Promise<boolean> {
  const over = new AbortController();
  const timers = sendAtMs.map((atMs) => session.net.after(atMs, send));
  try {
    const late = sleep(session.net, untilMs, AbortSignal.any([signal, over.signal])).then(() => false);
    return await Promise.race([opened.then(() => true), late]);
  } finally {
    timers.forEach((cancel) => cancel());
    over.abort();
  }
}
