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
      { 'check.run': () => reportWith('ok', 'ok') },
    );
    expect(run.calls).toEqual([
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

  it('says that it looks no deeper yet where more was asked for', async () => {
    const handlers = { 'check.run': () => reportWith('ok', 'ok') };
    expect((await sawt(['check', '--depth', 'full', '--json'], handlers)).err).toContain('no more than quick');
    expect((await sawt(['check', '--json'], handlers)).err).toBe('');
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
