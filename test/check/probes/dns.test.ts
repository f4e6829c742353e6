import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { concat, u16 } from '../../../electron/check/packet/bytes.ts';
import type { TcpStream } from '../../../electron/check/net/net.ts';
import { createTrustStore } from '../../../electron/check/net/trust.ts';
import { probeDns } from '../../../electron/check/probes/dns.ts';
import { createSession, type Session } from '../../../electron/check/session.ts';
import { fakeNet, muteStream, type FakeBehaviour } from '../fake-net.ts';

const listening = new AbortController();
const forever = new AbortController().signal;

function newSession(behaviour: Partial<FakeBehaviour>): Session {
  return createSession({
    net: fakeNet(behaviour),
    trust: createTrustStore(new Map(), null),
    signal: forever,
    listening: listening.signal,
    onPlan: () => undefined,
    onProbe: () => undefined,
  });
}

const ask = (session: Session) =>
  probeDns(session, {
    service: null,
    target: 'web.example.org',
    address: '192.0.2.53',
    port: 53,
    type: 'A',
    resolver: 'public',
    signal: forever,
  });

/** The answer to a query: its question, the code, and these addresses. */
function answer(query: Uint8Array, addresses: number[][] = [], flags = 0x8180): Uint8Array {
  const records = addresses.map((address) => [0xc0, 12, ...u16(1), ...u16(1), 0, 0, 0, 9, ...u16(4), ...address]);
  return concat(
    query.subarray(0, 2),
    u16(flags),
    u16(1),
    u16(records.length),
    u16(0),
    u16(0),
    query.subarray(12),
    ...records,
  );
}
const forged = [10, 10, 34, 35];
const genuine = [93, 184, 216, 34];

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());
const run = async <T>(work: Promise<T>, ms = 6000): Promise<T> => {
  await vi.advanceTimersByTimeAsync(ms);
  return work;
};

describe('asking a resolver', () => {
  it('gives its addresses, and waits for half a second more before the record is closed', async () => {
    const session = newSession({ onDatagram: (_, query, reply) => reply(answer(query, [genuine])) });
    const running = ask(session);
    expect(await run(running.first, 10)).toEqual({ kind: 'answered', addresses: ['93.184.216.34'] });
    const probe = await run(running.probe, 600);
    expect(probe).toMatchObject({ second: null, address: '192.0.2.53', target: 'web.example.org' });
    expect(probe.durationMs).toBeLessThan(20);
  });

  it('hears a second reply that says something else', async () => {
    const session = newSession({
      onDatagram: (_, query, reply) => {
        reply(answer(query, [forged]));
        setTimeout(() => reply(answer(query, [genuine])), 120);
      },
    });
    const { outcome, second } = await run(ask(session).probe);
    expect(outcome).toEqual({ kind: 'answered', addresses: ['10.10.34.35'] });
    expect(second).toEqual({ kind: 'answered', addresses: ['93.184.216.34'] });
  });

  it.each([
    ['the same address again', [genuine], [genuine]],
    ['addresses that overlap, in another order', [genuine, [1, 2, 3, 4]], [[1, 2, 3, 4], genuine]],
  ])('takes %s for no second answer', async (_, first, second) => {
    const session = newSession({
      onDatagram: (__, query, reply) => {
        reply(answer(query, first));
        reply(answer(query, second));
      },
    });
    expect((await run(ask(session).probe)).second).toBeNull();
  });

  it('takes rotating answers to its own two queries for no second answer', async () => {
    let queries = 0;
    const session = newSession({
      onDatagram: (_, query, reply) => {
        queries += 1;
        const address = queries === 1 ? genuine : [1, 2, 3, 4];
        setTimeout(() => reply(answer(query, [address])), 1300);
      },
    });
    expect((await run(ask(session).probe)).second).toBeNull();
    expect(queries).toBe(2);
  });

  it.each([
    [0x8183, 'nxdomain'],
    [0x8182, 'servfail'],
    [0x8185, 'refused'],
    [0x8180, 'empty'],
  ])('tells flags %i as %s', async (flags, kind) => {
    const session = newSession({ onDatagram: (_, query, reply) => reply(answer(query, [], flags)) });
    expect(await run(ask(session).first)).toEqual({ kind });
  });

  it('asks three times before it calls it silence', async () => {
    expect(await run(ask(newSession({})).first)).toEqual({ kind: 'silent', sent: 3 });
  });

  it('does not wait without a route', async () => {
    const session = newSession({ onDatagram: (_, __, ___, fail) => fail('network_unreachable') });
    expect(await run(ask(session).first, 10)).toMatchObject({ kind: 'failed', failure: 'network_unreachable' });
  });

  it('passes over replies to somebody else, and nonsense', async () => {
    const session = newSession({
      onDatagram: (_, query, reply) => {
        reply(Uint8Array.of(1, 2, 3));
        reply(answer(concat([0, 0], query.subarray(2)), [forged]));
        reply(answer(query, [genuine]));
      },
    });
    expect(await run(ask(session).first)).toEqual({ kind: 'answered', addresses: ['93.184.216.34'] });
  });

  it('asks again over TCP when the answer was cut off', async () => {
    const overTcp = (): TcpStream => {
      let sent: Uint8Array = new Uint8Array(0);
      return {
        ...muteStream(),
        write: (bytes) => (sent = bytes),
        read: () => {
          const reply = answer(sent.subarray(2), [genuine]);
          return Promise.resolve(concat(u16(reply.length), reply));
        },
      };
    };
    const session = newSession({
      onDatagram: (_, query, reply) => reply(answer(query, [], 0x8380)),
      onConnect: overTcp,
    });
    expect(await run(ask(session).first)).toEqual({ kind: 'answered', addresses: ['93.184.216.34'] });
  });
});
