import { withoutOwnAddresses } from '../own-addresses.ts';
import type { Finding, Judgement, Report } from '../report.ts';
import { toRecords, type OoniRecords } from './records.ts';

/**
 * A report in the shape of OONI's measurements: base format 0.2.0 (ooni/spec df-000), with records df-001 (requests),
 * df-002 (queries), df-005 (tcp_connect), df-006 (tls_handshakes) and df-008 (network_events). What OONI fills with the
 * place of the probe has OONI's values for "not told"; the resolver's address is left out.
 */
export interface OoniMeasurement {
  annotations: Record<string, string>;
  data_format_version: '0.2.0';
  /** Versions of the records' formats. */
  extensions: Record<string, number>;
  input: null;
  /** UTC, to the second, as OONI writes it. */
  measurement_start_time: string;
  test_start_time: string;
  options: string[];
  probe_asn: 'AS0';
  probe_cc: 'ZZ';
  probe_ip: '127.0.0.1';
  probe_network_name: '';
  report_id: '';
  resolver_asn: 'AS0';
  resolver_network_name: '';
  software_name: 'sawt';
  software_version: string;
  test_helpers: Record<string, never>;
  test_name: 'sawt_voip';
  test_version: '0.1.0';
  /** Seconds. */
  test_runtime: number;
  test_keys: OoniRecords & {
    network_state: Report['network']['state'];
    findings: Pick<Finding, 'mechanism' | 'rule' | 'strength'>[];
    services: { id: string; messages: OoniJudgement; calls: OoniJudgement }[];
  };
}
type OoniJudgement = Pick<Judgement, 'verdict' | 'mechanisms' | 'rule' | 'strength'>;

/** Built from named fields only, and from a report without own addresses; `own` are those of this computer. */
export function toOoniMeasurement(report: Report, version: string, own: readonly string[]): OoniMeasurement {
  const { startedAt, durationMs, catalogue, network, findings, services, probes } = withoutOwnAddresses(report, own);
  const startTime = startedAt.slice(0, 19).replace('T', ' ');
  return {
    annotations: {
      catalogue_version: String(catalogue.version),
      catalogue_as_of: catalogue.asOf,
      tunnel: network.tunnel,
    },
    data_format_version: '0.2.0',
    extensions: { dnst: 0, httpt: 0, netevents: 0, tcpconnect: 0, tlshandshake: 0 },
    input: null,
    measurement_start_time: startTime,
    test_start_time: startTime,
    options: [],
    probe_asn: 'AS0',
    probe_cc: 'ZZ',
    probe_ip: '127.0.0.1',
    probe_network_name: '',
    report_id: '',
    resolver_asn: 'AS0',
    resolver_network_name: '',
    software_name: 'sawt',
    software_version: version,
    test_helpers: {},
    test_name: 'sawt_voip',
    test_version: '0.1.0',
    test_runtime: durationMs / 1000,
    test_keys: {
      // The person's own server is nobody's business, and what went to it is no measurement of a service.
      ...toRecords(probes.filter(({ kind }) => kind !== 'signature')),
      network_state: network.state,
      findings: findings.map(({ mechanism, rule, strength }) => ({ mechanism, rule, strength })),
      services: services.map(({ id, messages, calls }) => ({ id, messages: judged(messages), calls: judged(calls) })),
    },
  };
}

function judged({ verdict, mechanisms, rule, strength }: Judgement): OoniJudgement {
  return { verdict, mechanisms, rule, strength };
}
