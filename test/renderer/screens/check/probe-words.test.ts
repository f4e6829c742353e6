import { describe, expect, it } from 'vitest';
import { place, probeSentence, seen } from '../../../../renderer/screens/check/probe-words.ts';
import { evidence as text } from '../../../../renderer/text/en/evidence.ts';
import { probe } from '../../samples.ts';

describe('what a probe did', () => {
  it('names the resolver that was asked', () => {
    const asked = probe('p1', { kind: 'dns', address: '10.20.0.1', port: 53 });
    expect(probeSentence(asked, text)).toEqual({
      template: text.probesWithResolver.dns,
      values: { target: 'web.telegram.org', address: '10.20.0.1' },
    });
    expect(place(asked)).toBeNull();
  });

  it('names no resolver when none is known', () => {
    expect(probeSentence(probe('p1', { kind: 'dns', address: null }), text).template).toBe(text.probes.dns);
  });

  it('says where it went, with IPv6 in brackets', () => {
    expect(place(probe('p1'))).toBe('149.154.167.99:443');
    expect(place(probe('p1', { address: '2001:db8::1' }))).toBe('[2001:db8::1]:443');
    expect(place(probe('p1', { address: null }))).toBeNull();
  });
});

describe('what came back', () => {
  it('is an answer, silence or a failure with the step that failed', () => {
    expect(seen(probe('p1'), text)).toBe(text.answered);
    expect(seen(probe('p1', { outcome: 'unauthorized' }), text)).toBe(text.answered);
    expect(seen(probe('p1', { outcome: 'silent' }), text)).toBe(text.silent);
    expect(seen(probe('p1', { kind: 'flow', outcome: 'cut', failure: 'generic_timeout_error' }), text)).toBe(text.cut);
    expect(
      seen(probe('p1', { outcome: 'failed', failure: 'connection_reset', operation: 'tls_handshake' }), text),
    ).toBe(`${text.failures.connection_reset}, ${text.steps.tls_handshake}`);
  });

  it('shows a failure that we have no words for as it was recorded', () => {
    expect(seen(probe('p1', { outcome: 'failed', failure: 'unknown_failure: x' }), text)).toContain(
      'unknown_failure: x',
    );
  });
});
