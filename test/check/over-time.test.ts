import { expect, test } from 'vitest';
import { countVerdicts, servicesOverTime } from '../../electron/check/over-time.ts';
import type { Verdict } from '../../electron/check/report.ts';
import { reportOf } from '../reports.ts';

const day = (date: number, calls: Record<string, Verdict>) =>
  reportOf(calls, { startedAt: `2026-11-${String(date).padStart(2, '0')}T12:00:00.000Z` });
const callsOf = (...reports: ReturnType<typeof day>[]) =>
  servicesOverTime(reports).map(({ id, calls }) => [id, calls?.verdict, calls?.since.slice(8, 10), calls?.orEarlier]);

test('verdicts are counted, and what none could be given on', () => {
  const report = reportOf({ a: 'ok', b: 'blocked', c: 'degraded', d: 'not-testable', e: 'stale', f: 'ok' });
  expect(countVerdicts(report, 'calls')).toEqual({ ok: 2, blocked: 1, degraded: 1, unclear: 2 });
  expect(countVerdicts(report, 'messages')).toEqual({ ok: 6, blocked: 0, degraded: 0, unclear: 0 });
});

test('a verdict holds since the first of the unbroken row of reports that give it', () => {
  const reports = [day(1, { a: 'ok' }), day(2, { a: 'blocked' }), day(3, { a: 'blocked' })];
  expect(callsOf(...reports)).toEqual([['a', 'blocked', '02', false]]);
  expect(callsOf(...reports.reverse())).toEqual([['a', 'blocked', '02', false]]);
});

test('where no report says otherwise it may have been so before', () => {
  expect(callsOf(day(2, { a: 'blocked' }), day(3, { a: 'blocked' }))).toEqual([['a', 'blocked', '02', true]]);
});

test('reports that could not judge, or did not look, break no row', () => {
  const reports = [day(1, { a: 'ok' }), day(2, { a: 'blocked' }), day(3, { a: 'inconclusive' }), day(4, { b: 'ok' })];
  expect(callsOf(...reports)).toEqual([
    ['b', 'ok', '04', true],
    ['a', 'blocked', '02', false],
  ]);
});

test('blocked and hindered are not the same', () => {
  expect(callsOf(day(1, { a: 'blocked' }), day(2, { a: 'degraded' }))).toEqual([['a', 'degraded', '02', false]]);
});

test('nothing is said where nothing could be judged', () => {
  expect(callsOf(day(1, { a: 'not-testable' }))).toEqual([['a', undefined, undefined, undefined]]);
  expect(servicesOverTime([])).toEqual([]);
});
