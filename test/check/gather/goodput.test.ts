import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Target } from '../../../electron/check/catalogue.ts';
import type { ServiceEvidence, TargetEvidence } from '../../../electron/check/gather/evidence.ts';
import { compareGoodput, speedsOf, type GoodputPlan } from '../../../electron/check/gather/goodput.ts';
import type { TcpStream, TlsStream } from '../../../electron/check/net/net.ts';
import { createTrustStore } from '../../../electron/check/net/trust.ts';
import type { GoodputProbe, TlsProbe } from '../../../electron/check/probe.ts';
import { createSession, type Session } from '../../../electron/check/session.ts';
import { fakeNet, muteStream, type FakeNet } from '../fake-net.ts';
import { catalogue, failed, good, timeout, tls } from '../judge/evidence-builder.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const neutral = 'neutral.example';
const neutralAddress = '23.250.9.9';
const usualMs = 10;
/** A handshake that is more than odd. */
const slowMs = 300;

/** How the world treats a name: how long handshakes take, what its pages bring, and at which pace. */
interface Treatment {
  handshakeMs: number;
  pageBytes: number;
  kbitPerS: number;
  /** Every later page comes at full speed. */
  pagesHeldBack?: number;
  /** This many pages come; then nothing answers a request. */
  pagesServed?: number;
}
const plain: Treatment = { handshakeMs: usualMs, pageBytes: 60_000, kbitPerS: 8000 };
const heldBack: Treatment = { ...plain, handshakeMs: slowMs, kbitPerS: 128 };
type Treatments = Readonly<Record<string, Treatment>>;

const partBytes = 1000;

/** The page, in equal parts that come one after the other. */
function served({ pageBytes, kbitPerS }: Treatment, onBytes: (count: number) => void): TlsStream {
  let sent = 0;
  let end = (): void => undefined;
  const closed = new Promise<null>((resolve) => (end = () => resolve(null)));
  const next = (): Promise<Uint8Array | null> =>
    new Promise((resolve) => {
      setTimeout(
        () => {
          onBytes(partBytes);
          resolve(new Uint8Array(partBytes));
        },
        (partBytes * 8) / kbitPerS,
      );
    });
  const openHttp2 = (): never => {
    throw new Error('nobody asks for HTTP/2');
  };
  return {
    write: () => undefined,
    read: () => ((sent += partBytes) > pageBytes ? Promise.resolve(null) : Promise.race([next(), closed])),
    close: () => end(),
    ...{ certificate: good, protocol: 'TLSv1.3', alpn: null, openHttp2 },
  };
}

/** Every connection: where it went, what it named, and when; and whether it asked for a page. */
interface Connection {
  address: string;
  serverName: string;
  atMs: number;
  isPage: boolean;
  ca: string | null;
  /** First line of what was written. */
  request?: string;
}

interface Network {
  session: Session;
  net: FakeNet;
  connections: Connection[];
  /** Bytes of pages that were let come. */
  bytes: () => number;
}

function network(treatments: Treatments, signal = new AbortController().signal): Network {
  const connections: Connection[] = [];
  const pages = new Map<string, number>();
  let bytes = 0;
  const trust = createTrustStore(new Map(), null);
  // A context of its own for each authority, by which the fake server tells what it was shaken hands with.
  const contexts = new Map<unknown, string | null>();
  const context = (ca: string | null) => {
    const made = { ...trust.context(null) };
    contexts.set(made, ca);
    return made;
  };
  const answer = (address: string, serverName: string, ca: string | null): TlsStream => {
    const treatment = treatments[serverName] ?? plain;
    const connection: Connection = { address, serverName, atMs: Date.now(), isPage: false, ca };
    connections.push(connection);
    const count = (pages.get(serverName) ?? 0) + 1;
    const { pagesHeldBack = Infinity, pagesServed = Infinity } = treatment;
    const kbitPerS = count > pagesHeldBack ? plain.kbitPerS : treatment.kbitPerS;
    const pageBytes = count > pagesServed ? 0 : treatment.pageBytes;
    const stream = served({ ...treatment, kbitPerS, pageBytes }, (more) => (bytes += more));
    const write = (text: Uint8Array): void => {
      connection.isPage = true;
      connection.request = new TextDecoder().decode(text).split('\r\n')[0] ?? '';
      pages.set(serverName, count);
    };
    return { ...stream, write };
  };
  const site = (address: string): TcpStream => ({
    ...muteStream(),
    startTls: ({ serverName, context: shown }) =>
      new Promise((resolve) => {
        const { handshakeMs } = treatments[serverName] ?? plain;
        setTimeout(() => resolve(answer(address, serverName, contexts.get(shown) ?? null)), handshakeMs);
      }),
  });
  const net = fakeNet({ onConnect: ({ address }) => site(address) });
  const nothing = (): void => undefined;
  const parts = { net, trust: { context }, signal, listening: signal };
  const session = createSession({ ...parts, onProbe: nothing, onPlan: nothing });
  // A line that is known to lose next to nothing.
  for (let count = 0; count < 100; count += 1) session.loss.add(1);
  return {
    session,
    net,
    connections,
    bytes: () => bytes,
  };
}

const shaken = (service: string | null, host: string, address: string, extraMs: number): TlsProbe => ({
  ...tls(host, address, { kind: 'ok', certificate: good, extraMs }),
  service,
});

const known = catalogue.services[0]?.messages.find(({ kind }) => kind === 'tls') as Target & { kind: 'tls' };

interface Host {
  /** Of its handshakes so far, one each. */
  extraMs: readonly number[];
  ca?: string;
}

/** A service whose handshakes took so much longer than they need. */
function service(id: string, hosts: Readonly<Record<string, Host>>): ServiceEvidence {
  const messages = Object.entries(hosts).map(([host, { extraMs, ca = null }]): TargetEvidence => ({
    target: { ...known, host, ca },
    ...{ name: null, trusted: [], otherName: [], otherAddress: [], complete: true },
    attempts: extraMs.map((ms) => shaken(id, host, '23.250.1.1', ms)),
  }));
  const [model] = catalogue.services;
  if (!model) throw new Error('the catalogue is empty');
  return { service: { ...model, id }, messages, calls: [] };
}

const slowService = (id: string, extraMs = slowMs): ServiceEvidence =>
  service(id, { [`${id}.example`]: { extraMs: [extraMs] } });
/** They make the usual. */
const quick = ['q1', 'q2', 'q3', 'q4', 'q5', 'q6', 'q7', 'q8'].map((id) => slowService(id, 0));

const planOf = (services: readonly ServiceEvidence[], change: Partial<GoodputPlan> = {}): GoodputPlan => ({
  services: [...services, ...quick],
  neutral: [shaken(null, neutral, neutralAddress, 0)],
  pages: new Map([[neutral, '/large']]),
  ...change,
});

/** What is gathered when these services were slow, in a network that treats names so. */
async function compared(plan: GoodputPlan, treatments: Treatments) {
  const { session, net, connections, bytes } = network(treatments);
  const seen: GoodputProbe[] = [];
  const running = compareGoodput(session, plan, seen);
  await vi.advanceTimersByTimeAsync(60_000);
  await running;
  const named = (isPage: boolean) => connections.filter((one) => one.isPage === isPage);
  return {
    seen,
    connections,
    bytes: bytes(),
    pages: named(true).map(({ serverName }) => serverName),
    again: named(false).map(({ serverName }) => serverName),
    open: net.open.tcp,
  };
}

const times = (count: number, name: string): string[] => Array.from({ length: count }, () => name);
const countOf = (names: readonly string[], name: string): number => names.filter((one) => one === name).length;

describe('no page is asked for', () => {
  it('where the line loses so much that speeds would say nothing', async () => {
    const { session, connections } = network({ 'a.example': heldBack });
    for (let count = 0; count < 100; count += 1) session.loss.add(2);
    await compareGoodput(session, planOf([slowService('a')]), []);
    expect(connections).toEqual([]);
  });

  it('where no handshake was slow: nothing is sent at all', async () => {
    const { connections, seen } = await compared(planOf([slowService('a', 59)]), { 'a.example': heldBack });
    expect([connections, seen]).toEqual([[], []]);
  });

  it('where the slow handshake was quick when it was repeated', async () => {
    const { again, pages } = await compared(planOf([slowService('a', 60)]), {});
    expect([again, pages]).toEqual([['a.example'], []]);
  });

  it('where another handshake of that name was quick', async () => {
    const mixed = service('a', { 'a.example': { extraMs: [900, 5] } });
    expect((await compared(planOf([mixed]), { 'a.example': heldBack })).connections).toEqual([]);
  });

  it.each([
    ['as on a slow line', shaken(null, neutral, neutralAddress, slowMs)],
    ['and no neutral one was timed', tls(neutral, neutralAddress, { kind: 'ok', certificate: good })],
  ])('where all handshakes are slow, %s', async (_, site) => {
    const all = ['a', 'b', 'c'].map((id) => slowService(id));
    const plan = { services: all, neutral: [site] };
    const { connections } = await compared({ ...planOf([]), ...plan }, { 'a.example': heldBack });
    expect(connections).toEqual([]);
  });

  it.each([
    ['no neutral site has one', { pages: new Map([['other.example', '/']]) }],
    ['the neutral site failed', { neutral: [tls(neutral, neutralAddress, failed('connect', timeout))] }],
    ['no neutral site was probed', { neutral: [] }],
  ])('where %s', async (_, change) => {
    const { connections } = await compared(planOf([slowService('a')], change), { 'a.example': heldBack });
    expect(connections).toEqual([]);
  });
});

const slowOnes = (count: number): ServiceEvidence[] =>
  Array.from({ length: count }, (_, index) => slowService(index === 0 ? 'a' : `s${index}`));

describe('what handshakes usually take is', () => {
  it.each([
    ['that of services, where neutral ones came when this computer was busiest', [slowService('a')], slowMs],
    ['that of services, where half of them are slow', slowOnes(quick.length), slowMs],
    ['that of neutral ones, where most services are slow', slowOnes(quick.length + 4), 0],
  ])('%s', async (_, services, neutralMs) => {
    const plan = planOf(services, { neutral: [shaken(null, neutral, neutralAddress, neutralMs)] });
    expect(countOf((await compared(plan, { 'a.example': heldBack })).pages, 'a.example')).toBe(3);
  });
});

describe('a service whose handshakes are slow', () => {
  it('by its name has three pages fetched under it, each beside one under the site’s own, from one address', async () => {
    const { seen, connections, pages, open } = await compared(planOf([slowService('a')]), { 'a.example': heldBack });
    expect(pages.toSorted()).toEqual([...times(3, 'a.example'), ...times(3, neutral)]);
    expect(seen.map(({ service: id, target, address, serverName }) => [id, target, address, serverName])).toEqual(
      [0, 1, 2].flatMap(() => [
        [null, neutral, neutralAddress, neutral],
        ['a', neutral, neutralAddress, 'a.example'],
      ]),
    );
    const asked = connections.filter(({ isPage }) => isPage);
    expect(new Set(asked.map(({ address, request }) => `${address} ${request}`))).toEqual(
      new Set([`${neutralAddress} GET /large HTTP/1.1`]),
    );
    // Side by side: what else slows down the line meets both.
    const begins = seen.map(({ startMs }) => startMs);
    expect([begins[0], begins[2], begins[4]]).toEqual([begins[1], begins[3], begins[5]]);
    const { own, neutral: others } = speedsOf(seen, 'a');
    expect(own.map(({ kbitPerS }) => Math.round(kbitPerS / 10))).toEqual([13, 13, 13]);
    expect(others.every(({ kbitPerS }) => kbitPerS > 4000)).toBe(true);
    expect(open).toBe(0);
  });

  it.each([
    [
      'at the trusted addresses',
      (slow: TargetEvidence) => ({ messages: [{ ...slow, attempts: [], trusted: slow.attempts }] }),
    ],
    ['for calls', (slow: TargetEvidence) => ({ messages: [], calls: [slow] })],
  ])('%s alone is compared as well', async (_, change) => {
    const own = slowService('a');
    const changed = { ...own, ...own.messages.map(change)[0] };
    const { pages } = await compared(planOf([changed]), { 'a.example': heldBack });
    expect(countOf(pages, 'a.example')).toBe(3);
  });

  it('by its server is asked for no more once a run shows no slowness', async () => {
    const slowServer = { ...plain, handshakeMs: slowMs };
    const { pages } = await compared(planOf([slowService('a')]), { 'a.example': slowServer });
    expect(pages.toSorted()).toEqual(['a.example', neutral]);
  });

  it('for a while only is asked for no more after the run that was quick', async () => {
    const { pages } = await compared(planOf([slowService('a')]), { 'a.example': { ...heldBack, pagesHeldBack: 1 } });
    expect(countOf(pages, 'a.example')).toBe(2);
  });

  it('is asked for no more once a page failed: three of three cannot come about', async () => {
    const { pages, seen } = await compared(planOf([slowService('a')]), {
      'a.example': { ...heldBack, pagesServed: 1 },
    });
    expect(countOf(pages, 'a.example')).toBe(2);
    expect(speedsOf(seen, 'a').own.length).toBe(1);
  });

  it('goes on when another has proved quick', async () => {
    const treatments = { 'a.example': heldBack, 'b.example': { ...plain, handshakeMs: slowMs } };
    const { pages } = await compared(planOf([slowService('a'), slowService('b')]), treatments);
    expect([countOf(pages, 'a.example'), countOf(pages, 'b.example'), countOf(pages, neutral)]).toEqual([3, 1, 3]);
  });

  it('with a private authority has its handshake repeated twice with that, and its page fetched with the public ones', async () => {
    const own = service('a', { 'a.example': { extraMs: [slowMs], ca: 'own-ca' } });
    const { connections, pages } = await compared(planOf([own]), { 'a.example': heldBack });
    const named = connections.filter(({ serverName }) => serverName === 'a.example');
    expect(named.map(({ isPage, ca, address }) => [isPage, ca, address])).toEqual([
      ...[0, 1].map(() => [false, 'own-ca', '23.250.1.1']),
      ...[0, 1, 2].map(() => [true, null, neutralAddress]),
    ]);
    expect(countOf(pages, neutral)).toBe(3);
  });
});

describe('the neutral page', () => {
  it('that stumbles once keeps nobody from looking on', async () => {
    const treatments = { 'a.example': heldBack, [neutral]: { ...plain, kbitPerS: 128, pagesHeldBack: 1 } };
    expect(countOf((await compared(planOf([slowService('a')]), treatments)).pages, 'a.example')).toBe(3);
  });

  it('that comes once only ends the comparison after the second run', async () => {
    const treatments = { 'a.example': heldBack, [neutral]: { ...plain, pagesServed: 1 } };
    expect(countOf((await compared(planOf([slowService('a')]), treatments)).pages, 'a.example')).toBe(2);
  });

  it.each([
    ['is too small to tell', { ...plain, pageBytes: 16_000 }],
    ['does not come', { ...plain, pageBytes: 0 }],
  ])('that %s ends the comparison', async (_, treatment) => {
    const { pages } = await compared(planOf([slowService('a')]), { 'a.example': heldBack, [neutral]: treatment });
    expect(pages.toSorted()).toEqual(['a.example', neutral]);
  });

  it('that is just large enough does not', async () => {
    const treatments = { 'a.example': heldBack, [neutral]: { ...plain, pageBytes: 17_000 } };
    expect((await compared(planOf([slowService('a')]), treatments)).pages.length).toBe(6);
  });
});

describe('politeness', () => {
  const ids = ['a', 'b', 'c', 'd', 'e'];
  const all = Object.fromEntries(ids.map((id) => [`${id}.example`, heldBack]));

  it('fetches under three names at most, those of the slowest, and no more than twelve pages of 96 kB', async () => {
    const slow = ids.map((id, index) => slowService(id, slowMs + index * 10));
    const treatments = Object.fromEntries(
      ids.map((id, index) => [
        `${id}.example`,
        { ...heldBack, handshakeMs: slowMs + index * 10, pageBytes: 10_000_000 },
      ]),
    );
    const vast = { ...treatments, [neutral]: { ...plain, pageBytes: 10_000_000 } };
    const { pages, bytes } = await compared(planOf(slow), vast);
    expect(new Set(pages)).toEqual(new Set(['c.example', 'd.example', 'e.example', neutral]));
    expect(pages.length).toBe(12);
    expect(bytes).toBeLessThanOrEqual(12 * (96 * 1024 + partBytes));
  });

  it('fetches under one name of a service, its slowest', async () => {
    const two = service('a', { 'a1.example': { extraMs: [slowMs] }, 'a2.example': { extraMs: [slowMs + 50] } });
    const treatments = { 'a1.example': heldBack, 'a2.example': { ...heldBack, handshakeMs: slowMs + 50 } };
    const { pages } = await compared(planOf([two]), treatments);
    expect(new Set(pages)).toEqual(new Set(['a2.example', neutral]));
  });

  it('forgets no service for having a less slow name besides', async () => {
    const hosts = { 'a.example': { extraMs: [900] }, 'a2.example': { extraMs: [150] } };
    const others = ['b', 'c', 'd'].map((id) => slowService(id));
    const { pages } = await compared(planOf([service('a', hosts), ...others]), {
      ...all,
      'a.example': { ...heldBack, handshakeMs: 900 },
      'a2.example': { ...heldBack, handshakeMs: 150 },
    });
    expect(new Set(pages)).toEqual(new Set(['a.example', 'b.example', 'c.example', neutral]));
  });

  it.each([
    ['the first', 900, 150],
    ['the repeated one', 150, 900],
  ])('takes a name for as slow as its quicker handshake: %s was slower', async (_, firstMs, againMs) => {
    const others = ['b', 'c', 'd'].map((id) => slowService(id));
    const treatments = { ...all, 'a.example': { ...heldBack, handshakeMs: againMs } };
    const { pages } = await compared(planOf([slowService('a', firstMs), ...others]), treatments);
    expect(new Set(pages)).toEqual(new Set(['b.example', 'c.example', 'd.example', neutral]));
  });

  it('repeats four handshakes of a service at most, those of the slowest names, each once', async () => {
    const hosts = Object.fromEntries([1, 2, 3, 4, 5, 6].map((n) => [`a${n}.example`, { extraMs: [slowMs + n] }]));
    const { again } = await compared(planOf([service('a', hosts)]), {});
    expect(again.toSorted()).toEqual(['a3.example', 'a4.example', 'a5.example', 'a6.example']);
  });

  it('repeats twenty-four handshakes at most', async () => {
    const services = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((id) =>
      service(id, Object.fromEntries([1, 2, 3, 4].map((n) => [`${id}${n}.example`, { extraMs: [slowMs] }]))),
    );
    const { again } = await compared(planOf(services), {});
    expect(again.length).toBe(24);
  });
});

it('ends with the session, in the midst of pages, and leaves nothing open', async () => {
  const controller = new AbortController();
  const { session, net, connections } = network({ 'a.example': heldBack }, controller.signal);
  const seen: GoodputProbe[] = [];
  const running = compareGoodput(session, planOf([slowService('a')]), seen);
  const ended = expect(running).rejects.toThrow('enough');
  await vi.advanceTimersByTimeAsync(1000);
  expect(connections.some(({ isPage, serverName }) => isPage && serverName === 'a.example')).toBe(true);
  controller.abort(new Error('enough'));
  await ended;
  expect(seen.map(({ serverName }) => serverName)).toEqual([neutral]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(net.open.tcp).toBe(0);
  expect(connections.filter(({ isPage }) => isPage).length).toBe(2);
});

it('ends with the session while handshakes are repeated', async () => {
  const controller = new AbortController();
  const { session, net, connections } = network({ 'a.example': heldBack }, controller.signal);
  const running = compareGoodput(session, planOf([slowService('a')]), []);
  const ended = expect(running).rejects.toThrow('enough');
  await vi.advanceTimersByTimeAsync(100);
  expect(net.open.tcp).toBe(1);
  controller.abort(new Error('enough'));
  await vi.advanceTimersByTimeAsync(0);
  await ended;
  expect([net.open.tcp, connections]).toEqual([0, []]);
});
