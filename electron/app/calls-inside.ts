import { splitPrefixes } from '../profile/split/calls.ts';
import type { ServiceRanges } from '../profile/split/choose.ts';
import type { Profile } from '../profile/types.ts';
import { inAnyRange, splitCidr } from '../tunnel/addresses.ts';

/** What a check through a calls-only tunnel may judge. */
export interface CallsInside {
  /** Ids of the services whose addresses go through the tunnel. */
  services: string[];
  isInside: (address: string) => boolean;
}

/** Undefined for a profile that carries everything. */
export function callsInside(profile: Profile, services: readonly ServiceRanges[]): CallsInside | undefined {
  const only = splitPrefixes(profile);
  if (!only) return undefined;
  const isInside = (address: string): boolean => inAnyRange(address, only);
  // By their first addresses: the server's own address is cut out of a range, and IPv6 is held where it is not carried.
  const isWhole = ({ prefixes }: ServiceRanges): boolean => {
    const first = prefixes.map(({ cidr }) => splitCidr(cidr).network).filter((network) => !network.includes(':'));
    return first.length > 0 && first.every(isInside);
  };
  return { services: services.filter(isWhole).map(({ id }) => id), isInside };
}
