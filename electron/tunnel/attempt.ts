import { hostCidr, inAnyRange } from './addresses.ts';
import { openingOf, type Candidate, type Inside, type OpenOptions } from './carrier.ts';
import type { Ledger } from './ledger.ts';
import { raiseFirewall } from './lock/firewall.ts';
import { batch } from './lock/ip.ts';
import { localRanges, raiseRoutingLock } from './lock/routing-lock.ts';
import type { ConnectRequest, ConnectTools } from './request.ts';
import type { TunnelResolvers } from './resolv-conf-text.ts';
import { applyResolver, planResolver, presentResolversSurvive } from './resolver.ts';
import { applySysctls, sysctlNote } from './sysctls.ts';
import type { Verified } from './types.ts';
import { verify } from './verify/verify.ts';

/**
 * The fixed sequence with one server: firewall, rules, device, addresses, routes, resolvers, proof. Throws AttemptFailure
 * when another server may do better; what it leaves behind is undone by the caller.
 */
export async function attempt(
  tools: ConnectTools,
  request: ConnectRequest,
  ledger: Ledger,
  candidate: Candidate,
): Promise<Verified> {
  const { carrier, signal } = request;
  await ledger.setStage('starting');
  await raiseLock(tools, ledger, candidate, { ownAddresses: carrier.ownAddresses, signal });
  const options: OpenOptions = {
    device: ledger.current.interface,
    candidate,
    signal,
    onStage: (stage) => ledger.setStage(stage),
    onProgram: (program) => ledger.update({ program }),
  };
  const inside = await carrier.open(options);
  signal.throwIfAborted();
  const resolvers = await chooseResolvers(tools, inside.resolvers, ledger.current.routing.only !== undefined);
  if (carrier.ownAddresses.length === 0) {
    await raiseLock(tools, ledger, candidate, { ownAddresses: inside.addresses, signal });
  }
  await routeInside(tools, ledger, inside, resolvers);
  await useResolvers(tools, ledger, resolvers);
  signal.throwIfAborted();
  return await verify(tools, request, ledger, {
    inside: { ...inside, resolvers },
    handshake: () => carrier.handshake(options),
  });
}

async function raiseLock(
  { programs }: ConnectTools,
  { current: { interface: device, routing, sysctls } }: Ledger,
  candidate: Candidate,
  { ownAddresses, signal }: { ownAddresses: readonly string[]; signal: AbortSignal },
): Promise<void> {
  const openings = [openingOf(candidate)];
  const note = sysctlNote(sysctls);
  await raiseFirewall(programs, { interface: device, openings, ownAddresses, note, only: routing.only });
  signal.throwIfAborted();
  await raiseRoutingLock(programs, routing);
  await applySysctls(sysctls);
  signal.throwIfAborted();
}

/**
 * Resolvers of the local network would be asked through the tunnel, where they do not exist. So a profile without
 * resolvers keeps the present ones only if they are public, and else gets the fallback. With calls only the present ones
 * would be asked outside, where names may be blocked.
 */
async function chooseResolvers(
  { path, fallbackResolvers }: ConnectTools,
  given: TunnelResolvers,
  callsOnly: boolean,
): Promise<TunnelResolvers> {
  if (given.servers.length > 0 || (!callsOnly && (await presentResolversSurvive(path)))) return given;
  return { ...given, servers: fallbackResolvers };
}

async function routeInside(
  { programs }: ConnectTools,
  ledger: Ledger,
  inside: Inside,
  resolvers: TunnelResolvers,
): Promise<void> {
  const { interface: device, routing } = ledger.current;
  const local = [...localRanges['4'], ...localRanges['6']];
  const strays = (server: string): boolean => routing.only !== undefined || inAnyRange(server, local);
  const tunnelled = resolvers.servers.filter(strays).map(hostCidr);
  const added = tunnelled.filter((cidr) => !routing.tunnelled.includes(cidr));
  if (added.length > 0) {
    await ledger.update({ routing: { ...routing, tunnelled: [...routing.tunnelled, ...added] } });
    await raiseRoutingLock(programs, ledger.current.routing);
  }
  const line = `route add default dev ${device} table ${routing.table}`;
  await batch(programs, '4', [line]);
  if (inside.ipv6 && routing.ipv6) await batch(programs, '6', [line]);
}

async function useResolvers(tools: ConnectTools, ledger: Ledger, resolvers: TunnelResolvers): Promise<void> {
  const resolver = await planResolver(tools, resolvers);
  await ledger.update({ resolver });
  await applyResolver(tools, resolver, resolvers, ledger.current.interface);
}
