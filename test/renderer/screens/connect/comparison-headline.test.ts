import { describe, expect, it } from 'vitest';
import { comparisonHeadline } from '../../../../renderer/screens/connect/comparison-headline.ts';
import {
  blockedReport,
  cleanReport,
  compare,
  comparison,
  connected,
  judgement,
  report,
  service,
} from '../../samples.ts';

const ok = judgement('ok');
const blocked = judgement('blocked', 'stun-dpi');

describe('the headline after connecting', () => {
  it('says that everything works again, or only some of it, or nothing', () => {
    expect(comparisonHeadline(comparison, null)).toBe('all-fixed');
    const before = report([service('a', 'A', ok, blocked), service('b', 'B', ok, blocked)]);
    const after = report([service('a', 'A', ok, ok), service('b', 'B', ok, blocked)]);
    expect(comparisonHeadline(compare(before, after), null)).toBe('some-fixed');
    expect(comparisonHeadline(compare(blockedReport, blockedReport), null)).toBe('none-fixed');
  });

  it('does not hide that something stopped working in the tunnel', () => {
    expect(comparisonHeadline(compare(cleanReport, blockedReport), null)).toBe('none-fixed');
  });

  it('says when there was nothing to repair', () => {
    expect(comparisonHeadline(compare(cleanReport, cleanReport), null)).toBe('nothing-was-blocked');
  });

  it('rests on the connection’s own word when there is no comparison', () => {
    expect(comparisonHeadline(null, connected.verified)).toBe('all-fixed');
    expect(comparisonHeadline(null, null)).toBe('unknown');
  });
});
