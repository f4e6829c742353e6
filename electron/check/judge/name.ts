import { isBogon } from '../addresses.ts';
import type { NameEvidence, TargetEvidence } from '../gather/evidence.ts';
import { succeeded, type AnyProbe, type DnsOutcome, type DnsProbe } from '../probe.ts';
import type { Mechanism, Strength } from '../report.ts';
import type { ControlFacts } from './controls.ts';
import { blocked, unknown, type Judged } from './judged.ts';
import { isBeyondChance } from './silence.ts';

/**
 * Rules D1 to D6 and D8. Undefined when the name is not what fails: the system's answer leads to the service (D4), is
 * the trusted one, or nothing can be said and the deeper layers have to.
 */
export function judgeName(evidence: TargetEvidence, facts: ControlFacts): Judged | undefined {
  const { name } = evidence;
  // Whatever a resolver answers, an address where the service itself answers is right (rule D4).
  if (!name || (evidence.attempts.some(succeeded) && provesIdentity(evidence))) return undefined;
  const truth = readTruth(name);
  if (truth.kind === 'gone') return judgeGone(name, facts, truth.probes);
  const system = name.system;
  const answers = system.filter(({ outcome }) => outcome.kind === 'answered');
  if (system.length === 0) return undefined;
  if (answers.length === 0) return judgeNoAnswer(name, facts, truth);
  return judgeAnswer(evidence, name, truth);
}

/** Only a handshake under the right name proves who answers; an open port does not. */
function provesIdentity({ target }: TargetEvidence): boolean {
  return target.kind === 'tls' || target.kind === 'turn' || target.kind === 'stun';
}

/** What a way that resolvers on the path cannot falsify says. */
type Truth =
  | { kind: 'addresses'; addresses: string[]; probes: AnyProbe[]; byDoh: boolean }
  | { kind: 'gone'; probes: AnyProbe[] }
  | { kind: 'unknown'; probes: AnyProbe[] };

function readTruth(name: NameEvidence): Truth {
  const doh = name.doh.findLast(({ outcome }) => outcome.kind !== 'failed');
  if (doh?.outcome.kind === 'answered') {
    return { kind: 'addresses', addresses: doh.outcome.addresses, probes: [doh], byDoh: true };
  }
  if (doh?.outcome.kind === 'nxdomain' || doh?.outcome.kind === 'empty') return { kind: 'gone', probes: [doh] };
  // Without DoH, plain answers of public resolvers are the next best; only agreement of two operators counts.
  // An answer that another one contradicted is nobody's word.
  const open = name.public.filter(
    ({ outcome, second }) => second === null && outcome.kind === 'answered' && !outcome.addresses.some(isBogon),
  );
  const operators = new Set(open.map(({ address }) => address));
  if (operators.size >= 2) {
    const addresses = open.flatMap(({ outcome }) => (outcome.kind === 'answered' ? outcome.addresses : []));
    return { kind: 'addresses', addresses, probes: open, byDoh: false };
  }
  return { kind: 'unknown', probes: [...name.doh, ...name.public] };
}

/** D8: gone for everybody, or so it looks; only a resolver that says the same makes it certain. */
function judgeGone(name: NameEvidence, facts: ControlFacts, truth: AnyProbe[]): Judged | undefined {
  const agrees = name.system.filter(({ outcome }) => outcome.kind === 'nxdomain' || outcome.kind === 'empty');
  if (agrees.length === 0 || facts.names.length === 0) return unknown('D8', [...name.system, ...truth]);
  const probes = [...agrees, ...truth].map(({ id }) => id);
  return { state: 'stale', mechanisms: [], rule: 'D8', strength: 'strong', probes };
}

const noAnswerMechanisms: Partial<Record<DnsOutcome['kind'], Mechanism>> = {
  nxdomain: 'dns-nxdomain',
  empty: 'dns-empty',
  servfail: 'dns-servfail',
  refused: 'dns-refused',
  silent: 'dns-timeout',
};

/** D1: the system's resolver gives nothing, twice, while it answers neutral names and the trusted way has an address. */
function judgeNoAnswer(name: NameEvidence, facts: ControlFacts, truth: Truth): Judged | undefined {
  const evidence = [...name.system, ...truth.probes];
  const telling = name.system.filter(
    ({ outcome, address }) => outcome.kind !== 'silent' || facts.aliveResolvers.has(address),
  );
  const mechanisms = [...new Set(telling.map(({ outcome }) => noAnswerMechanisms[outcome.kind]))];
  const [mechanism] = mechanisms;
  const neutral = facts.names[0];
  if (telling.length < 2 || mechanism === undefined || mechanisms.length > 1) return unknown('D1', evidence);
  if (truth.kind !== 'addresses' || !neutral) return unknown('D1', evidence, [mechanism]);
  if (!isBeyondChance(telling, facts.loss)) return unknown('D1', evidence);
  const plain: Strength = mechanism === 'dns-timeout' ? 'medium' : 'strong';
  const strength = truth.byDoh ? plain : 'medium';
  const falsified = sameKindElsewhere(name, truth);
  const all: Mechanism[] = falsified.length > 0 ? [mechanism, 'dns-injection'] : [mechanism];
  return blocked(all, 'D1', strength, [...evidence, ...falsified, neutral]);
}

/** D6: public resolvers, asked in the clear, say the same wrong thing as the provider's: forged on the way. */
function sameKindElsewhere(name: NameEvidence, truth: Truth): DnsProbe[] {
  if (truth.kind !== 'addresses' || !truth.byDoh) return [];
  const kinds = new Set(name.system.map(({ outcome }) => outcome.kind));
  const same = name.public.filter(({ outcome }) => outcome.kind !== 'silent' && kinds.has(outcome.kind));
  return same.length >= 2 ? same : [];
}

/** D2, D3, D5 and D6: there are answers, but not the service's. */
function judgeAnswer(evidence: TargetEvidence, name: NameEvidence, truth: Truth): Judged | undefined {
  const raced = [...name.system, ...name.public].filter(({ second }) => second !== null);
  // Two answers, and nobody to say which one is right: what happens at either address proves nothing about the service.
  if (truth.kind !== 'addresses') return raced.length > 0 ? unknown('D5', raced, ['dns-injection']) : undefined;
  const wrong = name.system.filter((probe) => isWrong(probe, truth.addresses));
  // A right answer on one of two tries is a flaky line, not a block; silence may be a dead resolver's.
  const said = name.system.filter(({ outcome }) => outcome.kind !== 'silent');
  if (wrong.length < Math.max(2, said.length)) return undefined;
  const elsewhere = truth.byDoh ? name.public.filter((probe) => isWrong(probe, truth.addresses)) : [];
  const forged = elsewhere.length >= 2 || raced.length > 0;
  const probes = [...wrong, ...truth.probes, ...elsewhere, ...raced];
  const withInjection = (mechanism: Mechanism): Mechanism[] => (forged ? [mechanism, 'dns-injection'] : [mechanism]);
  const addresses = wrong.flatMap(({ outcome }) => (outcome.kind === 'answered' ? outcome.addresses : []));
  if (addresses.every(isBogon)) {
    return blocked(withInjection('dns-bogon'), 'D2', truth.byDoh ? 'certain' : 'strong', probes);
  }
  if (raced.length > 0 && evidence.trusted.some(succeeded)) {
    return blocked(['dns-injection'], 'D5', 'certain', [...probes, ...evidence.attempts, ...evidence.trusted]);
  }
  return judgeElsewhere(evidence, withInjection('dns-redirect'), probes);
}

/** D3: public addresses that are not the trusted ones; the certificate tells whether the service lives there too. */
function judgeElsewhere(evidence: TargetEvidence, mechanisms: Mechanism[], dns: AnyProbe[]): Judged | undefined {
  const trustedWorks = evidence.trusted.some(succeeded);
  if (!trustedWorks || evidence.attempts.length < 2 || evidence.attempts.some(succeeded)) return undefined;
  const probes = [...dns, ...evidence.attempts, ...evidence.trusted];
  const badCertificate = evidence.attempts.every(({ outcome }) => outcome.kind === 'bad-certificate');
  // Without a wrong certificate it may also be one dead machine of a content network.
  return blocked(mechanisms, 'D3', badCertificate ? 'certain' : 'medium', probes);
}

function isWrong({ outcome }: DnsProbe, trusted: readonly string[]): boolean {
  return outcome.kind === 'answered' && !outcome.addresses.some((address) => trusted.includes(address));
}
