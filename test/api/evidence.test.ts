import { describe, expect, it } from 'vitest';
import { controlValues, shown } from '../../electron/api/evidence.ts';
import type { Probe } from '../../electron/api/schema.ts';

const probe = (kind: Probe['kind'], detail?: Record<string, unknown>, failure: string | null = null): Probe => ({
  id: 'p1',
  kind,
  service: 'signal',
  target: 'chat.signal.org',
  address: '23.250.137.4',
  port: 443,
  outcome: failure === null ? 'ok' : 'failed',
  failure,
  operation: null,
  startMs: 0,
  durationMs: 1,
  ...(detail && { detail }),
});

describe('shown', () => {
  it.each([
    ['the addresses of an answer', probe('dns', { answers: ['192.0.2.1', '192.0.2.2'] }), '192.0.2.1, 192.0.2.2'],
    ['no more than three of them', probe('doh', { answers: ['a', 'b', 'c', 'd'] }), 'a, b, c, …'],
    [
      'who signed a certificate that is not accepted',
      probe('tls', { certificate: { issuer: 'CN=Filter' } }, 'ssl_unknown_authority'),
      'CN=Filter',
    ],
    ['nothing of a good certificate', probe('tls', { certificate: { issuer: 'CN=CA' } }), null],
    [
      'where a page leads',
      probe('http', { status: 302, redirectHost: 'blocked.example', title: null }),
      'blocked.example',
    ],
    ['else what a page is called', probe('http', { status: 200, redirectHost: null, title: 'Blocked' }), 'Blocked'],
    ['else its status', probe('http', { status: 403, redirectHost: null, title: null }), '403'],
    ['the realm of a relay', probe('turn', { realm: 'telegram.org' }), 'telegram.org'],
    ['the shape of a packet', probe('signature', { role: 'shape', shape: 'wa-allocate' }), 'wa-allocate'],
    ['nothing where there is no more to see', probe('stun'), null],
    [
      'nothing of details in a form that we do not know',
      probe('tls', { certificate: 7 }, 'ssl_unknown_authority'),
      null,
    ],
  ])('is %s', (_case, one, text) => {
    expect(shown(one)).toBe(text);
  });
});

describe('controlValues', () => {
  it('speaks of the first of its probes, and of the address where there is no name', () => {
    const bare = { ...probe('tls', { serverName: 'www.wikipedia.org' }), id: 'p2', address: null };
    const values = controlValues({ role: 'other-name-passes', probes: ['gone', 'p2', 'p1'] }, [probe('tls'), bare]);
    expect(values).toEqual({ target: 'chat.signal.org', address: 'chat.signal.org', name: 'www.wikipedia.org' });
  });
});
