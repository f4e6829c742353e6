import { describe, expect, it } from 'vitest';
import { nameFailure, scrub } from '../../../electron/check/net/failures.ts';

const systemError = (code: string, syscall?: string): Error => Object.assign(new Error('x'), { code, syscall });

describe('a system error', () => {
  it.each([
    ['ECONNREFUSED', 'connection_refused'],
    ['EHOSTUNREACH', 'host_unreachable'],
    ['ENETUNREACH', 'network_unreachable'],
    ['ETIMEDOUT', 'timed_out'],
    ['EPERM', 'permission_denied'],
    ['EACCES', 'permission_denied'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'ssl_failed_handshake'],
    ['EPROTO', 'ssl_failed_handshake'],
  ])('%s is %s', (code, failure) => {
    expect(nameFailure(systemError(code, 'connect'))).toBe(failure);
  });

  it('ECONNRESET is a reset when the system says so, and a closed stream when only Node does', () => {
    expect(nameFailure(systemError('ECONNRESET', 'read'))).toBe('connection_reset');
    expect(nameFailure(systemError('ECONNRESET'))).toBe('eof_error');
  });

  it('that nobody knows stays visible, by its code', () => {
    expect(nameFailure(systemError('EWEIRD'))).toBe('unknown_failure: EWEIRD');
    expect(nameFailure('odd')).toBe('unknown_failure: odd');
  });

  it('loses the addresses in its text', () => {
    expect(nameFailure(new Error('bind 192.168.1.7:4242 for fe80::1%eth0 and [2001:db8::5]:443 failed'))).toBe(
      'unknown_failure: bind [scrubbed] for [scrubbed] and [scrubbed] failed',
    );
    expect(scrub('at 12:30')).toBe('at 12:30');
  });
});
