import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NetFailure, type TcpStream, type TlsStream } from '../../../electron/check/net/net.ts';
import { createTrustStore } from '../../../electron/check/net/trust.ts';
import type { AnyProbe } from '../../../electron/check/probe.ts';
import { probeGoodput } from '../../../electron/check/probes/goodput.ts';
import { createSession } from '../../../electron/check/session.ts';
import { fakeNet, muteStream } from '../fake-net.ts';
import { fakeSession } from '../fake-session.ts';
import { good } from '../judge/evidence-builder.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const forever = new AbortController().signal;
const target = 'neutral.example';
const aim = {
  ...{ service: 'zoom', target, address: '23.250.9.9', port: 443, path: '/large', serverName: 'zoom.example' },
  signal: forever,
};

/** What comes of a page: so many bytes after so many milliseconds each; then its end, an error, or nothing more. */
interface Page {
  parts: readonly { afterMs: number; bytes: number }[];
  ends: 'well' | 'badly' | 'never';
}
const inParts = (count: number, bytes: number, afterMs: number): Page['parts'] =>
  Array.from({ length: count }, () => ({ afterMs, bytes }));

interface Site {
  stream: TcpStream;
  /** What was written to it, and what it was asked to be. */
  requests: string[];
  names: string[];
  bytesGiven: () => number;
  closed: () => boolean;
}

/** `arrived`: bytes beneath, by the time since they were first asked about; absent: nobody can tell. */
function siteWith({ parts, ends }: Page, arrived?: (sinceMs: number) => number): Site {
  let asked: number | undefined;
  const requests: string[] = [];
  const names: string[] = [];
  const left = [...parts];
  let bytesGiven = 0;
  let end: (() => void) | undefined;
  let isClosed = false;
  // As a socket that is destroyed: whoever reads is told of the end.
  const close = (): void => {
    isClosed = true;
    end?.();
  };
  const read = (): Promise<Uint8Array | null> =>
    new Promise((resolve, reject) => {
      const part = left.shift();
      end = () => resolve(null);
      if (isClosed || (!part && ends === 'well')) resolve(null);
      else if (part) {
        const give = (): void => {
          if (!isClosed) bytesGiven += part.bytes;
          resolve(new Uint8Array(part.bytes));
        };
        if (part.afterMs === 0) give();
        else setTimeout(give, part.afterMs);
      } else if (ends === 'badly') reject(new NetFailure('connection_reset', bytesGiven));
    });
  const openHttp2 = (): never => {
    throw new Error('nobody asks for HTTP/2');
  };
  const secure: TlsStream = {
    ...{ read, close, openHttp2, certificate: good, protocol: 'TLSv1.3', alpn: null },
    write: (bytes) => void requests.push(new TextDecoder().decode(bytes)),
    ...(arrived && { bytesArrived: () => arrived(Date.now() - (asked ??= Date.now())) }),
  };
  const startTls: TcpStream['startTls'] = ({ serverName }) => {
    names.push(serverName);
    return Promise.resolve(secure);
  };
  return {
    stream: { ...muteStream(), startTls },
    ...{ requests, names, bytesGiven: () => bytesGiven, closed: () => isClosed },
  };
}

/** What is recorded of a page that comes so, how long that takes, and what it leaves behind. */
async function fetched(page: Page, rttMs = 0, arrived?: (sinceMs: number) => number) {
  const site = siteWith(page, arrived);
  const net = fakeNet({ onConnect: () => site.stream });
  const session = fakeSession(net);
  for (let count = 0; rttMs > 0 && count < 50; count += 1) session.rtt.add(rttMs);
  const running = probeGoodput(session, aim);
  await vi.advanceTimersByTimeAsync(20_000);
  const probe = await running;
  return { ...site, probe, outcome: probe.outcome, open: net.open };
}

/** Two halves of ten parts each, at these intervals: 1000 bytes in 10 ms are 800 kbit/s. */
const halves = (first: number, second: number): Page => ({
  parts: [...inParts(10, 1000, first), ...inParts(10, 1000, second)],
  ends: 'well',
});

describe('the speed of a page', () => {
  it('is that of the connection, whose records are read whole only', async () => {
    const page: Page = { parts: inParts(2, 16_384, 1024), ends: 'never' };
    const plain = await fetched(page);
    expect(plain.outcome).toMatchObject({ kind: 'answered', isSteady: false });
    // 16 bytes a millisecond.
    const { outcome } = await fetched(page, 0, (sinceMs) => 16 * sinceMs);
    expect(outcome).toMatchObject({ kind: 'answered', isSteady: true });
    expect(outcome.kind === 'answered' && Math.round(outcome.kbitPerS / 10)).toBe(13);
  });

  it.each([
    ['a slow beginning', halves(100, 10), 800],
    ['a quick beginning', halves(1, 100), 80],
  ])('is that of its later half, whatever came before: %s', async (_, page, kbitPerS) => {
    expect((await fetched(page)).outcome).toEqual({ kind: 'answered', bytes: 20_000, kbitPerS, isSteady: true });
  });

  it('counts the time that was waited in vain', async () => {
    const { outcome } = await fetched({ parts: inParts(20, 1000, 1), ends: 'never' });
    expect(outcome).toMatchObject({ kind: 'answered', bytes: 20_000, isSteady: true });
    expect(outcome).toHaveProperty('kbitPerS', (10_000 * 8) / (2500 + 2 * 1 - 10));
  });

  it.each([
    ['one pace', [10, 10], true],
    ['paces that differ by less than a tenth', [50, 54], true],
    ['paces that differ by more than a tenth', [50, 57], false],
    ['a slower one before', [57, 50], false],
  ])('is steady or not by both parts of that half: %s', async (_, [third = 0, fourth = 0], isSteady) => {
    const parts = [...inParts(10, 1000, 1), ...inParts(5, 1000, third), ...inParts(5, 1000, fourth)];
    expect((await fetched({ parts, ends: 'well' })).outcome).toMatchObject({ kind: 'answered', isSteady });
  });

  it('is not steady when all came at once', async () => {
    const { outcome } = await fetched({ parts: [{ afterMs: 40, bytes: 5000 }], ends: 'well' });
    expect(outcome).toMatchObject({ kind: 'answered', bytes: 5000, isSteady: false });
  });

  it('is a number however quickly it comes', async () => {
    const { outcome } = await fetched({ parts: inParts(20, 1000, 0), ends: 'well' });
    expect(outcome.kind === 'answered' && Number.isFinite(outcome.kbitPerS)).toBe(true);
  });
});

describe('a page', () => {
  it('is asked for by the neutral site’s name over a connection that names the service, and tells nothing of us', async () => {
    const { names, requests, probe } = await fetched(halves(1, 1));
    expect(names).toEqual(['zoom.example']);
    expect(requests.length).toBe(1);
    const [line, ...headers] = (requests[0] ?? '').trimEnd().split('\r\n');
    expect(line).toBe('GET /large HTTP/1.1');
    expect(headers.toSorted()).toEqual([
      'Accept-Encoding: identity',
      'Accept: */*',
      'Connection: close',
      `Host: ${target}`,
      'User-Agent: Mozilla/5.0',
    ]);
    const { service, address, port, serverName } = probe;
    expect({ kind: probe.kind, service, target: probe.target, address, port, serverName }).toEqual({
      ...{ kind: 'goodput', service: 'zoom', target, address: '23.250.9.9', port: 443, serverName: 'zoom.example' },
    });
  });

  it('is read no further than to 96 kB, and the connection is closed then', async () => {
    const { outcome, bytesGiven, open } = await fetched({ parts: inParts(1000, 1000, 1), ends: 'well' });
    expect(outcome).toMatchObject({ kind: 'answered', bytes: 99_000 });
    expect(bytesGiven()).toBe(99_000);
    expect(open.tcp).toBe(0);
  });

  it('of exactly 96 kB is read no further either', async () => {
    const { bytesGiven } = await fetched({ parts: inParts(200, 1024, 1), ends: 'well' });
    expect(bytesGiven()).toBe(96 * 1024);
  });

  it.each([
    ['two seconds and a half, and two round trips', 1, 2502],
    ['longer on a slow line', 600, 3700],
  ])('is waited for %s, and what came by then counts', async (_, rttMs, patienceMs) => {
    const { outcome, probe, closed } = await fetched({ parts: inParts(1000, 100, 110), ends: 'never' }, rttMs);
    // The connection has taken a millisecond.
    expect(probe.durationMs - 1).toBe(patienceMs);
    expect(outcome).toMatchObject({ kind: 'answered', bytes: Math.floor(patienceMs / 110) * 100 });
    expect(closed()).toBe(true);
  });

  it('that breaks off counts as far as it came', async () => {
    const { outcome, open } = await fetched({ parts: inParts(20, 1000, 10), ends: 'badly' });
    expect(outcome).toEqual({ kind: 'answered', bytes: 20_000, kbitPerS: 800, isSteady: true });
    expect(open.tcp).toBe(0);
  });

  it('that came is not closed again when its time would have been up', async () => {
    const { closed } = await fetched(halves(1, 1));
    // The connection below it was closed, long before.
    expect(closed()).toBe(false);
  });
});

describe('a page that does not come', () => {
  it.each([
    ['the other side ends', 'well', 'eof_error'],
    ['the connection breaks off', 'badly', 'connection_reset'],
    ['nothing is said', 'never', 'generic_timeout_error'],
  ] as const)('has failed: %s', async (_, ends, failure) => {
    const { outcome, open } = await fetched({ parts: [], ends });
    expect(outcome).toMatchObject({ kind: 'failed', operation: 'http_round_trip', failure });
    expect(open.tcp).toBe(0);
  });

  it.each([
    ['a connection that is refused', new NetFailure('connection_refused'), 'connect', 'connection_refused'],
    ['no connection', undefined, 'connect', 'generic_timeout_error'],
    ['no handshake', muteStream(), 'tls_handshake', 'generic_timeout_error'],
    [
      'a handshake that is reset',
      { ...muteStream(), startTls: () => Promise.reject(new NetFailure('connection_reset', 7)) },
      'tls_handshake',
      'connection_reset',
    ],
  ])('has failed where it did: %s', async (_, answer, operation, failure) => {
    const net = fakeNet({ onConnect: () => answer });
    const running = probeGoodput(fakeSession(net), aim);
    await vi.advanceTimersByTimeAsync(20_000);
    expect((await running).outcome).toMatchObject({ kind: 'failed', operation, failure });
    expect(net.open.tcp).toBe(0);
  });

  it('for a fault of our own is no failure of the network', async () => {
    const read = (): Promise<never> => Promise.reject(new Error('a mistake'));
    const { stream } = siteWith({ parts: [], ends: 'never' });
    const startTls: TcpStream['startTls'] = async (options) => ({ ...(await stream.startTls(options)), read });
    const running = probeGoodput(fakeSession(fakeNet({ onConnect: () => ({ ...stream, startTls }) })), aim);
    const ended = expect(running).rejects.toThrow('a mistake');
    await vi.advanceTimersByTimeAsync(20_000);
    await ended;
  });
});

describe('an abort', () => {
  it.each([
    ['while it connects', undefined, 100],
    ['in the handshake', muteStream(), 100],
    ['before the first byte', siteWith({ parts: [], ends: 'never' }).stream, 100],
    ['in the midst of the page', siteWith({ parts: inParts(1000, 10, 10), ends: 'never' }).stream, 100],
  ])('%s closes the connection at once and leaves no record', async (_, answer, atMs) => {
    const net = fakeNet({ onConnect: () => answer });
    const records: AnyProbe[] = [];
    const session = createSession({
      ...{ net, trust: createTrustStore(new Map(), null), signal: forever, listening: forever },
      onProbe: (probe) => records.push(probe),
      onPlan: () => undefined,
    });
    const controller = new AbortController();
    const running = probeGoodput(session, { ...aim, signal: controller.signal });
    const ended = expect(running).rejects.toThrow('enough');
    await vi.advanceTimersByTimeAsync(atMs);
    expect(net.open.tcp).toBe(1);
    controller.abort(new Error('enough'));
    await vi.advanceTimersByTimeAsync(0);
    await ended;
    expect([net.open.tcp, records]).toEqual([0, []]);
  });
});
