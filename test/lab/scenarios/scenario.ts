import type { Mechanism, NetworkState, RehearsalOutcome, Strength, Verdict } from '../../../electron/check/report.ts';
import type { Censor } from '../censor/censor.ts';
import type { OwnTrouble } from '../own-trouble.ts';
import type { WorldChange } from '../world/change.ts';

/** A censor with a name, and what an honest check says about the network behind it. */
export interface Scenario {
  id: string;
  title: string;
  /** Where something like it has been seen, or what it is for. */
  standsFor: string;
  censor: Censor;
  /** What the world's own operators have changed since the catalogue was written. */
  world?: WorldChange;
  /** What the computer itself does to its own traffic. */
  own?: OwnTrouble;
  /** More words of the command line, after `sawt check --json`. */
  arguments?: readonly string[];
  /** The check rehearses calls by the lab's relay; `down`: by an address at which nobody listens. */
  relay?: 'right' | 'wrong' | 'down';
  expect: Expectation;
}

/** What rehearsed calls have to come to. */
export interface CallExpectation {
  /** Of the best way, and of every way that is not named below. */
  outcomes: readonly RehearsalOutcome[];
  rule: string | null;
  /** Ways that go otherwise, by transport and port as `udp 3478`, with the row that has to speak. */
  ways?: Readonly<Record<string, readonly [outcome: RehearsalOutcome, rule: string | null]>>;
}

export interface Expectation {
  /** Absent: no call is rehearsed. */
  call?: CallExpectation;
  /** `network.state` is one of these. */
  states: readonly NetworkState[];
  /** Each of these groups is represented among the findings and verdicts by at least one of its mechanisms. */
  mechanisms: readonly (readonly Mechanism[])[];
  /** These may be named as well. Any mechanism that is in neither list must not occur anywhere. */
  mayName?: readonly Mechanism[];
  /** What differs from an open network, by service id; `*` for every service that is not named. */
  services?: Readonly<Record<string, Partial<ServiceExpectation>>>;
  /** What the signature check says, where it is asked for: of services that are not named, that their shapes pass. */
  signatures?: { filtered?: Readonly<Record<string, Strength>>; inconclusive?: readonly string[] };
  /** The check takes no longer than this by its own clock. */
  withinMs?: number;
}

export interface ServiceExpectation {
  messages: Judged;
  calls: Judged;
}

/** Allowed verdicts, and for a `blocked` or `degraded` one the mechanisms of which at least one must be named. */
export interface Judged {
  verdicts: readonly Verdict[];
  mechanisms?: readonly Mechanism[];
}

const ok: Judged = { verdicts: ['ok'] };
/** Some answer to strangers is there, too little proved to be asked for: an answer may count, its absence may not. */
const okOrUnknown: Judged = { verdicts: ['ok', 'not-testable'] };
/** No relay of the service answers strangers. */
const unknown: Judged = { verdicts: ['not-testable'] };

/** Its makers shut it down: nobody's network is to blame. */
const gone: Judged = { verdicts: ['stale'] };
export const shutDown: ServiceExpectation = { messages: gone, calls: gone };

/** What an honest check says about a service on an open network. */
export function openExpectation(service: string): ServiceExpectation {
  switch (service) {
    case 'skype':
      return shutDown;
    case 'telegram':
    case 'signal':
    case 'google_meet':
      return { messages: ok, calls: ok };
    case 'whatsapp':
    case 'zoom':
    case 'facetime':
    case 'discord':
    case 'imo':
    case 'line':
    case 'botim':
    case 'wechat':
    case 'kakaotalk':
    case 'webex':
      return { messages: ok, calls: unknown };
    default:
      return { messages: ok, calls: okOrUnknown };
  }
}

/** Nothing can be said, and nothing is. */
export const unjudged: Judged = { verdicts: ['inconclusive', 'not-run', 'not-testable'] };

export const judged = (verdicts: readonly Verdict[], ...mechanisms: readonly Mechanism[]): Judged => ({
  verdicts,
  mechanisms,
});
