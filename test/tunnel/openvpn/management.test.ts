import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseManagementLine, quoteValue } from '../../../electron/tunnel/openvpn/management.ts';

describe('a line of the management socket', () => {
  it.each([
    ['>STATE:1764000000,WAIT,,,,,,', { kind: 'state', name: 'WAIT', detail: '' }],
    [
      '>STATE:1764000000,RECONNECTING,connection-reset,,,,,',
      { kind: 'state', name: 'RECONNECTING', detail: 'connection-reset' },
    ],
    [
      '>STATE:1764000000,CONNECTED,SUCCESS,10.77.0.2,203.0.113.3,1194,,',
      { kind: 'state', name: 'CONNECTED', detail: 'SUCCESS' },
    ],
    ['>LOG:1764000000,I,a, b, c', { kind: 'log', text: 'a, b, c' }],
    [">PASSWORD:Need 'Auth' username/password", { kind: 'need-password', type: 'Auth' }],
    [">PASSWORD:Need 'Private Key' password", { kind: 'need-password', type: 'Private Key' }],
    [">PASSWORD:Verification Failed: 'Auth'", { kind: 'password-refused', type: 'Auth' }],
    ['>HOLD:Waiting for hold release:0', { kind: 'hold' }],
    ['>FATAL:Cannot open TUN/TAP dev', { kind: 'fatal', text: 'Cannot open TUN/TAP dev' }],
    ['SUCCESS: hold release succeeded', { kind: 'other' }],
    ['>PASSWORD:Auth-Token:secret', { kind: 'other' }],
  ])('%s', (line, event) => expect(parseManagementLine(line)).toEqual(event));

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseManagementLine(`>${text}`)));
  });
});

describe('a value in a command', () => {
  it('is quoted so that it ends where it should', () => {
    expect(quoteValue('pa"ss\\word')).toBe('"pa\\"ss\\\\word"');
  });

  it('can never begin another command', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const quoted = quoteValue(value);
        expect(quoted).not.toMatch(/[\r\n\0]/);
        expect(quoted.slice(1, -1).replaceAll(/\\["\\]/g, '')).not.toMatch(/["\\]/);
      }),
    );
  });
});
