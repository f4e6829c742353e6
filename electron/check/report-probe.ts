import { timeoutFailure } from './net/failures.ts';
import {
  succeeded,
  type AnyProbe,
  type CallProbe,
  type DnsOutcome,
  type Failed,
  type FlowProbe,
  type Speed,
  type UdpProbe,
} from './probe.ts';
import type { Operation, Probe } from './report.ts';

/** A record as the report shows it: outcome in one word, failure in OONI's, the rest as detail. Own addresses stay out. */
export function toReportProbe(probe: AnyProbe): Probe {
  const { id, kind, service, port, startMs, durationMs } = probe;
  // Which relay the user has is known to nobody else, and a report may be shown to others.
  const { target, address } = kind === 'turn-call' ? { target: 'relay', address: null } : probe;
  const base = { id, kind, service, target, address, port, startMs, durationMs };
  return { ...base, ...describe(probe), detail: detailOf(probe) };
}

type Seen = Pick<Probe, 'outcome' | 'failure' | 'operation'>;

function describe(probe: AnyProbe): Seen {
  const { outcome } = probe;
  if (outcome.kind === 'failed') return failed(outcome);
  if (probe.kind === 'dns' || probe.kind === 'doh') return describeDns(probe.outcome);
  if (outcome.kind === 'bad-certificate') {
    return { outcome: 'failed', failure: outcome.certificate.failure, operation: 'tls_handshake' };
  }
  const operation = datagramOperation(probe);
  if (probe.kind === 'turn-call' && outcome.kind === 'called' && outcome.end === 'silence')
    return { outcome: 'cut', failure: timeoutFailure, operation: 'read' };
  if (outcome.kind === 'rejected') return { outcome: 'rejected', failure: null, operation };
  if (outcome.kind === 'cut') return { outcome: 'cut', failure: timeoutFailure, operation };
  if (outcome.kind === 'silent') return { outcome: 'silent', failure: timeoutFailure, operation };
  if (outcome.kind === 'refused') {
    return { outcome: 'failed', failure: 'failure' in outcome ? outcome.failure : null, operation };
  }
  const word = outcome.kind === 'connected' || !succeeded(probe) ? 'ok' : outcome.kind;
  return { outcome: word, failure: null, operation: null };
}

function failed({ failure, operation }: Failed): Seen {
  return { outcome: failure === timeoutFailure ? 'silent' : 'failed', failure, operation };
}

const dnsFailures: Readonly<Record<string, string>> = {
  nxdomain: 'dns_nxdomain_error',
  empty: 'dns_no_answer',
  servfail: 'dns_servfail_error',
  refused: 'dns_refused_error',
};

function describeDns(outcome: DnsOutcome): Seen {
  if (outcome.kind === 'failed') return failed(outcome);
  if (outcome.kind === 'answered') return { outcome: 'ok', failure: null, operation: null };
  if (outcome.kind === 'silent') return { outcome: 'silent', failure: timeoutFailure, operation: 'resolve' };
  return { outcome: 'failed', failure: dnsFailures[outcome.kind] ?? null, operation: 'resolve' };
}

function datagramOperation(probe: AnyProbe): Operation {
  const { kind } = probe;
  if (kind === 'signature') return probe.method === 'allocate' ? 'turn_allocate' : 'stun_binding';
  if (kind === 'stun' || kind === 'flow') return 'stun_binding';
  return kind === 'turn' || kind === 'turn-call' ? 'turn_allocate' : 'read';
}

function detailOf(probe: AnyProbe): Record<string, unknown> {
  switch (probe.kind) {
    case 'dns':
      return {
        resolver: probe.resolver,
        ...dnsDetail(probe.outcome),
        ...(probe.second && { second: dnsDetail(probe.second) }),
      };
    case 'doh':
      return { resolver: probe.resolver, ...dnsDetail(probe.outcome) };
    case 'tls':
      return {
        serverName: probe.serverName,
        ...('certificate' in probe.outcome && { certificate: probe.outcome.certificate }),
      };
    case 'http':
      return { path: probe.path, ...(probe.outcome.kind === 'answered' && pageDetail(probe.outcome)) };
    case 'stun':
      return { style: probe.style, ...rttDetail(probe.outcome) };
    case 'turn':
      return { ...rttDetail(probe.outcome), ...('realm' in probe.outcome && { realm: probe.outcome.realm }) };
    case 'goodput':
      return { serverName: probe.serverName, ...(probe.outcome.kind === 'answered' && speedDetail(probe.outcome)) };
    case 'flow':
      return { load: probe.load, everyMs: probe.everyMs, ...flowDetail(probe.outcome) };
    case 'signature':
      return {
        role: probe.role,
        shape: probe.shape,
        ...rttDetail(probe.outcome),
        ...('code' in probe.outcome && { code: probe.outcome.code }),
      };
    case 'tcp':
      return rttDetail(probe.outcome);
    case 'turn-call':
      return { transport: probe.transport, ...callDetail(probe.outcome) };
    case 'udp':
      return { ...rttDetail(probe.outcome), ...clockDetail(probe.outcome) };
  }
}

function dnsDetail(outcome: DnsOutcome): Record<string, unknown> {
  return outcome.kind === 'answered' ? { answers: outcome.addresses } : { answer: outcome.kind };
}

function speedDetail({ bytes, kbitPerS, isSteady }: Speed & { bytes: number }): Record<string, unknown> {
  return { bytes, kbitPerS: Math.round(kbitPerS), isSteady };
}

function pageDetail({
  status,
  redirectHost,
  title,
}: {
  status: number;
  redirectHost: string | null;
  title: string | null;
}): Record<string, unknown> {
  return { status, redirectHost, title };
}

function flowDetail(outcome: FlowProbe['outcome']): Record<string, unknown> {
  if (outcome.kind !== 'answered' && outcome.kind !== 'cut') return {};
  const { stream } = outcome;
  const cut = outcome.kind === 'cut' && {
    passed: outcome.passed,
    unanswered: outcome.unanswered,
    fresh: outcome.fresh,
  };
  const series = stream && { sent: stream.sent, lost: stream.lost, jitterMs: rounded(stream.jitterMs) };
  return { ...rttDetail(stream ?? outcome), ...series, ...cut };
}

function callDetail(outcome: CallProbe['outcome']): Record<string, unknown> {
  if (outcome.kind === 'rejected') return { code: outcome.code };
  if (outcome.kind !== 'called') return {};
  const { setupMs, ice, dtls, there, back, sameLine, freshLine } = outcome;
  const heard = ({ sent, lost, passed, delayMs, jitterMs }: typeof there): Record<string, number> => ({
    ...{ sent, lost, passed, delayMs: rounded(delayMs), jitterMs: rounded(jitterMs) },
  });
  const asked = sameLine === null ? {} : { sameLine, freshLine };
  return { setupMs: rounded(setupMs), ice, dtls, there: heard(there), back: heard(back), ...asked };
}

function rttDetail(outcome: object): Record<string, unknown> {
  return 'rttMs' in outcome && typeof outcome.rttMs === 'number' ? { rttMs: rounded(outcome.rttMs) } : {};
}

function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}

/** Only a clock that is off by more than a minute is worth telling: how far exactly is nobody's business. */
function clockDetail(outcome: UdpProbe['outcome']): Record<string, unknown> {
  if (outcome.kind !== 'answered' || Math.abs(outcome.clockAheadMs ?? 0) < 60_000) return {};
  return { clockAheadMinutes: Math.round((outcome.clockAheadMs ?? 0) / 60_000) };
}
