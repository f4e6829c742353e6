import { inAnyRange } from '../addresses.ts';
import { AttemptFailure, type Inside } from '../carrier.ts';
import type { Ledger } from '../ledger.ts';
import type { ConnectRequest, ConnectTools } from '../request.ts';
import type { Verified } from '../types.ts';
import { observeIpv6 } from './ipv6.ts';
import { proveTraffic, type TrafficProof } from './traffic.ts';

/** After the handshake, until something must have come back. */
const trafficLimitMs = 3000;

/**
 * What a connection is proved by. The first question also starts the handshake, so both are waited for together. Throws
 * AttemptFailure.
 */
export async function verify(
  { stun, programs }: ConnectTools,
  request: ConnectRequest,
  ledger: Ledger,
  { inside, handshake }: { inside: Inside; handshake: () => Promise<void> },
): Promise<Verified> {
  const { signal } = request;
  const { interface: device, routing } = ledger.current;
  const { only } = routing;
  const isInside = (host: string): boolean => (inside.ipv6 || !host.includes(':')) && (!only || inAnyRange(host, only));
  const targets = {
    // With calls only, most of them would be answered outside, and prove nothing.
    stun: stun.filter(({ host }) => isInside(host)),
    resolvers: inside.resolvers.servers.filter((server) => inside.ipv6 || !server.includes(':')),
  };
  const enough = new AbortController();
  const proof = proveTraffic(targets, AbortSignal.any([signal, enough.signal]));
  try {
    await handshake();
    await ledger.setStage('traffic');
    const { traffic, exit, dns } = await waitForTraffic(proof, enough, signal);
    const ipv6 = await observeIpv6(programs, device, routing.ipv6);
    const verified = { handshake: true, traffic, exit, dnsInTunnel: dns, ipv6, calls: 'unknown' as const };
    return { ...verified, calls: await verifyCalls(request, ledger) };
  } finally {
    enough.abort();
    await proof;
  }
}

async function waitForTraffic(
  proof: Promise<TrafficProof>,
  enough: AbortController,
  signal: AbortSignal,
): Promise<TrafficProof> {
  const timer = setTimeout(() => enough.abort(), trafficLimitMs);
  const found = await proof.finally(() => clearTimeout(timer));
  signal.throwIfAborted();
  if (found.traffic) return found;
  throw new AttemptFailure(
    'failed',
    'no-traffic',
    'The server answered, but nothing came back through the tunnel: the network may let only the first packets pass, or the server does not forward. Try another server or another transport.',
  );
}

async function verifyCalls({ verifyCalls: check, signal }: ConnectRequest, ledger: Ledger): Promise<Verified['calls']> {
  if (!check) return 'unknown';
  await ledger.setStage('calls');
  const calls = await check(signal).catch(() => 'unknown' as const);
  signal.throwIfAborted();
  return calls;
}
