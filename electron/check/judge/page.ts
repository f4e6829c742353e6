import { STATUS_CODES } from 'node:http';
import { isIP } from 'node:net';
import type { Evidence, TargetEvidence } from '../gather/evidence.ts';
import type { HttpProbe } from '../probe.ts';
import type { ControlFacts } from './controls.ts';
import { blocked, unknown, type Judged } from './judged.ts';

/** What all plain-HTTP answers of this check have in common, to know a block page by. */
export interface PageFacts {
  /** Hosts that services of at least two owners redirect to: no service shares those with another. */
  sharedRedirects: ReadonlySet<string>;
  /** Hosts that at least two servers without a name redirect to: those speak their own protocol, and send nobody elsewhere. */
  repeatedRedirects: ReadonlySet<string>;
  /** Bodies that services of at least two owners answer with. */
  sharedBodies: ReadonlySet<string>;
  /** Sites (last two labels) of all services' own hosts: a redirect to one of them is no censor's. */
  ownSites: ReadonlySet<string>;
}

type PageAnswer = Extract<HttpProbe['outcome'], { kind: 'answered' }>;

/** Bodies below this size are shared by chance: empty ones, bare error lines. */
const tellingBodyBytes = 64;

export function readPages({ services }: Evidence): PageFacts {
  const redirects = new Map<string, Set<string>>();
  const bodies = new Map<string, Set<string>>();
  const nameless = new Map<string, Set<string>>();
  const ownSites = new Set<string>();
  for (const { service, messages, calls } of services) {
    for (const { target } of [...messages, ...calls]) if (target.host !== null) ownSites.add(siteOf(target.host));
    for (const { outcome, target, address } of messages.flatMap(httpProbes)) {
      if (outcome.kind !== 'answered') continue;
      if (outcome.redirectHost !== null) {
        addTo(redirects, outcome.redirectHost, service.owner);
        if (target === address) addTo(nameless, outcome.redirectHost, address);
      }
      if (isTellingBody(outcome)) addTo(bodies, outcome.bodyHash, service.owner);
    }
  }
  return {
    sharedRedirects: sharedBy(redirects),
    repeatedRedirects: sharedBy(nameless),
    sharedBodies: sharedBy(bodies),
    ownSites,
  };
}

/** H1: an answer that is a censor's page. Undefined when the answer looks like the service's own, or there is none. */
export function judgePage(evidence: TargetEvidence, pages: PageFacts, facts: ControlFacts): Judged | undefined {
  const answered = httpProbes(evidence).filter(({ outcome }) => outcome.kind === 'answered');
  const strange = answered.filter((probe) => isStrange(probe, pages));
  if (strange.length === 0) return undefined;
  const [control] = facts.sites;
  if (!control) return unknown('N3', strange);
  const proven = strange.every((probe) => isProven(probe, pages));
  // An unknown redirect may be the service's own new home: only what no service would do is called a block.
  return blocked(['http-blockpage'], 'H1', proven ? 'strong' : 'weak', [...strange, control]);
}

function isStrange({ outcome }: HttpProbe, pages: PageFacts): boolean {
  if (outcome.kind !== 'answered') return false;
  if (outcome.redirectHost !== null) return !pages.ownSites.has(siteOf(outcome.redirectHost));
  return pages.sharedBodies.has(outcome.bodyHash) && isTellingBody(outcome);
}

/**
 * Whether two services giving this body would be odd. Servers of one make answer errors with the same few lines, whose
 * title is the status.
 */
function isTellingBody({ status, title, bodyBytes }: PageAnswer): boolean {
  if (bodyBytes < tellingBodyBytes) return false;
  const said = title?.toLowerCase() ?? '';
  const plainError =
    said === '' ||
    said.includes(String(status)) ||
    said.includes(STATUS_CODES[status]?.toLowerCase() ?? String(status));
  return status < 400 || !plainError;
}

/** A bare address, or the same place for services that have nothing to do with each other. */
function isProven({ outcome }: HttpProbe, pages: PageFacts): boolean {
  if (outcome.kind !== 'answered') return false;
  const { redirectHost, bodyHash } = outcome;
  if (redirectHost === null) return pages.sharedBodies.has(bodyHash);
  const isBareAddress = isIP(redirectHost.replace(/^\[|\]$/g, '')) !== 0;
  return isBareAddress || pages.sharedRedirects.has(redirectHost) || pages.repeatedRedirects.has(redirectHost);
}

function httpProbes({ attempts, trusted }: TargetEvidence): HttpProbe[] {
  return [...attempts, ...trusted].filter((probe) => probe.kind === 'http');
}

function siteOf(host: string): string {
  return host.split('.').slice(-2).join('.').toLowerCase();
}

function addTo(map: Map<string, Set<string>>, key: string, value: string): void {
  map.set(key, (map.get(key) ?? new Set()).add(value));
}

function sharedBy(map: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  return new Set([...map].filter(([, values]) => values.size >= 2).map(([key]) => key));
}
