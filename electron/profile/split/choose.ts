import { isIpv6 } from '../address.ts';
import { collapse } from './prefixes.ts';

/** A service with the address ranges that it publishes, as the catalogue has them. */
export interface ServiceRanges {
  id: string;
  prefixes: readonly { cidr: string; asOf: string }[];
}

/** What a calls-only profile leads through its tunnel, and what it cannot. */
export interface CallRanges {
  /** Collapsed. */
  prefixes: string[];
  /** Ids of the services whose ranges are in. */
  services: string[];
  /** Ids of those that publish none: their calls stay outside. */
  without: string[];
  /** Date of the oldest fact that was used (ISO 8601, may be a month); null when none was. */
  asOf: string | null;
}

/**
 * A range so wide holds everything of a company, its updates and backups too. A service with such a range is left out
 * unless it is asked for by name.
 */
const widestBits = 13;

/** `named`: ids of the services that are wanted; undefined: all, but those of `widestBits`. */
export function chooseRanges(services: readonly ServiceRanges[], named?: readonly string[]): CallRanges {
  const wanted = services.filter((service) => (named ? named.includes(service.id) : !isWide(service)));
  const used = wanted.filter(({ prefixes }) => prefixes.length > 0);
  const facts = used.flatMap(({ prefixes }) => prefixes);
  return {
    prefixes: collapse(facts.map(({ cidr }) => cidr)),
    services: used.map(({ id }) => id),
    without: wanted.filter(({ prefixes }) => prefixes.length === 0).map(({ id }) => id),
    asOf: facts.map(({ asOf }) => asOf).sort()[0] ?? null,
  };
}

function isWide({ prefixes }: ServiceRanges): boolean {
  return prefixes.some(({ cidr }) => !isIpv6(cidr) && Number(cidr.split('/')[1]) < widestBits);
}
