import { describe, expect, it } from 'vitest';
import { explainReport } from '../../../electron/check/explain/explain.ts';
import type { Judgement, Probe, Report, Why } from '../../../electron/check/report.ts';
import { reportOf } from '../../reports.ts';

const probe = (id: string, fields: Partial<Probe> = {}): Probe => ({
  id,
  kind: 'tls',
  service: 'signal',
  target: 'chat.signal.org',
  address: '23.250.137.4',
  port: 443,
  outcome: 'ok',
  failure: null,
  operation: null,
  startMs: 0,
  durationMs: 40,
  ...fields,
});
const cut = { outcome: 'failed', failure: 'connection_reset', operation: 'tls_handshake' } as const;
const site = probe('site', { service: null, target: 'www.wikipedia.org', address: '208.80.154.224', startMs: 90 });
const tried = probe('tried', { ...cut, startMs: 10, detail: { serverName: 'chat.signal.org' } });

/** What the explanation of one judgement says; `probes` are all of the report, and the judgement rests on them. */
function explain(judgement: Partial<Judgement>, probes: readonly Probe[]): Why | undefined {
  const calls: Judgement = {
    verdict: 'blocked',
    mechanisms: ['sni-reset'],
    rule: 'S1',
    strength: 'strong',
    probes: probes.map(({ id }) => id),
    ...judgement,
  };
  const report: Report = { ...reportOf({ signal: 'ok' }), probes: [...probes] };
  const services = report.services.map((service) => ({ ...service, calls }));
  return explainReport({ ...report, services }).services[0]?.calls.why;
}

const rolesOf = (why: Why | undefined): Record<string, string[]> =>
  Object.fromEntries((why?.controls ?? []).map(({ role, probes }) => [role, probes]));

describe('the explanation of a judgement', () => {
  it('puts the evidence in the order of time', () => {
    expect(explain({}, [site, probe('later', { ...cut, startMs: 50 }), tried])?.evidence).toEqual([
      'tried',
      'later',
      'site',
    ]);
  });

  it('tells what was looked at from the controls that it is paired with', () => {
    const otherName = probe('other-name', { detail: { serverName: 'www.wikipedia.org' } });
    const otherAddress = probe('other-address', {
      ...cut,
      target: 'www.wikipedia.org',
      address: '208.80.154.224',
      detail: { serverName: 'chat.signal.org' },
    });
    expect(rolesOf(explain({}, [tried, otherName, otherAddress, site]))).toEqual({
      'other-name-passes': ['other-name'],
      'other-address-fails': ['other-address'],
      'neutral-site': ['site'],
    });
  });

  it('takes an alert and a foreign certificate for a server that spoke', () => {
    const alert = { outcome: 'failed', failure: 'ssl_failed_handshake', operation: 'tls_handshake' } as const;
    const pair = probe('pair', { ...alert, detail: { serverName: 'www.wikipedia.org' } });
    expect(rolesOf(explain({}, [tried, pair]))).toEqual({ 'other-name-passes': ['pair'] });
  });

  it('tells plain packets of the signature check from the shapes that are looked at', () => {
    const packet = (id: string, role: string, service: string | null) =>
      probe(id, { kind: 'signature', service, target: 'mine.example.org', outcome: 'answered', detail: { role } });
    const packets = [
      packet('plain', 'before', null),
      packet('twin', 'twin', 'whatsapp'),
      packet('x', 'shape', 'whatsapp'),
    ];
    expect(rolesOf(explain({ rule: 'U9', mechanisms: ['stun-dpi'] }, packets))).toEqual({
      'plain-packet': ['plain', 'twin'],
    });
  });

  it('counts a neutral server that failed as what was looked at, not as a control', () => {
    const silent = { outcome: 'silent', failure: 'generic_timeout_error', operation: 'stun_binding' } as const;
    const stun = probe('stun', { kind: 'stun', service: null, target: 'stun.example.org', ...silent });
    const old = probe('old', { kind: 'stun', service: null, target: 'stun.example.org', detail: { style: 'classic' } });
    const time = probe('time', { kind: 'udp', service: null, target: 'time.example.org', port: 123 });
    expect(rolesOf(explain({ rule: 'U2', mechanisms: ['stun-dpi'] }, [stun, old, time]))).toEqual({
      'old-stun': ['old'],
      'time-server': ['time'],
    });
  });

  it('counts a neutral flow that goes on, and not one that loses what it carries', () => {
    const flow = (id: string, lost: number, service: string | null): Probe =>
      probe(id, { kind: 'flow', service, target: 'stun.example.org', detail: { sent: 50, lost } });
    const flows = [flow('own', 20, 'signal'), flow('neutral', 1, null), flow('lossy', 5, null)];
    expect(rolesOf(explain({ verdict: 'degraded', rule: 'U7', mechanisms: ['throttle'] }, flows))).toEqual({
      'neutral-flow': ['neutral'],
    });
  });

  it('names the ways by which a name was asked for', () => {
    const name = { kind: 'dns', target: 'chat.signal.org', port: 53 } as const;
    const denied = { outcome: 'failed', failure: 'dns_nxdomain_error', operation: 'resolve' } as const;
    const asked = [
      probe('system', { ...name, ...denied, detail: { resolver: 'system' } }),
      probe('open', { ...name, ...denied, detail: { resolver: 'public' } }),
      probe('open-too', { ...name, detail: { resolver: 'public' } }),
      probe('doh', { kind: 'doh' }),
      probe('neutral', { ...name, service: null, detail: { resolver: 'system' } }),
    ];
    expect(rolesOf(explain({ rule: 'D1', mechanisms: ['dns-nxdomain'] }, asked))).toEqual({
      'other-resolver-fails': ['open'],
      'other-resolver': ['open-too'],
      'trusted-name': ['doh'],
      'neutral-name': ['neutral'],
    });
  });

  it('calls what works of a stopped service a control, and of a working one the evidence itself', () => {
    expect(rolesOf(explain({ rule: 'D3', mechanisms: ['dns-redirect'] }, [tried, probe('up')]))).toEqual({
      'own-server': ['up'],
    });
    expect(rolesOf(explain({ verdict: 'ok', rule: 'OK', mechanisms: [] }, [probe('up')]))).toEqual({});
  });

  it.each([
    [{ rule: 'T1' }, 'T1'],
    [{ rule: 'T1', verdict: 'degraded' }, 'T1'],
    [{ rule: 'T1', verdict: 'inconclusive' }, 'T1-unproved'],
    [{ rule: 'N3', verdict: 'inconclusive' }, 'N3'],
    [{ rule: 'D7', verdict: 'inconclusive' }, 'unproved'],
    [{ rule: 'S4', verdict: 'inconclusive', mechanisms: ['local'] }, 'S4-local'],
    [{ rule: 'U4', verdict: 'ok', mechanisms: [] }, 'U4-single'],
    [{ rule: 'U4', verdict: 'degraded', mechanisms: ['turn-blocked'] }, 'U4'],
  ] as const)('of %o is the case %s', (judgement, name) => {
    const { rule, ...rest } = judgement;
    expect(
      explain({ rule, ...rest, mechanisms: [...('mechanisms' in rest ? rest.mechanisms : [])] }, [tried])?.case,
    ).toBe(name);
  });

  it('is left out for a rule of a later version, rather than wrong', () => {
    expect(explain({ rule: 'X9' }, [tried])).toBeUndefined();
    expect(explain({ rule: 'X9', verdict: 'inconclusive' }, [tried])).toBeUndefined();
  });

  it('belongs to findings as well', () => {
    const report = reportOf({});
    const finding = {
      mechanism: 'doh-blocked',
      rule: 'D7',
      strength: 'strong',
      probes: ['site'],
      summary: '',
    } as const;
    const { findings } = explainReport({ ...report, findings: [{ ...finding, probes: ['site'] }], probes: [site] });
    expect(findings[0]?.why).toEqual({
      case: 'D7',
      evidence: ['site'],
      controls: [{ role: 'neutral-site', probes: ['site'] }],
    });
  });
});
