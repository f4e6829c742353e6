import { expect, test } from 'vitest';
import type { Service, Target } from '../../../electron/check/catalogue.ts';
import type { Finding, Judgement, Probe, Report } from '../../../electron/check/report.ts';
import { whyNoLonger, whyNotHere } from '../../../scripts/catalogue/verify/guard.ts';
import { seeTargets, type Seen } from '../../../scripts/catalogue/verify/see.ts';

const sourced: Pick<Target, 'confidence' | 'asOf' | 'sources'> = {
  confidence: 'high',
  asOf: '2025-01',
  sources: ['a'],
};
const web: Target = {
  ...{ kind: 'tls', id: 'web', host: 'web.a.example', addresses: ['45.1.0.1'], ports: [443], role: 'site', ca: null },
  ...sourced,
};
const relay: Target = {
  ...{ kind: 'turn', id: 'relay', host: null, addresses: ['45.1.0.7', '45.1.0.8'], ports: [3478], role: 'relay' },
  ...{ answersStrangers: true, realm: 'a.example', dialect: 'rfc8656' },
  ...sourced,
};
const service = (target: Target, cidr = '45.1.0.0/24'): Service => ({
  ...{ id: 'a', name: 'A', owner: 'A', status: 'active', messages: [target], calls: [] },
  callPath: { needs: [], udpPorts: [], fallback: 'unknown', note: '', ...sourced },
  prefixes: [{ cidr, scope: 'all', ...sourced }],
});
const probe = (changes: Partial<Probe>): Probe => ({
  ...{ id: 'p1', kind: 'tls', service: 'a', target: 'web.a.example', address: '45.1.0.1', port: 443, outcome: 'ok' },
  ...{ failure: null, operation: null, startMs: 0, durationMs: 1, detail: { serverName: 'web.a.example' } },
  ...changes,
});
const atRelay = (changes: Partial<Probe>): Probe =>
  probe({ kind: 'turn', target: '45.1.0.7', address: '45.1.0.7', port: 3478, outcome: 'unauthorized', ...changes });
const report = (probes: Probe[], changes: Partial<Report> = {}): Report => ({
  ...{ schema: 1, startedAt: '2026-11-30T00:00:00.000Z', durationMs: 1, catalogue: { version: 1, asOf: '2026-11' } },
  network: { state: 'online', ipv4: true, ipv6: false, tunnel: 'none', resolvers: [], mapped: null },
  ...{ findings: [], services: [], quality: null, probes },
  ...changes,
});
const seen = (target: Target, probes: Probe[], cidr?: string): Seen | undefined =>
  seeTargets([service(target, cidr)], report(probes))[0]?.seen;

test('at a known address or in the ranges it is as expected, elsewhere it has moved', () => {
  expect(seen(web, [probe({})])).toEqual({ kind: 'as-expected', mute: [] });
  expect(seen(web, [probe({ address: '45.1.0.9' })])).toEqual({ kind: 'as-expected', mute: [] });
  expect(seen(web, [probe({ address: '99.1.1.1' })])).toEqual({ kind: 'moved', addresses: ['99.1.1.1'] });
  // Nothing is stated for the other family.
  expect(seen(web, [probe({ address: '2a00::1' })])).toEqual({ kind: 'as-expected', mute: [] });
});

test('a probe that shows the address another name, and one of another service, say nothing of the target', () => {
  const otherName = probe({ detail: { serverName: 'neutral.example' } });
  expect(seen(web, [otherName, probe({ service: 'b' }), probe({ port: 80 })])).toEqual({ kind: 'not-run' });
});

test('places that stay mute beside one that answers are named', () => {
  const mute = atRelay({ target: '45.1.0.8', address: '45.1.0.8', outcome: 'silent' });
  expect(seen(relay, [atRelay({ detail: { realm: 'a.example' } }), mute])).toEqual({
    kind: 'as-expected',
    mute: ['45.1.0.8:3478'],
  });
});

test('a relay with another realm, none, or that was not known to answer', () => {
  expect(seen(relay, [atRelay({ detail: { realm: 'b.example' } })])).toEqual({
    kind: 'other-realm',
    realm: 'b.example',
  });
  expect(seen(relay, [atRelay({ detail: {} })])).toEqual({ kind: 'other-realm', realm: null });
  const unknown: Target = { ...relay, answersStrangers: false, realm: null };
  expect(seen(unknown, [atRelay({ detail: { realm: 'x' } })])).toEqual({ kind: 'answers-after-all', realm: 'x' });
  expect(seen({ ...unknown, dialect: 'ms' }, [atRelay({ detail: { realm: 'nonce' } })])).toMatchObject({
    realm: null,
  });
  expect(seen(unknown, [atRelay({ outcome: 'silent' })])).toEqual({ kind: 'silent-as-known' });
  expect(seen(relay, [atRelay({ outcome: 'silent' })])).toEqual({ kind: 'silent' });
});

test('a name that nobody knows, a strange certificate, and another failure are told apart', () => {
  const denied = (kind: 'dns' | 'doh'): Probe => probe({ kind, detail: { answer: 'nxdomain' }, outcome: 'failed' });
  expect(seen(web, [denied('dns'), denied('doh')])).toEqual({ kind: 'gone' });
  const certificate = { issuer: 'CN=B', failure: 'ssl_unknown_authority' };
  const detail = { serverName: 'web.a.example', certificate };
  expect(seen(web, [probe({ outcome: 'failed', detail })])).toEqual({ kind: 'other-certificate', ...certificate });
  expect(seen(web, [probe({ outcome: 'failed', failure: 'connection_refused' })])).toEqual({
    kind: 'failed',
    failure: 'connection_refused',
  });
});

const control = (kind: Probe['kind'], outcome: string): Probe =>
  probe({ kind, service: null, target: 'neutral.example', outcome });
const good = (['dns', 'doh', 'tls', 'stun'] as const).map((kind) => control(kind, 'ok'));

test('an open network is a good place; one that is not online, finds anything or has no controls is none', () => {
  expect(whyNotHere(report(good))).toEqual([]);
  const network = { ...report([]).network, state: 'restricted' as const };
  expect(whyNotHere(report(good, { network }))).toEqual(['The network is restricted.']);
  const finding: Finding = { mechanism: 'stun-dpi', rule: 'U2', strength: 'strong', probes: [], summary: 'x' };
  expect(whyNoLonger(report(good, { findings: [finding] }))).toEqual(['stun-dpi (U2): x']);
  expect(whyNotHere(report(good.slice(1)))).toEqual(['Half or more of the controls of kind dns fail.']);
  expect(whyNotHere(report([...good, control('tls', 'failed')]))).toEqual([
    'Half or more of the controls of kind tls fail.',
  ]);
});

test('a blocked service is reason enough, but not for the patient check, which asks what verdicts do not rest on', () => {
  const messages: Judgement = { verdict: 'ok', mechanisms: [], rule: 'OK', strength: 'strong', probes: [] };
  const calls: Judgement = { ...messages, verdict: 'blocked', mechanisms: ['media-ip'], rule: 'U3' };
  const blocked = report(good, { services: [{ id: 'a', name: 'A', messages, calls }] });
  expect(whyNotHere(blocked)).toEqual(['A: calls blocked by media-ip (U3).']);
  expect(whyNoLonger(blocked)).toEqual([]);
});

test('a resolver that denies what an encrypted one knows is reason enough', () => {
  const denial = probe({ kind: 'dns', detail: { resolver: 'system', answer: 'nxdomain' }, outcome: 'failed' });
  const known = probe({ kind: 'doh', outcome: 'ok' });
  expect(whyNoLonger(report([...good, denial, denial, known]))).toEqual([
    'The resolver of this network denies web.a.example, which there is.',
  ]);
  expect(whyNoLonger(report([...good, denial]))).toEqual([]);
});
