import type { Session } from '../session.ts';

/**
 * How long to wait, in milliseconds. Silence counts only after the retransmissions that survive a lossy line: SYNs go
 * at 0, 1 and 3 s, so 3.5 s survives two lost ones. The line's own round-trip time comes on top.
 */

export function connectTimeoutMs({ rtt }: Session, patient: boolean): number {
  return (patient ? 3500 : 1200) + 2 * rtt.highMs();
}

/**
 * From ClientHello to the end of the handshake. The connection has told the round trip by then; a lost ClientHello goes
 * again after some 0.25, 0.75 and 1.75 s, so that this survives three losses, and more on a slow line.
 */
export function handshakeTimeoutMs({ rtt }: Session): number {
  return 2500 + 8 * rtt.highMs();
}

export function requestTimeoutMs(session: Session): number {
  return handshakeTimeoutMs(session);
}

/** When the requests of one UDP exchange go out, and when it is given up, from its beginning. */
export interface Schedule {
  sendAtMs: readonly number[];
  untilMs: number;
}

/** DNS: 0, 1 and 2 s, as common stub resolvers do. */
export function dnsSchedule({ rtt }: Session): Schedule {
  return { sendAtMs: [0, 1000, 2000], untilMs: 3000 + rtt.highMs() };
}

/**
 * STUN, TURN and NTP: 0, 250, 750 and 1750 ms, given up at 3 s. Where silence is no evidence anyway (`patient` false)
 * three requests in a second are enough, so that a clean check is not held up.
 */
export function datagramSchedule({ rtt }: Session, patient: boolean): Schedule {
  return patient
    ? { sendAtMs: [0, 250, 750, 1750], untilMs: 1750 + Math.max(1250, 3 * rtt.highMs()) }
    : { sendAtMs: [0, 250, 600], untilMs: 600 + Math.max(300, 2 * rtt.highMs()) };
}

/**
 * Bindings that ask whether a flow is still answered, from the end of its load: so many that the silence of two flows is
 * no chance on a bad line either, over a second, in which a mere limit of rates forgets.
 */
export function afterLoadSchedule({ rtt }: Session): Schedule {
  const sendAtMs = [0, 100, 250, 450, 700, 1000];
  return { sendAtMs, untilMs: 1100 + Math.max(300, 1.5 * rtt.highMs()) };
}

/**
 * Requests that set up a call, some ten of them one after the other: each goes out so often that the whole succeeds on a
 * line that loses every fifth packet each way.
 */
export function callSchedule({ rtt }: Session): Schedule {
  const sendAtMs = [0, 150, 350, 600, 900, 1200, 1500, 1800, 2100, 2400];
  return { sendAtMs, untilMs: 2400 + Math.max(600, 3 * rtt.highMs()) };
}

/** How long answers may still come in when a later question was answered already: packets overtake each other. */
export function stragglersMs({ rtt }: Session): number {
  return 100 + rtt.highMs() - rtt.lowMs();
}
