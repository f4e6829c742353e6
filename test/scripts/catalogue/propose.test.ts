import { expect, test } from 'vitest';
import type { Target } from '../../../electron/check/catalogue.ts';
import { propose } from '../../../scripts/catalogue/verify/propose.ts';
import type { Seen } from '../../../scripts/catalogue/verify/see.ts';

const target = (confidence: Target['confidence']): Target => ({
  ...{ kind: 'tls', id: 'web', host: 'web.a.example', addresses: [], ports: [443], role: 'site', ca: null },
  ...{ confidence, asOf: '2025-01', sources: ['a'] },
});
const levels = ['high', 'medium', 'low'] as const;
const proposed = (seen: Seen): (string | undefined)[] =>
  levels.map((level) => {
    const proposal = propose(target(level), seen, '2026-11-30');
    return proposal && `${proposal.asOf} ${proposal.confidence}`;
  });

test('an answer renews the date, and makes what was hardly known less doubtful, but nothing certain', () => {
  expect(proposed({ kind: 'as-expected', mute: [] })).toEqual([
    '2026-11-30 high',
    '2026-11-30 medium',
    '2026-11-30 medium',
  ]);
  expect(proposed({ kind: 'as-expected', mute: ['192.0.2.1:443'] })).toEqual([
    '2026-11-30 high',
    '2026-11-30 medium',
    '2026-11-30 low',
  ]);
});

test.each<Seen>([
  { kind: 'moved', addresses: ['192.0.2.1'] },
  { kind: 'answers-after-all', realm: null },
])('$kind: a date, and nothing more', (seen) => {
  expect(proposed(seen)).toEqual(['2026-11-30 high', '2026-11-30 medium', '2026-11-30 low']);
});

test.each<Seen>([{ kind: 'silent' }, { kind: 'failed', failure: 'connection_refused' }])(
  '$kind: one step less sure, the old date, and never surer',
  (seen) => {
    expect(proposed(seen)).toEqual(['2025-01 medium', '2025-01 low', undefined]);
  },
);

test.each<Seen>([{ kind: 'gone' }, { kind: 'other-realm', realm: 'x' }])(
  '$kind: drives no verdict any more',
  (seen) => {
    expect(proposed(seen)).toEqual(['2025-01 low', '2025-01 low', undefined]);
  },
);

test.each<Seen>([
  { kind: 'silent-as-known' },
  { kind: 'not-run' },
  { kind: 'other-certificate', issuer: 'x', failure: 'ssl_unknown_authority' },
])('$kind: nothing that could be said without a person', (seen) => {
  expect(proposed(seen)).toEqual([undefined, undefined, undefined]);
});
