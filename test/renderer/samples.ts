import type {
  AccountProviderView,
  AppInfo,
  Change,
  Comparison,
  Connection,
  Doctor,
  Finding,
  Judgement,
  Mechanism,
  Probe,
  ProbedServer,
  ProfileSummary,
  RegisteredDeviceView,
  Rehearsal,
  RelaySummary,
  Report,
  ServersView,
  ServiceReport,
  Signature,
  Verdict,
} from '../../electron/api/schema.ts';
import { explainReport } from '../../electron/check/explain/explain.ts';

export const appInfo: AppInfo = {
  version: '0.1.0',
  front: 'browser',
  practice: false,
  catalogue: { version: 3, asOf: '2026-08-22' },
};

export const doctor: Doctor = {
  system: 'Debian GNU/Linux 12',
  tools: [{ name: 'wg', path: '/usr/bin/wg', version: '1.0', neededFor: 'WireGuard', install: null }],
  backends: [{ name: 'direct', usable: true, reason: null }],
  permission: 'root',
  leftovers: false,
};

export const doctorWithGaps: Doctor = {
  ...doctor,
  tools: [
    { name: 'wg', path: null, version: null, neededFor: 'WireGuard', install: 'apt install wireguard-tools' },
    { name: 'nft', path: null, version: null, neededFor: 'leak lock', install: 'apt install nftables' },
  ],
  backends: [{ name: 'direct', usable: false, reason: 'wg is missing' }],
  permission: 'user',
  leftovers: true,
};

export const disconnected: Connection = {
  state: 'disconnected',
  stage: null,
  profile: null,
  backend: null,
  since: null,
  durationMs: null,
  killSwitch: false,
  verified: null,
  attempts: [],
  error: null,
};

export const profile: ProfileSummary = {
  id: 'p-4f0c1d2e3a4b5c6d',
  name: 'Madrid',
  kind: 'wireguard',
  endpoint: '203.0.113.3:51820',
  provider: 'example',
  dropped: [
    { line: 7, directive: 'PostUp', reason: 'runs a command' },
    { line: 9, directive: 'Table', reason: 'Sawt makes its own routes' },
  ],
  warnings: [{ code: 'no-ipv6', text: 'No IPv6.' }],
};

export const otherProfile: ProfileSummary = {
  id: 'p-0011223344556677',
  name: 'بيت العائلة',
  kind: 'openvpn',
  endpoint: 'vpn.example.org:1194',
  provider: null,
  dropped: [],
  warnings: [],
};

export const relaySummary: RelaySummary = {
  ways: [
    { transport: 'udp', host: '203.0.113.5', port: 3478 },
    { transport: 'tls', host: 'relay.example.org', port: 5349 },
  ],
  username: 'caller',
  ownAuthority: true,
};

/** A call that was cut over UDP, by a relay that could not be reached over TLS. */
export const rehearsal: Rehearsal = {
  outcome: 'cut',
  rule: 'K2',
  ways: [
    {
      ...{ transport: 'udp', port: 3478, outcome: 'cut', rule: 'K2', rttMs: 48, jitterMs: 3, mos: null },
      there: { sent: 120, lost: 60, lossPct: 50, lossUpperPct: 59.2 },
      back: { sent: 120, lost: 62, lossPct: 51.7, lossUpperPct: 60.8 },
      ...{ verdictMs: 4200, code: null, probe: 'p90' },
    },
    {
      ...{ transport: 'tls', port: 5349, outcome: 'no-relay', rule: null, rttMs: null, jitterMs: null, mos: null },
      ...{ there: null, back: null, verdictMs: 3000, code: null, probe: 'p91' },
    },
  ],
};

/** Of the first profile, of the second, and one that did not answer; the best first. */
export const probedServers: [ProbedServer, ProbedServer, ProbedServer] = [
  {
    ...{ rank: 1, standing: 'usable', reason: 'best', profile: 'p-4f0c1d2e3a4b5c6d', server: null, name: 'Madrid' },
    ...{ endpoint: '203.0.113.3:51820', method: 'wireguard', rttMs: 12, jitterMs: 1, lossPct: 0 },
  },
  {
    ...{ rank: 2, standing: 'usable', reason: 'rtt', profile: 'p-0011223344556677', server: null },
    ...{ name: 'بيت العائلة', endpoint: '203.0.113.9:1194', method: 'openvpn-udp' },
    ...{ rttMs: 80, jitterMs: 4, lossPct: 33 },
  },
  {
    ...{ rank: 3, standing: 'unreached', reason: 'reachable', profile: 'p-4f0c1d2e3a4b5c6d', server: 'es-mad-2' },
    ...{ name: 'Madrid, ES (es-mad-2)', endpoint: '203.0.113.4:51820', method: 'wireguard' },
    ...{ rttMs: null, jitterMs: null, lossPct: 100 },
  },
];

export const serversView: ServersView = {
  origin: 'bundled',
  developmentKey: true,
  expired: false,
  listVersion: 1,
  issuedAt: '2026-11-01T00:00:00.000Z',
  expiresAt: '2027-11-01T00:00:00.000Z',
  providers: [
    {
      id: 'example',
      name: 'Example VPN',
      hostSuffixes: ['.example.net'],
      sharedKey: false,
      oneKeyForAll: true,
      credential: 'An account.',
    },
  ],
  servers: [
    server('es-mad-1', 'ES', 'Madrid', '203.0.113.3'),
    server('fr-par-1', 'FR', 'Paris', '203.0.113.4'),
    server('se-sto-1', 'SE', 'Stockholm', '203.0.113.5'),
  ],
};

const accountProvider = (changes: Partial<AccountProviderView>): AccountProviderView => ({
  ...{ id: 'example', name: 'Example VPN', asks: 'number', servers: 'list', secondKey: true, giveBack: 'session' },
  ...{ website: 'https://example.net/keys', file: 'Log in and download a file.', registers: true, openvpn: null },
  ...changes,
});

export const accountProviders: AccountProviderView[] = [
  accountProvider({}),
  accountProvider({
    ...{ id: 'live', name: 'Live VPN', asks: 'login', servers: 'provider' },
    openvpn: { asks: 'login', free: false, needsFile: true, strangers: false, file: 'Log in and download a file.' },
  }),
  accountProvider({ id: 'strict', name: 'Strict VPN', giveBack: 'account' }),
  accountProvider({
    ...{ id: 'other', name: 'Other VPN', website: 'https://other.example/keys', registers: false, asks: null },
    giveBack: 'site',
  }),
  accountProvider({
    ...{ id: 'gift', name: 'Gift VPN', asks: null, servers: 'provider', registers: false, secondKey: false },
    openvpn: { asks: null, free: true, needsFile: false, strangers: false, file: 'No account is needed.' },
  }),
  accountProvider({
    ...{ id: 'crowd', name: 'Crowd VPN', asks: null, servers: 'provider', registers: false, secondKey: false },
    openvpn: { asks: null, free: true, needsFile: false, strangers: true, file: 'No account is needed.' },
  }),
];

export const device: RegisteredDeviceView = {
  ...{ id: 'd-1', provider: 'example', purpose: 'phone', profile: 'p-1', expiresAt: null },
  createdAt: '2026-11-24T12:00:00.000Z',
};

function server(id: string, country: string, city: string, ipv4: string): ServersView['servers'][number] {
  return {
    id,
    provider: 'example',
    country,
    city,
    hostname: `${id}.example.net`,
    ipv4,
    ipv6: null,
    wireguard: { publicKey: 'xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=', ports: [51820] },
    openvpn: null,
    confidence: 'H',
    asOf: '2026-08-22',
    sources: [],
  };
}

export function judgement(verdict: Verdict, mechanism?: Mechanism, probes: string[] = []): Judgement {
  return {
    verdict,
    mechanisms: mechanism === undefined ? [] : [mechanism],
    rule: verdict === 'ok' ? 'OK' : 'U2',
    strength: 'strong',
    probes,
  };
}

export function service(id: string, name: string, messages: Judgement, calls: Judgement): ServiceReport {
  return { id, name, messages, calls };
}

export function probe(id: string, fields: Partial<Probe> = {}): Probe {
  return {
    id,
    kind: 'tls',
    service: null,
    target: 'web.telegram.org',
    address: '149.154.167.99',
    port: 443,
    outcome: 'ok',
    failure: null,
    operation: null,
    startMs: 12,
    durationMs: 41,
    ...fields,
  };
}

const silent: Partial<Probe> = {
  kind: 'stun',
  port: 3478,
  outcome: 'silent',
  failure: 'generic_timeout_error',
  operation: 'stun_binding',
  durationMs: 3000,
};

const probes: Probe[] = [
  probe('p1', { kind: 'dns', service: 'telegram', address: '10.20.0.1', port: 53, startMs: 3, durationMs: 18 }),
  probe('p2', { service: 'telegram', startMs: 24 }),
  probe('p3', { ...silent, target: 'stun.example.org', address: '192.0.2.10', startMs: 5 }),
  probe('p4', { ...silent, target: 'stun.example.com', address: '198.51.100.7', port: 19302, startMs: 5 }),
  probe('p5', { kind: 'udp', target: 'ntp.example.org', address: '192.0.2.44', port: 123, startMs: 6, durationMs: 38 }),
  probe('p6', { ...silent, service: 'telegram', target: '91.108.8.1', address: '91.108.8.1', startMs: 8 }),
];

const names: [string, string][] = [
  ['whatsapp', 'WhatsApp'],
  ['messenger', 'Messenger'],
  ['telegram', 'Telegram'],
  ['signal', 'Signal'],
  ['viber', 'Viber'],
  ['teams', 'Microsoft Teams'],
  ['google_meet', 'Google Meet'],
  ['zoom', 'Zoom'],
];

export function report(
  services: ServiceReport[],
  findings: Finding[] = [],
  network: Partial<Report['network']> = {},
): Report {
  return explainReport({
    schema: 1,
    startedAt: '2026-11-24T12:00:00.000Z',
    durationMs: 3120,
    catalogue: appInfo.catalogue,
    network: {
      state: 'online',
      ipv4: true,
      ipv6: false,
      tunnel: 'none',
      resolvers: ['10.20.0.1'],
      mapped: null,
      ...network,
    },
    findings,
    services,
    quality: null,
    probes,
  });
}

const stunFinding: Finding = {
  mechanism: 'stun-dpi',
  rule: 'U2',
  strength: 'strong',
  probes: ['p3', 'p4', 'p5'],
  summary: 'Packets that set up calls are dropped on every port; other UDP passes.',
};

const callsBlocked = judgement('blocked', 'stun-dpi', ['p3', 'p4', 'p5', 'p6']);
const worksAs = (id: string): Judgement => judgement('ok', undefined, id === 'telegram' ? ['p1', 'p2'] : ['p2']);

/** Messages pass, call set-up is dropped: the network of the practice. */
export const blockedReport = report(
  names.map(([id, name]) => {
    const fallback = id === 'teams' || id === 'zoom' || id === 'google_meet';
    const calls = fallback ? judgement('degraded', 'stun-dpi', ['p3', 'p4', 'p5']) : callsBlocked;
    return service(id, name, worksAs(id), calls);
  }),
  [stunFinding],
);

export const cleanReport = report(
  names.map(([id, name]) => {
    const calls = id === 'viber' ? judgement('not-testable') : judgement('ok', undefined, ['p2']);
    return service(id, name, worksAs(id), calls);
  }),
);

const filtered: Signature = {
  service: 'viber',
  name: 'Viber',
  result: 'filtered',
  strength: 'certain',
  reason: null,
  spoiled: true,
  shapes: [],
  probes: [],
};
/** Everything works, and packets that look like calls were sent to a server of one's own. */
export const signatureReport: Report = {
  ...cleanReport,
  signatures: [
    { ...filtered, service: 'whatsapp', name: 'WhatsApp', result: 'passed', strength: null, spoiled: false },
    filtered,
    {
      ...filtered,
      service: 'teams',
      name: 'Teams',
      result: 'inconclusive',
      strength: null,
      reason: 'controls',
      spoiled: false,
    },
  ],
};

/** Several mechanisms side by side, and every verdict. */
export const mixedReport = report([
  service('whatsapp', 'WhatsApp', judgement('ok'), judgement('blocked', 'media-ip', ['p3', 'p5'])),
  service('messenger', 'Messenger', judgement('blocked', 'dns-bogon', ['p1']), judgement('not-run')),
  service('telegram', 'Telegram', judgement('blocked', 'tcp-drop', ['p2']), judgement('blocked', 'udp-port', ['p6'])),
  service('signal', 'Signal', judgement('ok'), judgement('blocked', 'sni-reset', ['p2'])),
  service('viber', 'Viber', judgement('inconclusive'), judgement('not-testable')),
  service('teams', 'Microsoft Teams', judgement('ok'), judgement('degraded', 'udp-port', ['p3'])),
  service('skype', 'Skype', judgement('stale'), judgement('stale')),
  service('zoom', 'Zoom', judgement('blocked', 'tls-mitm', ['p2']), judgement('blocked', 'tls-mitm', ['p2'])),
]);

export const offlineReport = report([], [], { state: 'offline', ipv4: false });
export const portalReport = report([], [], { state: 'portal' });

export function compare(before: Report, after: Report): Comparison {
  const works = ({ verdict }: Judgement): boolean => verdict === 'ok';
  const fails = ({ verdict }: Judgement): boolean => verdict === 'blocked' || verdict === 'degraded';
  const change = (one: Judgement, other: Judgement): Change => {
    if (works(one)) return works(other) ? 'same-ok' : fails(other) ? 'newly-blocked' : 'unknown';
    if (fails(one)) return works(other) ? 'fixed' : fails(other) ? 'still-blocked' : 'unknown';
    return 'unknown';
  };
  return {
    before,
    after,
    services: before.services.flatMap((service) => {
      const later = after.services.find(({ id }) => id === service.id);
      if (later === undefined) return [];
      const { id, name } = service;
      return [
        { id, name, messages: change(service.messages, later.messages), calls: change(service.calls, later.calls) },
      ];
    }),
  };
}

export const comparison = compare(blockedReport, cleanReport);

export const connected: Connection = {
  ...disconnected,
  state: 'connected',
  profile: profile.id,
  backend: 'direct',
  since: '2026-11-24T12:00:02.000Z',
  durationMs: 640,
  killSwitch: true,
  verified: {
    handshake: true,
    traffic: true,
    exit: '203.0.113.3',
    dnsInTunnel: true,
    ipv6: 'tunnelled',
    calls: 'ok',
  },
  attempts: [{ transport: 'wireguard-udp', endpoint: '203.0.113.3:51820', result: 'ok', durationMs: 95 }],
};

export const failed: Connection = {
  ...disconnected,
  state: 'failed',
  profile: profile.id,
  backend: 'direct',
  attempts: [{ transport: 'wireguard-udp', endpoint: '203.0.113.3:51820', result: 'silent', durationMs: 5000 }],
  error: { code: 'handshake-silent', message: 'The server did not answer.' },
};
