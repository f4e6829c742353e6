import type { Net } from '../../electron/check/net/net.ts';
import { createTrustStore } from '../../electron/check/net/trust.ts';
import { createSession, type Session } from '../../electron/check/session.ts';

/** A session over a fake network, whose records go nowhere. */
export function fakeSession(net: Net): Session {
  const { signal } = new AbortController();
  const nothing = (): void => undefined;
  return createSession({
    net,
    trust: createTrustStore(new Map(), null),
    signal,
    listening: signal,
    onProbe: nothing,
    onPlan: nothing,
  });
}
