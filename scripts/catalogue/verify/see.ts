import { BlockList, isIPv4 } from 'node:net';
import type { Catalogue, Service, Target } from '../../../electron/check/catalogue.ts';
import type { Probe, Report } from '../../../electron/check/report.ts';

/** How one target was found, beside what the catalogue says of it. */
export type Seen =
  /** As the catalogue says. `mute`: places of it, `address:port`, that did not answer all the same. */
  | { kind: 'as-expected'; mute: string[] }
  /** It was not known to answer strangers, and does. */
  | { kind: 'answers-after-all'; realm: string | null }
  /** It works, at addresses that the catalogue does not have: neither among its own nor in the service's ranges. */
  | { kind: 'moved'; addresses: string[] }
  | { kind: 'other-realm'; realm: string | null }
  /** A certificate of an authority or for a name that is not the expected one. */
  | { kind: 'other-certificate'; issuer: string; failure: string }
  /** No resolver knows the name any more. */
  | { kind: 'gone' }
  /** Refused, reset, or another answer than its kind has: OONI's word for it. */
  | { kind: 'failed'; failure: string }
  | { kind: 'silent' }
  /** Silent, and it was not known to answer strangers. */
  | { kind: 'silent-as-known' }
  /** The check was over before it was asked. */
  | { kind: 'not-run' };

/** One target with all that a person has to see. */
export interface SeenTarget {
  service: Service;
  target: Target;
  seen: Seen;
}

/**
 * The same catalogue, in which every target counts: each is asked as often and as long as the check asks those that it
 * judges by. Only for looking; what it is judged by is the catalogue as it is.
 */
export function patientCatalogue(catalogue: Catalogue): Catalogue {
  const patient = (target: Target): Target => {
    const sure = { ...target, confidence: 'high' as const };
    return sure.kind === 'stun' || sure.kind === 'turn' ? { ...sure, answersStrangers: true } : sure;
  };
  const services = catalogue.services.map((service) => ({
    ...service,
    messages: service.messages.map(patient),
    calls: service.calls.map(patient),
  }));
  return { ...catalogue, services };
}

/** What a check with `patientCatalogue` saw of every target of these services. Pure. */
export function seeTargets(services: readonly Service[], { probes }: Report): SeenTarget[] {
  return services.flatMap((service) =>
    [...service.messages, ...service.calls].map((target) => ({
      service,
      target,
      seen: seeTarget(service, target, probes),
    })),
  );
}

function seeTarget(service: Service, target: Target, all: readonly Probe[]): Seen {
  const names = target.host === null ? [] : all.filter((probe) => isQuestion(probe) && probe.target === target.host);
  const tries = all.filter((probe) => probe.service === service.id && isOf(target, probe));
  const answered = tries.filter(
    ({ outcome }) => outcome === 'ok' || outcome === 'answered' || outcome === 'unauthorized',
  );
  if (answered.length > 0) return seeAnswer(service, target, answered, tries);
  if (
    names.length > 0 &&
    names.every(({ detail }) => detail?.['answer'] === 'nxdomain' || detail?.['answer'] === 'empty')
  )
    return { kind: 'gone' };
  const shown = tries.flatMap((probe) => certificateOf(probe) ?? [])[0];
  if (shown) return { kind: 'other-certificate', ...shown };
  const failed = tries.find(({ outcome }) => outcome === 'failed');
  if (failed) return { kind: 'failed', failure: failed.failure ?? 'unknown_failure' };
  if (tries.length === 0) return { kind: 'not-run' };
  return { kind: 'answersStrangers' in target && !target.answersStrangers ? 'silent-as-known' : 'silent' };
}

function seeAnswer(service: Service, target: Target, answered: readonly Probe[], tries: readonly Probe[]): Seen {
  if (target.kind === 'turn' && target.realm !== null) {
    const realm = realmOf(answered);
    if (realm !== target.realm) return { kind: 'other-realm', realm };
  }
  if ((target.kind === 'stun' || target.kind === 'turn') && !target.answersStrangers)
    // [MS-TURN] numbers REALM and NONCE the other way round, so that what was read for a realm is none.
    return {
      kind: 'answers-after-all',
      realm: 'dialect' in target && target.dialect === 'ms' ? null : realmOf(answered),
    };
  const strange = strangeAddresses(service, target, answered);
  if (strange.length > 0) return { kind: 'moved', addresses: strange };
  const placeOf = ({ address, port }: Probe): string => `${address ?? '?'}:${port ?? '?'}`;
  const living = new Set(answered.map(placeOf));
  return { kind: 'as-expected', mute: [...new Set(tries.map(placeOf))].filter((place) => !living.has(place)) };
}

/** Addresses of a name that are neither its known ones nor in its service's ranges, where the catalogue has any. */
function strangeAddresses({ prefixes }: Service, target: Target, answered: readonly Probe[]): string[] {
  if (target.host === null) return [];
  const seen = [...new Set(answered.flatMap(({ address }) => address ?? []))];
  const known = new BlockList();
  const families = new Set<string>();
  for (const address of target.addresses) {
    families.add(familyOf(address));
    known.addAddress(address, familyOf(address));
  }
  for (const { cidr } of prefixes) {
    const [base = '', length] = cidr.split('/');
    families.add(familyOf(base));
    known.addSubnet(base, Number(length), familyOf(base));
  }
  return seen.filter((address) => families.has(familyOf(address)) && !known.check(address, familyOf(address)));
}

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIPv4(address) ? 'ipv4' : 'ipv6');
export const isQuestion = ({ kind }: Probe): boolean => kind === 'dns' || kind === 'doh';

/** Probes with the name of a neutral site, which the check sends to tell what a failure depends on, are none of it. */
function isOf(target: Target, { kind, target: aim, port, detail }: Probe): boolean {
  if (kind !== target.kind || port === null || !target.ports.includes(port)) return false;
  if (target.host === null) return target.addresses.includes(aim);
  return aim === target.host && (kind !== 'tls' || detail?.['serverName'] === target.host);
}

function realmOf(answered: readonly Probe[]): string | null {
  const realm = answered.map(({ detail }) => detail?.['realm']).find((one) => typeof one === 'string');
  return realm === undefined ? null : realm;
}

function certificateOf({ detail }: Probe): { issuer: string; failure: string } | undefined {
  const certificate = detail?.['certificate'];
  if (typeof certificate !== 'object' || certificate === null) return undefined;
  const { issuer, failure } = certificate as { issuer?: unknown; failure?: unknown };
  return typeof issuer === 'string' && typeof failure === 'string' ? { issuer, failure } : undefined;
}
