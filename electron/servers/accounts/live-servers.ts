import { createRowReader } from '../rows.ts';
import type { Provider, Server } from '../types.ts';
import type { AccountProvider } from './provider.ts';

/** One row of a provider's own list, as it came. */
export interface LiveRow {
  id: string;
  country: string;
  city: string;
  hostname: string;
  ipv4: string | null;
  publicKey: unknown;
  /** It speaks OpenVPN too. */
  openvpn: boolean;
}

/** Rows of a provider's own list as servers, by the rules of our signed one; those that fail them are left out. */
export function liveServers(provider: AccountProvider, asOf: string, rows: readonly LiveRow[]): Server[] {
  const readRow = createRowReader(new Map([[provider.id, asListed(provider)]]));
  const port = provider.constant.port ?? 51820;
  return rows.flatMap((row) => {
    const server = readRow({
      id: `${provider.id}/${row.id}`,
      provider: provider.id,
      country: row.country.toUpperCase(),
      city: row.city,
      hostname: row.hostname,
      // The rules want an address; where the provider gives a name only, the system's resolver finds it when connecting.
      ipv4: row.ipv4 ?? placeholder,
      ipv6: null,
      wireguard: { publicKey: row.publicKey, ports: [port] },
      openvpn: row.openvpn && provider.openvpn ? { ports: provider.openvpn.ports } : null,
      confidence: 'M',
      asOf,
      sources: [provider.api['main'] ?? provider.name],
    });
    return typeof server === 'string' ? [] : [{ ...server, ipv4: row.ipv4 }];
  });
}

/** Stands for the missing address while the other fields are judged. */
const placeholder = '9.9.9.9';

/** What the rules of the list need to know of a provider. */
export function asListed(provider: AccountProvider): Provider {
  return {
    id: provider.id,
    name: provider.name,
    hostSuffixes: provider.marks.hostSuffixes,
    sharedKey: false,
    oneKeyForAll: provider.recipe !== 'pia',
    credential: provider.file,
  };
}
