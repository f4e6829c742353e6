import { expect, it } from 'vitest';
import { toTunnelError, TunnelFailure } from '../../electron/tunnel/errors.ts';

it('an error of ours keeps its code and sentence', () => {
  expect(toTunnelError(new TunnelFailure('no-traffic', 'm'))).toEqual({ code: 'no-traffic', message: 'm' });
});

it('what nobody foresaw says so, and what to do', () => {
  expect(toTunnelError(new TypeError('x is not a function'))).toEqual({
    code: 'network-change-failed',
    message: 'Something unforeseen went wrong (x is not a function); run "sawt repair".',
  });
});
