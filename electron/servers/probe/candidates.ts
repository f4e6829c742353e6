import { isIP, isIPv6 } from 'node:net';
import { parseClientKeyV2, parseStaticKey } from '../../check/packet/openvpn-key.ts';
import { tlsAuthDigests, type Wrapping } from '../../check/packet/openvpn-wrap.ts';
import type { OpenVpnProfile, WireGuardProfile } from '../../profile/types.ts';
import type { Server } from '../types.ts';
import type { Address } from './net.ts';

/** How a candidate is tried. Holds secrets: never print it; results of probes do not carry it. */
export type Method =
  | { kind: 'wireguard'; privateKey: string; serverPublicKey: string; presharedKey?: string }
  | { kind: 'openvpn'; transport: 'udp' | 'tcp'; wrapping: Wrapping }
  | { kind: 'tcp' };

/** One server, at one address and port, by one method. */
export interface Candidate extends Address {
  /** Unique among the candidates of one run. */
  id: string;
  /** The same for all ports and methods of one server. */
  server: string;
  /** Who hosts it, since one hosting network may be blocked whole. Without it, servers with near addresses count as one. */
  network?: string;
  method: Method;
}

/**
 * Candidates for the user's own key at servers of the list, in the order of the list, `portsPerServer` each. The profile
 * must be of the servers' provider: elsewhere its key is unknown and silence would prove nothing.
 */
export function wireGuardCandidates(
  servers: readonly Server[],
  profile: WireGuardProfile,
  portsPerServer = 1,
): Candidate[] {
  const presharedKey = profile.peers[0]?.presharedKey;
  return servers.flatMap(({ id, ipv4, ipv6, wireguard }) => {
    const address = ipv4 ?? ipv6;
    if (address === null || wireguard === null) return [];
    return wireguard.ports.slice(0, portsPerServer).map((port) => ({
      id: `${id} wireguard ${port}`,
      server: id,
      address,
      port,
      method: {
        kind: 'wireguard',
        privateKey: profile.privateKey,
        serverPublicKey: wireguard.publicKey,
        ...(presharedKey !== undefined && { presharedKey }),
      },
    }));
  });
}

/**
 * Candidates for the remotes of an OpenVPN profile that are given by address; those given by name are left out, the
 * caller looks them up first. None for a profile whose control channel a probe cannot speak (`auth` with a digest that we do not know).
 * @throws OpenVpnKeyError when the profile's tls-auth or tls-crypt key is malformed
 */
export function openVpnCandidates(profile: OpenVpnProfile): Candidate[] {
  const wrapping = wrappingOf(profile);
  if (wrapping === undefined) return [];
  const remotes = profile.remotes.filter(({ host }) => isIP(host) !== 0);
  return remotes.map(({ host, port, transport }) => ({
    id: `${host} openvpn-${transport} ${port}`,
    server: host,
    address: host,
    port,
    method: { kind: 'openvpn', transport, wrapping },
  }));
}

function wrappingOf({ tlsCryptV2, tlsCrypt, tlsAuth, options }: OpenVpnProfile): Wrapping | undefined {
  if (tlsCryptV2 !== undefined) return { kind: 'tls-crypt-v2', ...parseClientKeyV2(tlsCryptV2) };
  if (tlsCrypt !== undefined) return { kind: 'tls-crypt', key: parseStaticKey(tlsCrypt) };
  if (tlsAuth === undefined) return { kind: 'none' };
  // OpenVPN takes the last of repeated options; OpenSSL knows a digest as SHA512, SHA-512 and RSA-SHA512.
  const auth = options.findLast(({ name }) => name === 'auth')?.args[0] ?? 'SHA1';
  const plain = auth.toUpperCase().replace(/^RSA-/, '').replace('-', '');
  const digest = tlsAuthDigests.find((known) => known === plain);
  if (digest === undefined) return undefined;
  const { key, direction } = tlsAuth;
  return { kind: 'tls-auth', key: parseStaticKey(key), digest, ...(direction !== undefined && { direction }) };
}

/** The hosting network, or what comes near it: the /16 of an IPv4 address, the /32 of an IPv6 one. */
export function networkOf({ network, address }: Candidate): string {
  if (network !== undefined) return network;
  return isIPv6(address) ? address.split(':').slice(0, 2).join(':') : address.split('.').slice(0, 2).join('.');
}

/** @returns the method in a word, without its secrets */
export function methodName({ method }: Candidate): 'wireguard' | 'openvpn-udp' | 'openvpn-tcp' | 'tcp' {
  return method.kind === 'openvpn' ? `openvpn-${method.transport}` : method.kind;
}
