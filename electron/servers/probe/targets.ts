import { isIP } from 'node:net';
import { OpenVpnKeyError } from '../../check/packet/openvpn-key.ts';
import { writeEndpoint } from '../../profile/address.ts';
import type { Endpoint, Profile, StoredProfile, WireGuardProfile } from '../../profile/types.ts';
import type { Provider, Server } from '../types.ts';
import { openVpnCandidates, wireGuardCandidates, type Candidate } from './candidates.ts';
import type { ProbeResult } from './measure.ts';
import { rankServers, type RankReason, type Standing } from './rank.ts';

/** A candidate, and what one connects with when it is the best. Holds secrets, as the candidate does. */
export interface ProbeTarget {
  /** Id of the stored profile whose keys are used. */
  profile: string;
  /** Id of the server in the list; null: the one that the profile itself names. */
  server: string | null;
  name: string;
  candidate: Candidate;
}

/** A target after its probe, without secrets: one line of `sawt servers probe`. */
export interface ProbedServer extends Omit<ProbeTarget, 'candidate'> {
  /** 1 is best. */
  rank: number;
  standing: Standing;
  reason: RankReason;
  /** `address:port`. */
  endpoint: string;
  method: ProbeResult['method'];
  /** Median of the answers; null without one. */
  rttMs: number | null;
  jitterMs: number | null;
  /** Of some three tries, in percent. */
  lossPct: number;
}

/** Near ones of one provider; more would only look like a scan. */
const maxOfList = 8;

/** Host names that must be looked up before these profiles can be probed. */
export function namesToLookUp(profiles: readonly StoredProfile[]): string[] {
  const hosts = profiles.flatMap(({ profile }) => endpointsOf(profile)).map(({ host }) => host);
  return [...new Set(hosts.filter((host) => isIP(host) === 0))];
}

function endpointsOf(profile: Profile): Endpoint[] {
  return profile.kind === 'wireguard' ? profile.peers.flatMap(({ endpoint }) => endpoint ?? []) : profile.remotes;
}

export interface TargetsInput {
  profiles: readonly StoredProfile[];
  /** Address of each name that could be looked up. */
  addresses: ReadonlyMap<string, string>;
  /** Of the list, nearest first. */
  servers: readonly Server[];
  providers: readonly Provider[];
}

/**
 * What can be probed with the stored profiles: the servers that they name, then those of the list that their keys open.
 * Servers that one has a profile for are not taken from the list again.
 */
export function probeTargets(input: TargetsInput): ProbeTarget[] {
  const own = input.profiles.flatMap((stored) => ownTargets(stored, input.addresses));
  const known = new Set(own.map(({ candidate }) => candidate.address));
  const seen = new Set<string>();
  const listed = input.profiles.flatMap(({ id, provider, profile }) => {
    const opensAll = input.providers.some((one) => one.id === provider && one.oneKeyForAll);
    if (profile.kind !== 'wireguard' || profile.peers.length !== 1 || !opensAll || seen.has(provider ?? '')) return [];
    seen.add(provider ?? '');
    const others = input.servers.filter(
      (server) => server.provider === provider && !known.has(server.ipv4 ?? server.ipv6 ?? ''),
    );
    return listTargets(id, profile, others);
  });
  return [...own, ...listed];
}

function ownTargets({ id, name, profile }: StoredProfile, addresses: ReadonlyMap<string, string>): ProbeTarget[] {
  const candidates = profile.kind === 'wireguard' ? ownWireGuard(profile, addresses) : ownOpenVpn(profile, addresses);
  return candidates.map((candidate) => ({
    ...{ profile: id, server: null, name },
    // Two profiles may name one server, and one server must not be probed by both at a time.
    candidate: { ...candidate, id: `${id} ${candidate.id}`, server: candidate.address },
  }));
}

function ownWireGuard({ privateKey, peers }: WireGuardProfile, addresses: ReadonlyMap<string, string>): Candidate[] {
  return peers.flatMap(({ endpoint, publicKey, presharedKey }) => {
    const address = endpoint && addressOf(endpoint.host, addresses);
    if (endpoint === undefined || address === undefined) return [];
    const keys = { privateKey, serverPublicKey: publicKey, ...(presharedKey !== undefined && { presharedKey }) };
    return { id: publicKey, server: address, address, port: endpoint.port, method: { kind: 'wireguard', ...keys } };
  });
}

function ownOpenVpn(
  profile: Extract<Profile, { kind: 'openvpn' }>,
  addresses: ReadonlyMap<string, string>,
): Candidate[] {
  const remotes = profile.remotes.flatMap((remote) => {
    const host = addressOf(remote.host, addresses);
    return host === undefined ? [] : { ...remote, host };
  });
  try {
    const candidates = openVpnCandidates({ ...profile, remotes });
    return [...new Map(candidates.map((candidate) => [candidate.id, candidate])).values()];
  } catch (error) {
    if (error instanceof OpenVpnKeyError) return []; // OpenVPN itself will say so, in its own words
    throw error;
  }
}

function addressOf(host: string, addresses: ReadonlyMap<string, string>): string | undefined {
  return isIP(host) === 0 ? addresses.get(host) : host;
}

function listTargets(profile: string, from: WireGuardProfile, servers: readonly Server[]): ProbeTarget[] {
  const near = servers.filter(({ wireguard }) => wireguard !== null).slice(0, maxOfList);
  const names = new Map(near.map(({ id, city, country, hostname }) => [id, `${city}, ${country} (${hostname})`]));
  return wireGuardCandidates(near, from).map((candidate) => ({
    ...{ profile, server: candidate.server, name: names.get(candidate.server) ?? candidate.server },
    candidate: { ...candidate, id: `${profile} ${candidate.id}` },
  }));
}

/** Best first, each with what it was. */
export function rankTargets(targets: readonly ProbeTarget[], results: readonly ProbeResult[]): ProbedServer[] {
  const byId = new Map(targets.map((target) => [target.candidate.id, target]));
  return rankServers(results).flatMap(({ rank, standing, reason, result }) => {
    const target = byId.get(result.id);
    if (!target) return [];
    const { profile, server, name } = target;
    const { address, port, method, medianRttMs, jitterMs, lossPct } = result;
    const endpoint = writeEndpoint({ host: address, port });
    return { rank, standing, reason, profile, server, name, endpoint, method, rttMs: medianRttMs, jitterMs, lossPct };
  });
}
