import { describe, expect, it } from 'vitest';
import { reportWith, sawt } from '../cli-bed.ts';

describe('sawt check', () => {
  it('prints the report and nothing else with --json', async () => {
    const report = reportWith('ok', 'blocked');
    const run = await sawt(['check', '--json'], { 'check.run': () => report });
    expect(JSON.parse(run.out)).toEqual(report);
    expect(run.err).toBe('');
  });

  it.each([
    ['everything works', reportWith('ok', 'ok'), 0],
    ['calls are blocked', reportWith('ok', 'blocked'), 10],
    ['calls are hindered', reportWith('ok', 'degraded'), 10],
    ['what could be judged works', reportWith('ok', 'not-testable'), 0],
    ['nothing could be judged', reportWith('inconclusive', 'not-testable'), 20],
    ['it is offline', reportWith('inconclusive', 'inconclusive', 'offline'), 20],
    ['a portal is in the way', reportWith('inconclusive', 'inconclusive', 'portal'), 20],
  ])('when %s', async (_case, report, code) => {
    expect((await sawt(['check'], { 'check.run': () => report })).code).toBe(code);
  });

  it('says what its words mean and what to do next, beside the result', async () => {
    const { out, err } = await sawt(['check'], { 'check.run': () => reportWith('not-testable', 'degraded') });
    expect(err).toMatch(/hindered: .*\nnot testable: .*\nWhy: "sawt explain"\.\nTo get around it: "sawt import FILE"/);
    expect(out).not.toContain('sawt explain');
    expect((await sawt(['check'], { 'check.run': () => reportWith('ok', 'ok') })).err).toBe('');
  });

  it('does not send to a VPN who is in one', async () => {
    const report = reportWith('ok', 'blocked');
    const network = { ...report.network, tunnel: 'wireguard' } as const;
    const { err } = await sawt(['check'], { 'check.run': () => ({ ...report, network }) });
    expect(err).toContain('sawt explain');
    expect(err).not.toContain('sawt import');
  });

  it('says when a VPN is on, and what goes around it', async () => {
    const report = reportWith('ok', 'ok');
    const network = { ...report.network, tunnel: 'other', aroundTunnel: ['udp'] } as const;
    const { out } = await sawt(['check'], { 'check.run': () => ({ ...report, network }) });
    expect(out).toContain("describes the VPN's network");
    expect(out).toContain('UDP, and calls with it, goes around the VPN');
    expect(out).not.toContain('IPv6 goes around');
  });

  it('passes its options on', async () => {
    const run = await sawt(
      ['check', '--service', 'whatsapp, signal', '--depth', 'full', '--timeout', '2.5', '--reveal'],
      { 'check.run': () => reportWith('ok', 'ok'), 'relay.show': () => null },
    );
    expect(run.calls).toEqual([
      { name: 'relay.show', args: {} },
      {
        name: 'check.run',
        args: { services: ['whatsapp', 'signal'], depth: 'full', timeoutMs: 2500, reveal: true },
      },
    ]);
  });

  it('warns before it sends what a filter may remember, and says only what became of packets that look alike', async () => {
    const seen = { service: 'whatsapp', name: 'WhatsApp', shapes: [], probes: [] };
    const signatures = [
      { ...seen, result: 'filtered' as const, strength: 'certain' as const, reason: null, spoiled: true },
      {
        ...{ ...seen, service: 'viber', name: 'Viber', strength: null, spoiled: false },
        ...{ result: 'inconclusive' as const, reason: 'controls' as const },
      },
    ];
    const report = { ...reportWith('ok', 'degraded'), signatures };
    const run = await sawt(['check', '--signatures', '198.51.100.7:3478-3500'], { 'check.run': () => report });
    expect(run.calls).toMatchObject([{ name: 'check.run', args: { signatures: '198.51.100.7:3478-3500' } }]);
    expect(run.err).toContain('may remember those ports');
    expect(run.out).toMatch(/WhatsApp +filtered +certain; the port they went to is blocked since/);
    expect(run.out).toMatch(/Viber +unclear +packets without its marks were not answered either/);
    expect(run.out).not.toContain('tested');
  });

  it('rehearses a call by the relay that it is given, once', async () => {
    const handlers = { 'check.run': () => reportWith('ok', 'ok') };
    const run = await sawt(['check', '--depth', 'full', '--relay', '-'], handlers, { stdin: '{"urls":[]}' });
    expect(run.calls).toMatchObject([{ name: 'check.run', args: { depth: 'full', relay: '{"urls":[]}' } }]);
    expect((await sawt(['check', '--relay', '-'], handlers)).code).toBe(2);
  });

  it('says in one sentence how to get a relay where there is none, and goes on', async () => {
    const handlers = { 'check.run': () => reportWith('ok', 'ok'), 'relay.show': () => null };
    const run = await sawt(['check', '--depth', 'full', '--json'], handlers);
    expect(run).toMatchObject({ code: 0, calls: [{ name: 'relay.show' }, { name: 'check.run' }] });
    expect(run.err).toMatch(/^No call is rehearsed.*sawt own-server new.*\n$/);
    expect((await sawt(['check', '--json'], handlers)).err).toBe('');
  });

  it('tells how a rehearsed call went, way by way, and never that nothing is lost', async () => {
    const heard = { sent: 92, lost: 0, lossPct: 0, lossUpperPct: 3.2 };
    const way = {
      ...{ transport: 'tls', port: 443, outcome: 'good', rule: 'K1', there: heard, back: { ...heard, lost: 1 } },
      ...{ rttMs: 48.2, jitterMs: 3, mos: 4.31, verdictMs: 2100, code: null, probe: 'p1' },
    } as const;
    const none = { there: null, back: null, rttMs: null, jitterMs: null, mos: null, probe: 'p2' };
    const dead = { ...way, ...none, transport: 'udp', port: 3478, outcome: 'no-relay', rule: 'K4' } as const;
    const refused = { ...way, ...none, transport: 'tcp', outcome: 'refused', rule: null, code: 486 } as const;
    const rehearsal = { outcome: 'good', rule: 'K1', ways: [dead, refused, way] } as const;
    const { out } = await sawt(['check'], { 'check.run': () => ({ ...reportWith('ok', 'ok'), rehearsal }) });
    expect(out).toContain('A call to your own relay goes well.');
    expect(out).toContain('  UDP 3478  no answer                   known after 2.1 s');
    expect(out).toContain('the relay refused it (486)');
    expect(out).toContain(
      'TLS 443   good                        MOS 4.3; round trip 48 ms; jitter 3 ms; there 0 of 92 packets lost, so at most 3.2 %; back 1 of 92',
    );
  });

  it('prints one event a line with --ndjson, the report once and last', async () => {
    const report = reportWith('ok', 'ok');
    const run = await sawt(['check', '--ndjson'], {
      'check.run': (_args, { emit }) => {
        emit('check', { kind: 'progress', done: 1, planned: 2 });
        emit('check', { kind: 'report', report });
        return report;
      },
    });
    const lines = run.out.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      { kind: 'progress', done: 1, planned: 2 },
      { kind: 'report', report },
    ]);
  });

  it('says in plain words what is blocked and how', async () => {
    const run = await sawt(['check'], { 'check.run': () => reportWith('ok', 'blocked') });
    expect(run.out).toContain('This network is online.');
    expect(run.out).toMatch(/^Telegram +works +blocked +the packets that set up calls are filtered$/m);
  });

  it('says what the line is worth to a call, and never that nothing is lost', async () => {
    const figures = { rttMs: 48.2, jitterMs: 3.4, lossPct: 2, lossUpperPct: 9.1, samples: 50, mos: 4.18 };
    const report = { ...reportWith('ok', 'ok'), quality: { ...figures, rating: 'good' as const } };
    const run = await sawt(['check'], { 'check.run': () => report });
    expect(run.out).toContain(
      'Line for calls: good (MOS 4.2; round trip 48 ms; jitter 3 ms; 1 of 50 packets lost, so at most 9.1 %).',
    );
    const without = await sawt(['check'], { 'check.run': () => reportWith('ok', 'ok') });
    expect(without.out).not.toContain('Line for calls');
  });

  it('says of a service that was shut down when that was', async () => {
    const report = reportWith('stale', 'stale');
    const [service] = report.services;
    if (service) service.retired = { on: '2025-05-05', successor: 'Teams' };
    const run = await sawt(['check'], { 'check.run': () => report });
    expect(run.out).toMatch(/shut down +shut down +its makers shut it down on 2025-05-05 and point to Teams$/m);
  });

  it('shows no table when nothing answers', async () => {
    const run = await sawt(['check'], { 'check.run': () => reportWith('inconclusive', 'inconclusive', 'offline') });
    expect(run.out).toContain('offline');
    expect(run.out).not.toContain('Telegram');
  });
});
