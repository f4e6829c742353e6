import type { Page } from './plan.ts';

/**
 * How real hosts behave beyond what the catalogue has to know. Not what a checker would like: what captures, vendors'
 * documents and OONI's specifications say (all read 2026-08).
 */

/** Where a block page of an operator is hosted in scenarios that lead there by name. */
export const blockPageHost = 'blocked.operator-page.net';

/** A cache inside an operator's network, far from its services' own ranges; it serves any site under its true name. */
export const cache = { host: 'cache.operator-page.net', v4: '23.251.7.7', v6: '2a0e:aa01::7' };

/**
 * A relay of somebody's own, with more ports than calls need, whose owner agreed to the signature check. At addresses that
 * are in no service's ranges.
 */
export const agreed = {
  host: 'relay.somebody-own.net',
  v4: ['23.252.0.10', '23.252.77.20'],
  ports: Array.from({ length: 13 }, (_, index) => 3478 + index),
} as const;
/** As `sawt check --signatures` is told of it. */
export const agreedServers = agreed.v4
  .map((address) => `${address}:${agreed.ports.at(0)}-${agreed.ports.at(-1)}`)
  .join(',');

export const openAnyway = {
  /** Answer Bindings of strangers though it is too little proved for a verdict: Meta's STUN did, 21 times of 21. */
  stun: new Set(['stun.fbsbx.com']),
  /** Name the asker's address in the old MAPPED-ADDRESS only (RFC 3489), as Meta's STUN server did. */
  classicMapped: new Set(['stun.fbsbx.com']),
  /** Realms for relays whose realm is not known for certain. */
  realms: { 'turn.cloudflare.com': 'turn.cloudflare.com' } as Record<string, string | undefined>,
};

const any = (status: number, body = ''): Record<string, Page> => ({ '*': { status, body } });

/** Answers that differ from a plain 200. `data centre`: an address without a name that is asked over plain HTTP. */
export const pageStatus: Record<string, Record<string, Page> | undefined> = {
  'sfu.voip.signal.org': any(503),
  'chat.signal.org': any(404),
  'storage.signal.org': any(404),
  'cdsi.signal.org': any(404),
  'v.whatsapp.net': any(400),
  'mmg.whatsapp.net': any(404),
  'b-api.facebook.com': any(400),
  'b-graph.facebook.com': any(400),
  'edge-mqtt.facebook.com': any(404),
  'api.flightproxy.teams.microsoft.com': any(404),
  'meetings.googleapis.com': any(404),
  'data centre': any(404, '<html><head><title>404 Not Found</title></head><body>404 Not Found</body></html>\n'),
};
