import { describe, expect, it } from 'vitest';
import type { Probe, Report } from '../../../electron/api/schema.ts';
import { explanations } from '../../../electron/api/explanations.ts';
import { reportOf } from '../../reports.ts';
import { sawt } from '../cli-bed.ts';

const probe = (id: string, fields: Partial<Probe>): Probe => ({
  id,
  kind: 'stun',
  service: null,
  target: 'stun.example.org',
  address: '192.0.2.10',
  port: 3478,
  outcome: 'ok',
  failure: null,
  operation: null,
  startMs: 0,
  durationMs: 40,
  ...fields,
});

const probes = [
  probe('time', { kind: 'udp', target: 'time.example.org', port: 123, startMs: 300 }),
  probe('stun', { outcome: 'silent', failure: 'generic_timeout_error', operation: 'stun_binding', startMs: 150 }),
];
const why = {
  case: 'U2' as const,
  evidence: ['stun', 'time'],
  controls: [{ role: 'time-server' as const, probes: ['time'] }],
};
const plain = reportOf({ telegram: 'blocked', signal: 'ok' });
const report: Report = {
  ...plain,
  probes,
  services: plain.services.map((service) =>
    service.id === 'telegram' ? { ...service, calls: { ...service.calls, probes: ['time', 'stun'], why } } : service,
  ),
};
const last = { 'check.last': () => report };

describe('sawt explain', () => {
  it('says what a verdict means, what would overturn it, and what it rests on in the order of time', async () => {
    const { code, out } = await sawt(['explain', 'telegram'], last);
    expect(code).toBe(0);
    expect(out).toContain('Telegram, calls: blocked (rule U2, strong evidence)');
    expect(out).toContain(explanations.U2.means);
    expect(out).toContain(`This would no longer hold if ${explanations.U2.overturned}.`);
    expect(out).toContain('time.example.org answered other UDP packets');
    const [, rows = ''] = out.split('Evidence, in the order of time:');
    expect(rows).toMatch(/0\.15 s +stun +stun\.example\.org at 192\.0\.2\.10 port 3478 +generic_timeout_error/);
    expect(rows).toMatch(/0\.30 s +control +udp +time\.example\.org at 192\.0\.2\.10 port 123 +answered after 40 ms/);
    expect(rows.indexOf('stun.example.org')).toBeLessThan(rows.indexOf('time.example.org'));
  });

  it('without a service speaks of what does not simply work', async () => {
    const { out } = await sawt(['explain'], last);
    expect(out).toContain('Telegram, calls');
    expect(out).not.toContain('Signal');
    expect(out).not.toContain('messages');
    expect(out).not.toContain('Evidence');
    expect(out).toContain('"sawt explain whatsapp", shows the measurements');
  });

  it('says so when there is nothing of that kind', async () => {
    const { out } = await sawt(['explain'], { 'check.last': () => reportOf({ signal: 'ok' }) });
    expect(out.trim()).toBe('Everything that could be judged works.');
  });

  it('prints the same as one JSON document', async () => {
    const { out } = await sawt(['explain', 'telegram', '--json'], last);
    expect(JSON.parse(out)).toMatchObject({
      startedAt: report.startedAt,
      network: [],
      services: [
        {
          id: 'telegram',
          calls: {
            verdict: 'blocked',
            rule: 'U2',
            ...explanations.U2,
            controls: [{ role: 'time-server', probes: ['time'] }],
            evidence: [{ id: 'stun' }, { id: 'time', shown: null }],
          },
        },
      ],
    });
  });

  it.each([
    ['no check was made here yet', ['explain'], { 'check.last': () => null }, 1, /sawt check/],
    ['the last check did not look at it', ['explain', 'zoom'], last, 2, /telegram, signal/],
  ])('is refused when %s', async (_case, argv, handlers, code, words) => {
    const run = await sawt(argv, handlers);
    expect(run.code).toBe(code);
    expect(run.err).toMatch(words);
  });
});
