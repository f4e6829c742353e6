import { ofFamily, isBogon, type Family } from '../addresses.ts';
import type { Controls } from '../catalogue.ts';
import type { DnsOutcome, DohProbe } from '../probe.ts';
import { probeDns, type RunningDns } from '../probes/dns.ts';
import type { DohClient } from '../probes/doh.ts';
import { requestsToTell } from '../line-loss.ts';
import { sleep, type Session } from '../session.ts';
import type { NameEvidence } from './evidence.ts';

/** As stub resolvers do: the second resolver is asked when the first is silent for a second. */
const secondResolverMs = 1000;

/** Between repeats of a question that nobody answers. */
const againMs = 400;
/** Each question goes out three times (see dnsSchedule). */
const requestsOfQuestion = 3;
const timesMax = 5;

/** One host name: asked at the system's resolver at once, elsewhere when there is doubt. */
export interface NameInquiry {
  evidence: NameEvidence;
  /** First answer of the system's resolvers; only addresses of our family. */
  system(): Promise<DnsOutcome>;
  /** Addresses by a way that a resolver cannot falsify: DoH, else public resolvers over UDP. Empty when none tells. */
  trusted(): Promise<string[]>;
  /** Confirms: asks the system again and two public resolvers over UDP, and waits for late second answers. */
  doubt(): Promise<void>;
  settled(): Promise<unknown>;
}

export interface NameBook {
  get(service: string | null, host: string): NameInquiry;
  /** Waits until every query has its record; quick once the session stops listening for late answers. */
  settled(): Promise<void>;
}

export interface NameSources {
  family: Family;
  doh: DohClient;
  publicResolvers: Controls['dns'];
}

export function createNameBook(session: Session, sources: NameSources): NameBook {
  const inquiries = new Map<string, NameInquiry>();
  const alive = new Set<string>();
  return {
    get(service, host) {
      let inquiry = inquiries.get(host);
      if (!inquiry) {
        inquiry = createInquiry(session, sources, alive, service, host);
        inquiries.set(host, inquiry);
      }
      return inquiry;
    },
    async settled() {
      await Promise.allSettled([...inquiries.values()].map((inquiry) => inquiry.settled()));
    },
  };
}

/** `alive`: addresses of the system's resolvers that have answered anything, shared by all names. */
function createInquiry(
  session: Session,
  sources: NameSources,
  alive: Set<string>,
  service: string | null,
  host: string,
): NameInquiry {
  const evidence: NameEvidence = { host, system: [], public: [], doh: [] };
  const type = sources.family === 4 ? 'A' : 'AAAA';
  const ask = (resolver: 'system' | 'public', remote: { address: string; port: number }): RunningDns => {
    const running = probeDns(session, { service, target: host, ...remote, type, resolver, signal: session.signal });
    void running.probe.then(
      (probe) => evidence[resolver].push(probe),
      () => undefined,
    );
    void running.first.then(
      (outcome) => resolver === 'system' && tellsSomething(outcome) && alive.add(remote.address),
      () => undefined,
    );
    return running;
  };

  const running: RunningDns[] = [];
  const resolvers = session.net.resolvers();
  const [firstResolver, secondResolver] = resolvers;
  const system = once(async (): Promise<DnsOutcome> => {
    if (!firstResolver)
      return { kind: 'failed', operation: 'resolve', failure: 'unknown_failure: no resolver', bytesRead: 0 };
    const first = ask('system', firstResolver);
    running.push(first);
    if (!secondResolver) return first.first;
    const early = await Promise.race([first.first, sleep(session.net, secondResolverMs, session.signal)]);
    if (early && tellsSomething(early)) return early;
    const second = ask('system', secondResolver);
    running.push(second);
    return firstThatTells([first.first, second.first]);
  });
  const askDoh = once(async (): Promise<DohProbe[]> => {
    const probes = await sources.doh.resolve(service, host, type, session.signal);
    evidence.doh.push(...probes);
    return probes;
  });
  const askPublic = once(async (): Promise<DnsOutcome[]> => {
    const asked = sources.publicResolvers.slice(0, 2).map(({ address }) => ask('public', { address, port: 53 }));
    running.push(...asked);
    return Promise.all(asked.map(({ first }) => first));
  });
  /** Once more, or as often as it takes until silence cannot be loss; side by side, but not all at the same moment. */
  const askAgain = async (): Promise<void> => {
    for (let times = 0; times < timesToAsk(session); times += 1) {
      if (times > 0) await sleep(session.net, againMs, session.signal);
      if (times > 0 && evidence.system.some(({ outcome }) => tellsSomething(outcome))) return;
      // A resolver that is dead would be silent about any name.
      const living = resolvers.filter(({ address }) => alive.has(address));
      const resolver = living[times % living.length] ?? firstResolver;
      if (resolver) running.push(ask('system', resolver));
    }
  };
  return {
    evidence,
    system,
    trusted: once(async () => {
      const last = (await askDoh()).at(-1)?.outcome;
      if (last?.kind === 'answered') return last.addresses;
      if (last && last.kind !== 'failed') return [];
      const answers = await askPublic();
      const open = answers.flatMap((answer) => (answer.kind === 'answered' ? answer.addresses : []));
      return open.every((address) => !isBogon(address)) ? open : [];
    }),
    settled: () => Promise.allSettled(running.map(({ probe }) => probe)),
    doubt: once(async () => {
      await system();
      await Promise.all([askPublic(), askDoh(), askAgain()]);
      await Promise.all(running.map(({ probe }) => probe));
    }),
  };
}

/** Beside the first question, which is asked anyway. */
function timesToAsk({ loss }: Session): number {
  return Math.min(timesMax, Math.max(1, Math.ceil(requestsToTell(loss.share()) / requestsOfQuestion) - 1));
}

async function firstThatTells(answers: readonly Promise<DnsOutcome>[]): Promise<DnsOutcome> {
  const telling = answers.map(async (answer) => {
    const outcome = await answer;
    if (!tellsSomething(outcome)) throw new Error('says nothing');
    return outcome;
  });
  try {
    return await Promise.any(telling);
  } catch {
    const [first = { kind: 'silent', sent: 0 } as const] = await Promise.all(answers);
    return first;
  }
}

function once<T>(run: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => (result ??= run());
}

/** A resolver that is dead says nothing about the name; the next one may be alive. */
function tellsSomething(outcome: DnsOutcome): boolean {
  return outcome.kind !== 'silent' && outcome.kind !== 'failed';
}

/** Addresses of an answer that may be used to go on; none for other outcomes. */
export function addressesOf(outcome: DnsOutcome | undefined, family: Family): string[] {
  return outcome?.kind === 'answered' ? ofFamily(outcome.addresses, family) : [];
}
