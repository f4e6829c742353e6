import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { getServers } from 'node:dns';
import { networkInterfaces } from 'node:os';

/**
 * Names the network we are on, for keeping reports apart: 16 hex digits, a salted hash of default gateway and resolvers,
 * stable on one network. Without the salt, which never leaves this computer, nobody can tell network or place from it.
 */
export async function networkId(salt: Uint8Array): Promise<string> {
  const features = [...(await gateways()), '|', ...[...getServers()].sort()];
  return createHmac('sha256', salt).update(features.join('\n')).digest('hex').slice(0, 16);
}

/** Linux tells its gateways; elsewhere the networks that this computer has addresses in say about as much. */
async function gateways(): Promise<string[]> {
  const routes = await readFile('/proc/net/route', 'utf8').catch(() => null);
  return routes === null ? ownNetworks() : parseGateways(routes);
}

/** Lines of /proc/net/route with destination 0.0.0.0: interface and gateway (hex, host byte order). */
export function parseGateways(routes: string): string[] {
  return routes
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter(([, destination, gateway]) => destination === '00000000' && gateway !== '00000000')
    .map(([, , gateway = '']) => gateway)
    .sort();
}

function ownNetworks(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => address.split('.').slice(0, 3).join('.'))
    .sort();
}
