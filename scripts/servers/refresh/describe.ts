import { addressOf, keyOf, type Comparison } from './compare.ts';

const words = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** What a person reads before the file is written. A changed key comes first, and cannot be passed over. */
export function describeComparison({ next, ...change }: Comparison, had: number): string[] {
  const { added, gone, keys, addresses, others, bad, confirmed } = change;
  const place = ({ city, country }: { city: string; country: string }): string => `${city}, ${country}`;
  const count = `${words(next.servers.length, 'server')} (we had ${had}), ${confirmed} of them with the key and address that we had`;
  return [
    `${next.provider.name}: ${count}.`,
    ...keys.map(({ server, before }) => `  !! KEY CHANGED ${server.id}: ${before} -> ${keyOf(server)}`),
    ...addresses.map(({ server, before }) => `  ~ address ${server.id}: ${before} -> ${addressOf(server)}`),
    ...others.map(({ server, fields }) => `  ~ ${server.id}: ${fields.join(', ')} (${place(server)})`),
    ...added.map((server) => `  + ${server.id} (${place(server)}) ${addressOf(server)}`),
    ...gone.map((server) => `  - ${server.id} (${place(server)})`),
    ...bad.map(({ id, rule }) => `  x left out ${id}: fails the rule ${rule}`),
    ...(keys.length > 0
      ? [`  ${words(keys.length, 'key')} changed. Look at the provider's site before you write this.`]
      : []),
  ];
}
