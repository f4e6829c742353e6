import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toOoniMeasurement } from '../../../electron/check/ooni/measurement.ts';
import { probeKinds, type Judgement, type Probe, type Report } from '../../../electron/check/report.ts';
import { reportOf } from '../../reports.ts';
import { measurementSchema } from './schema.ts';

const probe = (change: Partial<Probe>): Probe => ({
  id: 'p1',
  kind: 'tcp',
  service: 'telegram',
  target: 'web.telegram.org',
  address: '149.154.167.99',
  port: 443,
  outcome: 'ok',
  failure: null,
  operation: null,
  startMs: 250,
  durationMs: 500,
  ...change,
});
const measured = (probes: Probe[], change: Partial<Report> = {}) =>
  measurementSchema.parse(toOoniMeasurement(reportOf({ telegram: 'blocked' }, { probes, ...change }), '1.2.3', []));

describe('a measurement', () => {
  it('has the base of the format, without place or address of the probe', () => {
    expect(measured([])).toMatchObject({
      data_format_version: '0.2.0',
      measurement_start_time: '2026-11-24 12:00:00',
      test_runtime: 0.812,
      probe_ip: '127.0.0.1',
      probe_asn: 'AS0',
      probe_cc: 'ZZ',
      software_version: '1.2.3',
      test_name: 'sawt_voip',
    });
    expect(measured([])).not.toHaveProperty('resolver_ip');
  });

  it('carries what was concluded, with the rule that spoke', () => {
    expect(measured([]).test_keys).toMatchObject({
      services: [{ id: 'telegram', calls: { verdict: 'blocked', mechanisms: ['stun-dpi'], rule: 'U2' } }],
    });
  });

  it('keeps questions for names apart by who was asked, and never says which resolver the network gave', () => {
    const { queries } = measured([
      probe({ kind: 'dns', address: '10.20.0.1', port: 53, detail: { resolver: 'system', answers: ['1.2.3.4'] } }),
      probe({ kind: 'dns', address: '8.8.8.8', port: 53, failure: 'dns_nxdomain_error', operation: 'resolve' }),
      probe({ kind: 'doh', address: '2606:4700::1111', detail: { answers: ['2a00::1'] } }),
    ]).test_keys;
    expect(queries).toMatchObject([
      { engine: 'udp', resolver_address: '', answers: [{ answer_type: 'A', ipv4: '1.2.3.4' }], t0: 0.25, t: 0.75 },
      { engine: 'udp', resolver_address: '8.8.8.8:53', failure: 'dns_nxdomain_error', answers: [] },
      { engine: 'doh', resolver_address: '[2606:4700::1111]:443', query_type: 'AAAA' },
    ]);
  });

  it('shows a second, other answer to one question as a record of its own', () => {
    const detail = { resolver: 'public', answers: ['10.10.34.36'], second: { answers: ['149.154.167.99'] } };
    const { queries } = measured([probe({ kind: 'dns', address: '8.8.8.8', port: 53, detail })]).test_keys;
    expect(queries.map(({ answers, tags }) => [answers[0]?.ipv4, tags.includes('second_answer')])).toEqual([
      ['10.10.34.36', false],
      ['149.154.167.99', true],
    ]);
  });

  it('puts each failure to the step that failed', () => {
    const { tcp_connect, tls_handshakes } = measured([
      probe({ kind: 'tls', failure: 'generic_timeout_error', operation: 'connect' }),
      probe({ kind: 'tls', failure: 'connection_reset', operation: 'tls_handshake', detail: { serverName: 'a.b' } }),
      probe({ kind: 'tcp' }),
    ]).test_keys;
    expect(tcp_connect.map(({ status }) => status.failure)).toEqual(['generic_timeout_error', null]);
    expect(tls_handshakes).toMatchObject([{ failure: 'connection_reset', server_name: 'a.b' }]);
  });

  it('has UDP probes as events, and pages as requests without bodies', () => {
    const { network_events, requests } = measured([
      probe({
        kind: 'stun',
        port: 3478,
        failure: 'generic_timeout_error',
        operation: 'stun_binding',
        outcome: 'silent',
      }),
      probe({
        kind: 'http',
        port: 80,
        outcome: 'answered',
        detail: { path: '/', status: 302, redirectHost: 'block.example', title: 'no' },
      }),
      probe({ kind: 'tcp', address: null }),
    ]).test_keys;
    expect(network_events).toMatchObject([
      {
        address: '149.154.167.99:3478',
        proto: 'udp',
        failure: 'generic_timeout_error',
        tags: ['stun', 'telegram', 'silent'],
      },
    ]);
    expect(requests).toMatchObject([
      {
        request: { url: 'http://web.telegram.org/' },
        response: { code: 302, headers: { Location: '//block.example' } },
      },
    ]);
  });
});

describe('a timed page', () => {
  const timed = (change: Partial<Probe>): Probe =>
    probe({ kind: 'goodput', service: 'zoom', target: 'www.wikipedia.org', address: '208.80.154.224', ...change });
  const pages = [
    timed({ outcome: 'answered', detail: { serverName: 'zoom.us', bytes: 40_000, kbitPerS: 128, isSteady: true } }),
    timed({ service: null, outcome: 'answered', detail: { serverName: 'www.wikipedia.org', bytes: 90_000 } }),
    ...(['connect', 'tls_handshake', 'http_round_trip'] as const).map((operation) =>
      timed({ failure: 'connection_reset', operation, outcome: 'failed', detail: { serverName: 'zoom.us' } }),
    ),
  ];

  it('is no record: who reads one would take the neutral server’s address for the service’s, or its name for blocked', () => {
    const { queries, tcp_connect, tls_handshakes, network_events, requests } = measured(pages).test_keys;
    expect([queries, tcp_connect, tls_handshakes, network_events, requests]).toEqual([[], [], [], [], []]);
  });

  it('leaves what was concluded from it, and the records of others', () => {
    const [zoom] = reportOf({ zoom: 'ok' }).services;
    if (!zoom) throw new Error('no service');
    const slowed = { verdict: 'degraded', mechanisms: ['throttle'], rule: 'G1', strength: 'medium' } as const;
    const messages: Judgement = { ...zoom.messages, ...slowed, mechanisms: [...slowed.mechanisms] };
    const { test_keys } = measured([...pages, probe({})], { services: [{ ...zoom, messages }] });
    expect(test_keys['services']).toMatchObject([{ id: 'zoom', messages: slowed }]);
    expect(test_keys.tcp_connect.map(({ ip }) => ip)).toEqual(['149.154.167.99']);
  });
});

describe('the signature check', () => {
  it('tells nothing of the person’s own server', () => {
    const probe: Probe = {
      id: 'p1',
      kind: 'signature',
      service: 'whatsapp',
      target: 'mine.example.org',
      address: '23.250.9.9',
      port: 3480,
      outcome: 'silent',
      failure: 'generic_timeout_error',
      operation: 'turn_allocate',
      startMs: 1,
      durationMs: 2,
    };
    const json = JSON.stringify(toOoniMeasurement(reportOf({}, { probes: [probe] }), '1.2.3', []));
    for (const secret of ['mine.example.org', '23.250.9.9', 'signature']) expect(json).not.toContain(secret);
  });
});

/** Texts with an own address in them, in every place that may hold a text. */
const own = ['10.11.12.13', '198.51.100.77', 'fd00:1::abcd'] as const;
const network = { resolver: '192.168.77.1', id: 'n-0123456789abcdef', title: '203.0.113.200' };
const secret = fc.constantFrom(...own, network.resolver);
const text = fc.oneof(
  secret,
  fc.string(),
  fc.tuple(fc.string(), secret, fc.string()).map(([before, address, after]) => `${before} ${address} ${after}`),
  fc.constantFrom('web.telegram.org', '149.154.167.99', '2606:4700::1111'),
);
const detail = fc.record(
  {
    resolver: fc.constantFrom('system', 'public'),
    answers: fc.array(text, { maxLength: 3 }),
    second: fc.record({ answers: fc.array(text, { maxLength: 2 }) }),
    serverName: text,
    path: text,
    status: fc.oneof(fc.integer({ min: 100, max: 599 }), text),
    redirectHost: text,
    title: fc.constant(`You are ${network.title}`),
    mapped: text,
    certificate: fc.record({ issuer: text }),
  },
  { requiredKeys: [] },
);
const anyProbe: fc.Arbitrary<Probe> = fc.record({
  id: fc.constant(network.id),
  kind: fc.constantFrom(...probeKinds),
  service: fc.constantFrom('telegram', null),
  target: text,
  // Public, or the own resolver where it is asked; what a probe of a service went to is never an own address.
  address: fc.constantFrom('149.154.167.99', '2606:4700::1111', null, ...own),
  port: fc.constantFrom(443, null),
  outcome: fc.constantFrom('ok', 'silent', 'answered'),
  failure: fc.constantFrom(null, 'generic_timeout_error', 'dns_nxdomain_error'),
  operation: fc.constantFrom(null, 'connect', 'resolve', 'read'),
  startMs: fc.nat(10_000),
  durationMs: fc.nat(10_000),
  detail,
});

describe('whatever a report holds', () => {
  it('the export fits the format and tells no own address and no id of a network', () => {
    fc.assert(
      fc.property(fc.array(anyProbe, { maxLength: 8 }), text, (probes, summary) => {
        const report = reportOf(
          { telegram: 'blocked' },
          {
            probes,
            network: { ...reportOf({}).network, resolvers: [network.resolver], mapped: own[1] },
            findings: [{ mechanism: 'stun-dpi', rule: 'U2', strength: 'strong', probes: [network.id], summary }],
          },
        );
        const measurement = measurementSchema.parse(toOoniMeasurement(report, '1.2.3', [own[0], own[2], '127.0.0.1']));
        const json = JSON.stringify(measurement);
        for (const address of [...own, network.resolver, network.id, network.title])
          expect(json).not.toContain(address);
      }),
      { numRuns: 300 },
    );
  });
});
