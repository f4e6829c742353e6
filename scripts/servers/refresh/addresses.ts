import { lookup } from 'node:dns/promises';
import type { Server } from '../../../electron/servers/types.ts';
import type { FoundServer } from './source.ts';

/**
 * Addresses for servers that their provider gives a name only. A name may lead to several machines in any order: the one
 * that we have stays while it is among them, so that nothing seems to change that has not. A name that leads nowhere
 * leaves the server without, and the rules of an entry then leave it out.
 */
export async function withAddresses(found: readonly FoundServer[], known: readonly Server[]): Promise<FoundServer[]> {
  const had = new Map(known.map(({ id, ipv4 }) => [id, ipv4]));
  const done: FoundServer[] = [];
  // One after the other: no resolver minds that, and there are some sixty.
  for (const server of found) {
    if (server.ipv4 !== null) done.push(server);
    else done.push({ ...server, ipv4: await addressOfName(server.hostname, had.get(server.id) ?? null) });
  }
  return done;
}

async function addressOfName(hostname: string, had: string | null): Promise<string | null> {
  const answers = await lookup(hostname, { family: 4, all: true }).catch(() => []);
  const addresses = answers.map(({ address }) => address).sort();
  return had !== null && addresses.includes(had) ? had : (addresses[0] ?? null);
}
