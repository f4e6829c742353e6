import { isIPv6 } from 'node:net';
import type { OwnServer } from './record.ts';

/** `spare`: lead to the plain one, for the signature check, which needs a port for every packet. */
export const relayPorts = { plain: 3478, tls: 5349, range: '49160-49260', spare: '49300-49323' } as const;

/**
 * The relay as browsers' RTCIceServer (W3C WebRTC, RTCIceServer dictionary); URIs by RFC 7065. `ca` is ours: the authority
 * by which the relay is known over TLS. The relay leads only from itself to itself.
 */
export interface RelayForRehearsals {
  urls: string[];
  username: string;
  credential: string;
  ca: string;
}

export function relayOf({ endpoint, relay, authority }: OwnServer): RelayForRehearsals {
  const host = isIPv6(endpoint) ? `[${endpoint}]` : endpoint;
  return {
    urls: [
      `turn:${host}:${relayPorts.plain}?transport=udp`,
      `turn:${host}:${relayPorts.plain}?transport=tcp`,
      `turns:${host}:${relayPorts.tls}?transport=tcp`,
    ],
    username: relay.user,
    credential: relay.password,
    ca: authority.certificate,
  };
}
