import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { places } from '../../system/places.ts';
import type { ListedServer } from './api.ts';
import type { ListProvider } from './known.ts';

/** How a provider's list differs from the one that is shipped, from the first server on. */
export interface ListChange {
  /** So many servers are there no more. */
  gone?: number;
  /** So many are new. */
  added?: number;
  /** So many have another key. */
  keys?: number;
  /** So many have another address. */
  addresses?: number;
  /** All have the same key and one of two addresses, as in the tampered list that was found in public. */
  tampered?: true;
}

const listSchema = z.object({
  servers: z.array(
    z.object({
      provider: z.string(),
      country: z.string(),
      city: z.string(),
      hostname: z.string(),
      ipv4: z.string().nullable(),
      ipv6: z.string().nullable(),
      wireguard: z.object({ publicKey: z.string() }).nullable(),
    }),
  ),
});

export function listedServers(provider: ListProvider, change: ListChange): ListedServer[] {
  const { servers } = listSchema.parse(JSON.parse(readFileSync(places.serverList, 'utf8')));
  const shipped = servers
    .filter((server) => server.provider === provider)
    .map(({ wireguard, ...server }) => ({
      ...server,
      ipv4: server.ipv4 ?? '',
      publicKey: wireguard?.publicKey ?? '',
    }));
  return changed(shipped, change);
}

function changed(shipped: readonly ListedServer[], change: ListChange): ListedServer[] {
  const { gone = 0, added = 0, keys = 0, addresses = 0, tampered } = change;
  const first = shipped[0];
  if (!first) return [];
  const left = shipped.slice(gone).map((server, index) => ({
    ...server,
    ...(index < keys && { publicKey: otherKey(index) }),
    ...(index < addresses && { ipv4: `23.250.201.${index + 1}` }),
  }));
  const fresh = Array.from({ length: added }, (_, index) => ({
    ...first,
    hostname: first.hostname.replace(/^[a-z0-9-]+/, `es-new-${index + 1}`),
    ipv4: `23.250.202.${index + 1}`,
    ipv6: null,
    publicKey: otherKey(1000 + index),
  }));
  const all = [...left, ...fresh];
  return tampered
    ? all.map((server, index) => ({ ...server, ipv4: `34.120.1.${index % 2}`, publicKey: otherKey(0) }))
    : all;
}

/** In the one spelling of 32 bytes, and no special point. */
const otherKey = (number: number): string => createHash('sha256').update(`other ${number}`).digest('base64');
