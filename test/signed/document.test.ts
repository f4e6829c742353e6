import { expect, test } from 'vitest';
import { verifyDocument, type SignedDocument, type Trust } from '../../electron/signed/document.ts';
import { now } from '../servers/samples.ts';
import { publicKeyOf, sample, sampleType, signedBy } from './samples.ts';

const trust: Trust = { keys: [publicKeyOf(1), publicKeyOf(2)], floor: 5, now };
const verify = (signed: SignedDocument, more: Partial<Trust> = {}): number =>
  verifyDocument(sampleType, signed, { ...trust, ...more }).document.version;

test.each([1, 2])('either of two keys may sign (key %i), and which one did is told', (key) => {
  const { document, key: by } = verifyDocument(sampleType, signedBy(key, sample(5)), trust);
  expect([document, by]).toEqual([sample(5), publicKeyOf(key)]);
});

test.each([
  ['signature-key', signedBy(3, sample(5))],
  ['signature-list', { ...signedBy(1, sample(5)), bytes: Buffer.from(JSON.stringify(sample(6))) }],
  ['signature-format', { ...signedBy(1, sample(5)), signature: '' }],
  ['size', signedBy(3, ' '.repeat(1001))],
  ['json', signedBy(1, '{')],
  ['json', signedBy(1, '')],
  ['schema', signedBy(1, { ...sample(5), more: 1 })],
  ['schema', signedBy(1, '{"__proto__":{"version":5}}')],
  ['version-floor', signedBy(1, sample(4))],
  ['dates', signedBy(1, sample(5, { expiresAt: '2026-11-20T00:00:00.000Z' }))],
  ['issued-in-future', signedBy(1, sample(5, { issuedAt: '2026-11-26T00:00:00.000Z' }))],
])('refused by the rule %s (%#)', (rule, signed) => {
  expect(() => verify(signed)).toThrow(
    expect.objectContaining({ rule, message: expect.stringContaining(rule) as string }),
  );
});

test('past its expiry a document is still good, and a clock a little behind does no harm', () => {
  expect(verify(signedBy(1, sample(5)), { now: new Date('2030-01-01') })).toBe(5);
  expect(verify(signedBy(1, sample(5, { issuedAt: '2026-11-25T11:00:00.000Z' })))).toBe(5);
});

test('nothing is parsed of what is not signed', () => {
  expect(() => verify({ bytes: Buffer.from('{ not json'), signature: signedBy(1, 'x').signature })).toThrow(
    expect.objectContaining({ rule: 'signature-list' }),
  );
});
