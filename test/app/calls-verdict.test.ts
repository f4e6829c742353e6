import { describe, expect, it } from 'vitest';
import { callsThroughTunnel } from '../../electron/app/calls-verdict.ts';
import { reportOf } from '../reports.ts';

describe('what became of the calls that were blocked', () => {
  const before = reportOf({ telegram: 'blocked', signal: 'degraded', zoom: 'ok' });

  it.each([
    ['ok', { telegram: 'ok', signal: 'ok', zoom: 'ok' }],
    ['degraded', { telegram: 'ok', signal: 'blocked', zoom: 'ok' }],
    ['degraded', { telegram: 'degraded', signal: 'degraded', zoom: 'ok' }],
    ['blocked', { telegram: 'blocked', signal: 'blocked', zoom: 'ok' }],
    ['ok', { telegram: 'ok', signal: 'inconclusive', zoom: 'ok' }],
    ['ok', { telegram: 'ok', signal: 'ok', zoom: 'blocked' }],
    ['unknown', { telegram: 'inconclusive', signal: 'not-run', zoom: 'ok' }],
    ['unknown', {}],
  ] as const)('is %s after %j', (verdict, after) => {
    expect(callsThroughTunnel(before, reportOf(after))).toBe(verdict);
  });

  it('speaks of all calls when none was blocked, or nobody had looked', () => {
    expect(callsThroughTunnel(reportOf({ zoom: 'ok' }), reportOf({ zoom: 'blocked' }))).toBe('blocked');
    expect(callsThroughTunnel(undefined, reportOf({ zoom: 'ok', signal: 'blocked' }))).toBe('degraded');
  });
});
