import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRelay, RelayError, relaySchema, relaySummary } from '../../../electron/check/rehearsal/relay.ts';
import { createOwnServer } from '../../../electron/profile/own-server/create.ts';
import { relayOf } from '../../../electron/profile/own-server/relay.ts';

const credential = 'hunter2-secret';
const account = { username: 'me', credential };
const relay = (urls: unknown, more: object = {}): string => JSON.stringify({ urls, ...account, ...more });
const ways = (urls: unknown): unknown => parseRelay(relay(urls)).ways;

function refusal(text: string): RelayError {
  try {
    parseRelay(text);
  } catch (error) {
    if (error instanceof RelayError) return error;
    throw error;
  }
  throw new Error('it was taken');
}

describe('a relay', () => {
  it('is read from the file that a server of one’s own brings', async () => {
    const { server } = await createOwnServer({
      ...{ endpoint: '2001:db8::4', protocols: { wireguard: true, openvpn: false }, people: 1, resolvers: [] },
      now: new Date('2026-11-24T12:00:00Z'),
    });
    const written = relayOf(server);
    expect(parseRelay(JSON.stringify(written))).toEqual({
      ways: [
        { transport: 'udp', host: '2001:db8::4', port: 3478 },
        { transport: 'tcp', host: '2001:db8::4', port: 3478 },
        { transport: 'tls', host: '2001:db8::4', port: 5349 },
      ],
      username: written.username,
      credential: written.credential,
      ca: written.ca,
    });
  });

  it.each([
    ['turn:a.example', { transport: 'udp', host: 'a.example', port: 3478 }],
    ['TURN:A.Example:443?transport=TCP', { transport: 'tcp', host: 'a.example', port: 443 }],
    ['turns:a.example', { transport: 'tls', host: 'a.example', port: 5349 }],
    ['turns:192.0.2.1:443?transport=tcp', { transport: 'tls', host: '192.0.2.1', port: 443 }],
    ['turn:[2001:db8::1]:443', { transport: 'udp', host: '2001:db8::1', port: 443 }],
  ])('at %s', (url, way) => {
    expect(ways(url)).toEqual([way]);
  });

  it('is known by each way once, whatever else its lender names', () => {
    const lent = [
      'stun:a.example:3478',
      'turn:a.example',
      'turn:a.example:3478?transport=udp',
      'turns:a.example?transport=udp',
    ];
    expect(ways(lent)).toEqual([{ transport: 'udp', host: 'a.example', port: 3478 }]);
  });

  it('is found in what programs hand to a browser', () => {
    const server = JSON.parse(relay('turn:a.example')) as unknown;
    const other = { urls: 'stun:b.example' };
    for (const text of [[server], { iceServers: [other, server] }, { iceServers: server }])
      expect(parseRelay(JSON.stringify(text)).ways[0]?.host).toBe('a.example');
  });

  it('shows everything but its password', () => {
    const parsed = parseRelay(relay('turn:a.example'));
    expect(relaySummary(parsed)).toEqual({ ways: parsed.ways, username: 'me', ownAuthority: false });
    expect(JSON.stringify(relaySummary(parsed))).not.toContain(credential);
  });

  it.each([
    ['', null],
    ['{"urls":', null],
    ['[]', null],
    ['"turn:a.example"', null],
    [JSON.stringify({ urls: 'turn:a.example' }), 'username'],
    [JSON.stringify({ urls: 'turn:a.example', username: 'me' }), 'credential'],
    [JSON.stringify({ ...account }), 'urls'],
    [relay([]), 'urls'],
    [relay('stun:a.example'), 'urls'],
    [relay('http://a.example'), 'urls'],
    [relay('turn:a.example:0'), 'urls'],
    [relay('turn:a.example:70000'), 'urls'],
    [relay('turn:a.example?transport=sctp'), 'urls'],
    [relay('turn:[a.example]'), 'urls'],
    [relay('turn:1.2.3'), 'urls'],
    [relay('turn:a..example'), 'urls'],
    [relay(`turn:${'a'.repeat(64)}.example`), 'urls'],
    [relay('turn:a.example', { username: 'x'.repeat(509) }), 'username'],
    [relay('turn:a.example', { credential: '' }), 'credential'],
    [relay('turn:a.example', { ca: 'no certificate' }), 'ca'],
    [relay(Array.from({ length: 9 }, (_, index) => `turn:a.example:${index + 1}`)), 'urls'],
  ])('is not read from %s', (text, field) => {
    const { field: named, message } = refusal(text);
    expect(named).toBe(field);
    expect(message).not.toContain(credential);
  });

  it('is refused by its size before it is read', () => {
    expect(refusal(' '.repeat(70_000)).message).toContain('too large');
  });

  it('is what the store takes, or refused in words that repeat nothing', () => {
    const url = fc.string({ maxLength: 40 }).map((text) => `turn:${text}`);
    const text = fc.oneof(
      fc.json(),
      fc
        .record({ urls: fc.array(url), username: fc.string(), credential: fc.constant(credential) })
        .map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(text, (value) => {
        try {
          const parsed = parseRelay(value);
          expect(relaySchema.parse(JSON.parse(JSON.stringify(parsed)))).toEqual(parsed);
        } catch (error) {
          if (!(error instanceof RelayError)) throw error;
          expect(error.message).not.toContain(credential);
        }
      }),
    );
  });
});
