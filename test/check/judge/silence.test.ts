import { describe, expect, it } from 'vitest';
import { isBeyondChance } from '../../../electron/check/judge/silence.ts';
import type { TlsProbe } from '../../../electron/check/probe.ts';
import { dns, failed, timeout, tls } from './evidence-builder.ts';

const lasting = (probe: TlsProbe, durationMs: number): TlsProbe => ({ ...probe, durationMs });
const connect = (durationMs: number) => lasting(tls('x.net', '1.1.1.1', failed('connect', timeout)), durationMs);

describe('silence beyond chance', () => {
  it('counts every question, SYN and ClientHello that went unanswered', () => {
    const question = dns('x.net', { kind: 'silent', sent: 3 });
    // A little less than a tenth lost: six requests make one in a million.
    expect(isBeyondChance([question], 0.09)).toBe(false);
    expect(isBeyondChance([question, question], 0.09)).toBe(true);
    expect(isBeyondChance([connect(3500)], 0.09)).toBe(false);
    expect(isBeyondChance([connect(3500), connect(3500)], 0.09)).toBe(true);
    expect(isBeyondChance([connect(1200), connect(1200)], 0.09)).toBe(false);
    const hello = tls('x.net', '1.1.1.1', failed('tls_handshake', timeout));
    expect(isBeyondChance([hello], 0.09)).toBe(false);
    expect(isBeyondChance([hello, hello], 0.09)).toBe(true);
  });

  it('is what any open refusal is: somebody sent it', () => {
    expect(isBeyondChance([tls('x.net', '1.1.1.1', failed('connect', 'connection_refused'))], 0.5)).toBe(true);
    expect(isBeyondChance([dns('x.net', { kind: 'nxdomain' })], 0.5)).toBe(true);
  });

  it('is never nothing at all', () => {
    expect(isBeyondChance([], 0.09)).toBe(false);
  });
});
