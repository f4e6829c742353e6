import { describe, expect, it } from 'vitest';
import { AttemptFailure, type Candidate } from '../../../electron/tunnel/carrier.ts';
import { parseManagementLine } from '../../../electron/tunnel/openvpn/management.ts';
import { advance, noProgress, timedOut, type Progress } from '../../../electron/tunnel/openvpn/progress.ts';

const candidate: Candidate = { transport: 'openvpn-udp', address: '203.0.113.3', port: 1194 };

/** Progress after these lines, or how the attempt failed; a time limit ends what the lines leave open. */
function follow(...lines: string[]): Progress | AttemptFailure {
  try {
    const progress = lines.map(parseManagementLine).reduce((now, event) => advance(now, event, candidate), noProgress);
    return progress.connected ? progress : timedOut(progress, candidate);
  } catch (error) {
    if (error instanceof AttemptFailure) return error;
    throw error;
  }
}

const state = (rest: string): string => `>STATE:1764000000,${rest},,,,`;

const asked = ">PASSWORD:Need 'Auth' username/password";

describe('an attempt with OpenVPN', () => {
  it('is connected when OpenVPN says so, with what the server pushed', () => {
    const push = ">LOG:1764000000,I,PUSH: Received control message: 'PUSH_REPLY,dhcp-option DNS 10.77.0.1'";
    expect(follow(state('WAIT'), state('AUTH'), push, state('CONNECTED,SUCCESS'))).toMatchObject({
      connected: true,
      pushed: { resolvers: ['10.77.0.1'] },
    });
  });

  it.each([
    ['no answer to the first packet', [state('WAIT')], 'silent', 'handshake-silent'],
    [
      'no answer, and OpenVPN starts anew',
      [state('WAIT'), state('RECONNECTING,server_poll')],
      'silent',
      'handshake-silent',
    ],
    ['a reset in the middle', [state('WAIT'), state('RECONNECTING,connection-reset')], 'refused', 'handshake-rejected'],
    [
      'a closed port over TCP',
      [state('TCP_CONNECT'), state('RECONNECTING,connection-failed')],
      'refused',
      'handshake-rejected',
    ],
    [
      'a closed port over UDP',
      [state('WAIT'), '>LOG:1,W,read UDPv4 [ECONNREFUSED]: Connection refused (fd=4)'],
      'refused',
      'handshake-rejected',
    ],
    ['an answer and then nothing', [state('WAIT'), state('AUTH')], 'failed', 'handshake-rejected'],
    ['a wrong password', [asked, state('AUTH'), ">PASSWORD:Verification Failed: 'Auth'"], 'rejected', 'password-wrong'],
    [
      'a wrong password, told by the state',
      [asked, state('AUTH'), state('EXITING,auth-failure')],
      'rejected',
      'password-wrong',
    ],
    [
      'a profile that is turned away without having been asked for a password',
      [state('AUTH'), state('EXITING,auth-failure')],
      'rejected',
      'handshake-rejected',
    ],
    [
      'a wrong certificate',
      [state('AUTH'), '>LOG:1,,VERIFY ERROR: depth=1, error=self-signed', state('RECONNECTING,tls-error')],
      'failed',
      'handshake-rejected',
    ],
    ['no device', ['>FATAL:Cannot open TUN/TAP dev'], 'failed', 'handshake-rejected'],
  ])('%s', (_, lines, result, code) => expect(follow(...lines)).toMatchObject({ result, code }));

  it('says that somebody else may answer when the certificate is wrong', () => {
    const failure = follow(state('AUTH'), '>LOG:1,,VERIFY X509NAME ERROR', state('RECONNECTING,tls-error'));
    expect((failure as AttemptFailure).message).toMatch(/could not prove who it is/);
  });
});
