import { ListError, type ListRule } from './errors.ts';
import type { Provider, Server, ServerList } from './types.ts';

/** A tampered list that was found in public had the right shape everywhere; one key and a few addresses stood for all. */
const maxHostsOfAnAddress = 2;
/** More bad entries than this share, and somebody has been at the list. */
const maxBadShare = 0.2;
/** With fewer servers than this share of the older list's, a provider keeps its older entries. */
export const leastKept = 0.8;

/** Rules over the whole list. Throws ListError. */
export function checkWhole(
  servers: readonly Server[],
  providers: ReadonlyMap<string, Provider>,
  badRows: number,
): void {
  const total = servers.length + badRows;
  if (total > 0 && badRows > total * maxBadShare) throw new ListError('bad-rows');
  if (servers.length === 0) throw new ListError('empty');
  const own = servers.filter(({ provider }) => providers.get(provider)?.sharedKey !== true);
  refuseRepeated(
    servers.map(({ id }) => id),
    1,
    'repeated-id',
  );
  refuseRepeated(
    own.flatMap(({ wireguard }) => wireguard?.publicKey ?? []),
    1,
    'repeated-key',
  );
  refuseRepeated(
    servers.flatMap(({ ipv4 }) => ipv4 ?? []),
    maxHostsOfAnAddress,
    'repeated-address',
  );
  refuseRepeated(
    servers.flatMap(({ ipv6 }) => ipv6 ?? []),
    maxHostsOfAnAddress,
    'repeated-address',
  );
}

function refuseRepeated(values: readonly string[], most: number, rule: ListRule): void {
  if (new Set(values).size === values.length) return;
  const counts = new Map<string, number>();
  for (const value of values) {
    const count = (counts.get(value) ?? 0) + 1;
    if (count > most) throw new ListError(rule);
    counts.set(value, count);
  }
}

/**
 * A list that suddenly knows far fewer servers of a provider is more likely broken than right: the older entries of that
 * provider stay. Gives the list to use and the ids of those providers.
 */
export function keepWhatShrank(list: ServerList, older: ServerList): { list: ServerList; kept: string[] } {
  const count = ({ servers }: ServerList, id: string): number =>
    servers.filter(({ provider }) => provider === id).length;
  const kept = older.providers.map(({ id }) => id).filter((id) => count(list, id) < leastKept * count(older, id));
  const merge = <T>(own: readonly T[], before: readonly T[], providerOf: (item: T) => string): T[] => [
    ...own.filter((item) => !kept.includes(providerOf(item))),
    ...before.filter((item) => kept.includes(providerOf(item))),
  ];
  const merged = {
    ...list,
    providers: merge(list.providers, older.providers, ({ id }) => id),
    servers: merge(list.servers, older.servers, ({ provider }) => provider),
  };
  return { list: merged, kept };
}
