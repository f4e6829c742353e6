import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProbeResult } from '../../../electron/servers/probe/measure.ts';
import { judgeRotation } from '../../../electron/servers/probe/rotation.ts';
import type { RotationInput } from '../../../electron/servers/probe/rotation-words.ts';
import { result, silent } from './results.ts';

type Seen = ProbeResult['outcome']['kind'];

/** `own 51820` is the server in question; others are named freely. Method by a third word. */
function seen(where: string, kind: Seen): ProbeResult {
  const [server = '', port = '51820', method = 'wireguard'] = where.split(' ');
  const place = { id: where, server, port: Number(port), method: method as ProbeResult['method'] };
  if (kind === 'answered') return result(place);
  if (kind === 'pskMismatch' || kind === 'busy') return result({ ...place, outcome: { kind, rttMs: 40 } });
  if (kind === 'unreachable') return silent({ ...place, outcome: { kind, why: 'no-route' } });
  return silent({ ...place, ...(kind !== 'silent' && { outcome: { kind } }) });
}

function judge(results: Record<string, Seen>, more: Partial<RotationInput> = {}) {
  const list = Object.entries(results).map(([where, kind]) => seen(where, kind));
  return judgeRotation({ server: 'own', method: 'wireguard', results: list, ...more });
}
const codes = (rotation: ReturnType<typeof judge>): string[] => rotation.reasons.map(({ code }) => code);

describe('a server that answers', () => {
  it('works', () => {
    expect(judge({ 'own 51820': 'answered' })).toMatchObject({ verdict: 'works', strength: 'certain', advice: 'stay' });
  });

  it('on another port only has its port blocked; the same at another server makes it strong', () => {
    const one = judge({ 'own 51820': 'silent', 'own 443': 'answered' });
    expect(one).toMatchObject({ verdict: 'port-blocked', strength: 'medium', next: 'own 443' });
    const two = judge({ 'own 51820': 'silent', 'own 443': 'answered', 'b 51820': 'silent', 'b 443': 'answered' });
    expect(two).toMatchObject({ verdict: 'port-blocked', strength: 'strong' });
  });

  it('tells itself of a wrong preshared key and of load', () => {
    expect(judge({ 'own 51820': 'pskMismatch' })).toMatchObject({ verdict: 'psk-wrong', advice: 'correct-psk' });
    expect(judge({ 'own 51820': 'busy', 'b 51820': 'answered' })).toMatchObject({
      verdict: 'server-busy',
      advice: 'use-next',
      next: 'b 51820',
    });
  });
});

describe('a server that is silent', () => {
  it('has stopped where another server knows the key on the same port', () => {
    expect(judge({ 'own 51820': 'silent', 'b 51820': 'answered' })).toEqual({
      verdict: 'server-stopped',
      strength: 'strong',
      reasons: [
        { code: 'silent', probes: ['own 51820'] },
        { code: 'key-known', probes: ['b 51820'] },
      ],
      advice: 'use-next',
      next: 'b 51820',
    });
  });

  it('has perhaps only changed its key where its host lives on', () => {
    const rotation = judge({ 'own 51820': 'silent', 'b 51820': 'answered', 'own 443 tcp': 'answered' });
    expect(rotation).toMatchObject({ verdict: 'server-stopped', strength: 'medium' });
    expect(codes(rotation)).toContain('host-alive');
  });

  it('has its port blocked where others, too, answer on another port only', () => {
    const rotation = judge({ 'own 51820': 'silent', 'b 51820': 'silent', 'b 443': 'answered' });
    expect(rotation).toMatchObject({ verdict: 'port-blocked', strength: 'medium', next: 'b 443' });
  });

  it('together with all others, while other things pass, is a key that nobody knows: weakly, unless one was busy', () => {
    const silence = { 'own 51820': 'silent', 'b 51820': 'silent', 'own 443 tcp': 'answered' } as const;
    expect(judge(silence)).toMatchObject({
      verdict: 'key-not-accepted',
      strength: 'weak',
      advice: 'renew-key',
      next: null,
    });
    const busy = judge({ ...silence, 'c 51820': 'busy' });
    expect(busy).toMatchObject({ verdict: 'key-not-accepted', strength: 'medium' });
    expect(codes(busy)).toContain('protocol-passes');
  });

  it('together with all others is a blocked protocol where the key is known to be good', () => {
    const three = {
      'own 51820': 'silent',
      'b 51820': 'silent',
      'c 51820': 'silent',
      'own 443 tcp': 'answered',
    } as const;
    const elsewhere = judge(three, { keyAccepted: 'elsewhere' });
    expect(elsewhere).toMatchObject({ verdict: 'protocol-blocked', strength: 'medium', advice: 'other-protocol' });
    expect(codes(elsewhere)).toEqual(['silent', 'path-passes', 'key-accepted-before']);
    expect(judge(three, { keyAccepted: 'here' })).toMatchObject({ verdict: 'protocol-blocked', strength: 'weak' });
  });

  it('over UDP while its OpenVPN answers over TCP is a blocked protocol: the key is the same', () => {
    const results = {
      'own 1194 openvpn-udp': 'silent',
      'b 1194 openvpn-udp': 'silent',
      'own 443 openvpn-tcp': 'answered',
    } as const;
    const rotation = judge(results, { method: 'openvpn-udp' });
    expect(rotation).toMatchObject({ verdict: 'protocol-blocked', strength: 'medium', next: 'own 443 openvpn-tcp' });
    expect(codes(rotation)).toContain('key-known');
    const stranger = { ...results, 'own 443 openvpn-tcp': 'silent', 'z 443 openvpn-tcp': 'answered' } as const;
    expect(judge(stranger, { method: 'openvpn-udp' }).verdict).toBe('key-not-accepted');
  });

  it('is no verdict without a second server or without a control', () => {
    const alone = judge({ 'own 51820': 'silent', 'own 443 tcp': 'answered' });
    expect(alone).toMatchObject({ verdict: 'undecided', strength: 'weak', advice: 'probe-more' });
    expect(codes(alone)).toEqual(['silent', 'one-server-only']);
    expect(codes(judge({ 'own 51820': 'silent', 'b 51820': 'silent' }))).toEqual(['silent', 'no-control']);
    expect(judge({})).toMatchObject({ verdict: 'undecided', next: null });
  });

  it('offers what answers by another protocol, also without a verdict', () => {
    const rotation = judge({ 'own 51820': 'silent', 'b 1194 openvpn-udp': 'answered' });
    expect(rotation).toMatchObject({ verdict: 'undecided', advice: 'use-next', next: 'b 1194 openvpn-udp' });
  });
});

describe('a refused port', () => {
  it('is a stopped server when only it refuses', () => {
    expect(judge({ 'own 51820': 'refused', 'own 443 tcp': 'answered' })).toMatchObject({
      verdict: 'server-stopped',
      strength: 'medium',
    });
    expect(judge({ 'own 51820': 'refused', 'b 51820': 'answered' }).verdict).toBe('server-stopped');
  });

  it('is not, when all refuse', () => {
    const all = { 'own 51820': 'refused', 'b 51820': 'refused', 'own 443 tcp': 'answered' } as const;
    expect(judge(all).verdict).not.toBe('server-stopped');
  });

  it('shows that the network is there', () => {
    expect(judge({ 'own 51820': 'silent', 'b 51820': 'refused', 'own 443 tcp': 'silent' }).verdict).not.toBe('offline');
  });
});

describe('the network itself', () => {
  it('is the trouble when nothing answers, controls included, or nothing could be sent', () => {
    const nothing = judge({ 'own 51820': 'silent', 'b 51820': 'silent', 'c 443 tcp': 'silent' });
    expect(nothing).toMatchObject({ verdict: 'offline', strength: 'medium', advice: 'check-network' });
    const unsent = judge({ 'own 51820': 'unreachable', 'c 443 tcp': 'unreachable' });
    expect(unsent).toMatchObject({ verdict: 'offline', strength: 'strong' });
  });

  it('without a route to one server says nothing of that server', () => {
    expect(judge({ 'own 51820': 'unreachable', 'b 51820': 'answered' })).toMatchObject({
      verdict: 'undecided',
      next: 'b 51820',
    });
  });
});

it('whatever was seen: reasons name results that exist, next is usable, and a weak case is never called certain', () => {
  const where = fc.constantFrom(
    'own 51820',
    'own 443',
    'b 51820',
    'b 443',
    'c 51820',
    'own 443 tcp',
    'b 1194 openvpn-udp',
  );
  const kinds = fc.constantFrom<Seen>('answered', 'pskMismatch', 'busy', 'refused', 'silent', 'reset', 'unreachable');
  fc.assert(
    fc.property(
      fc.dictionary(where, kinds),
      fc.constantFrom('here', 'elsewhere', undefined),
      (results, keyAccepted) => {
        const rotation = judge(results, keyAccepted && { keyAccepted });
        for (const { probes } of rotation.reasons) for (const id of probes) expect(results).toHaveProperty([id]);
        if (rotation.next !== null) expect(results[rotation.next]).toBe('answered');
        if (rotation.strength === 'certain') expect(['works', 'psk-wrong']).toContain(rotation.verdict);
        if (rotation.advice === 'use-next') expect(rotation.next).not.toBeNull();
      },
    ),
  );
});
