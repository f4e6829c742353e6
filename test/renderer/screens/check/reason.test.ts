import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../electron/api/schema.ts';
import { findingSentence, reasons, verdictWord } from '../../../../renderer/screens/check/reason.ts';
import { check as text } from '../../../../renderer/text/en/check.ts';
import { editions } from '../../../../renderer/text/languages.ts';
import { judgement, service } from '../../samples.ts';

const why = (...[messages, calls]: [ReturnType<typeof judgement>, ReturnType<typeof judgement>]): string[] =>
  reasons(service('a', 'A', messages, calls), text, editions.en.formats);
const ok = judgement('ok');

describe('the reason of a row', () => {
  it('is silent when messages and calls get through', () => {
    expect(why(ok, ok)).toEqual([]);
  });

  it('names how calls are blocked', () => {
    expect(why(ok, judgement('blocked', 'stun-dpi'))).toEqual([text.mechanisms['stun-dpi']]);
  });

  it.each(['S4', 'C1', 'C2'] as const)('says what on this computer it is, by rule %s', (rule) => {
    expect(why(ok, { ...judgement('inconclusive', 'local'), rule })).toEqual([text.local[rule]]);
  });

  it('adds that degraded calls may find a detour', () => {
    expect(why(ok, judgement('degraded', 'udp-port'))).toEqual([text.mechanisms['udp-port'], text.degradedCalls]);
  });

  it('is said once when messages and calls share it, and for each when they do not', () => {
    expect(why(judgement('blocked', 'tcp-drop'), judgement('blocked', 'tcp-drop'))).toEqual([
      text.mechanisms['tcp-drop'],
    ]);
    expect(why(judgement('blocked', 'dns-bogon'), judgement('not-run'))).toEqual([
      `${text.aboutMessages} ${text.mechanisms['dns-bogon']}`,
      `${text.aboutCalls} ${text.noMechanism['not-run']}`,
    ]);
  });

  it('does not turn a suspicion into a claim', () => {
    expect(why(judgement('inconclusive', 'tls-mitm'), ok)).toEqual([text.noMechanism.inconclusive]);
  });

  it('says when this computer itself is the cause', () => {
    expect(why(judgement('inconclusive', 'local'), ok)).toEqual([text.mechanisms.local]);
  });

  it('says of a service that was shut down since when, and what its makers point to', () => {
    const row = service('a', 'A', judgement('stale'), judgement('stale'));
    const say = (successor: string | null): string =>
      reasons({ ...row, retired: { on: '2025-05-05', successor } }, text, editions.en.formats)
        .join(' ')
        .replace(/[\u2068\u2069]/g, '');
    expect(say('Teams')).toBe('Its makers shut this service down on 5 May 2025. They point to Teams instead.');
    expect(verdictWord({ ...row, retired: { on: '2025-05-05', successor: null } }, 'calls', text)).toBe('Shut down');
    expect(verdictWord(row, 'calls', text)).toBe(text.verdicts.stale);
    expect(say(null)).toBe('Its makers shut this service down on 5 May 2025.');
  });
});

describe('what packets that look like calls tell', () => {
  const finding: Finding = {
    mechanism: 'stun-dpi',
    rule: 'U9',
    strength: 'certain',
    probes: [],
    summary: '',
    service: { id: 'viber', name: 'Viber' },
  };

  it.each(['en', 'fr', 'ar'] as const)('is said of such packets, and names the service (%s)', (language) => {
    const { check } = editions[language].text;
    expect(findingSentence(finding, check)).toContain('Viber');
    const row = service('viber', 'Viber', judgement('ok'), { ...judgement('blocked', 'stun-dpi'), rule: 'U9' });
    expect(reasons(row, check, editions[language].formats)).toEqual([check.signature.reason]);
  });
});
