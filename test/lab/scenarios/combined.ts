import type { Mechanism } from '../../../electron/check/report.ts';
import { telegram } from './addresses.ts';
import { shutDown, unjudged, judged, type Scenario, type ServiceExpectation } from './scenario.ts';

/** Censors that do several things at once, or treat services differently. */

const meta = [
  '31.13.24.0/21',
  '31.13.64.0/18',
  '157.240.0.0/17',
  '102.132.96.0/20',
  '179.60.192.0/22',
  '57.144.0.0/14',
];
const unjudgedCalls = { verdicts: ['blocked', 'degraded', ...unjudged.verdicts] } as const;

/** Messages do not pass, so that no call can be set up either. */
const blockedBy = (mechanism: Mechanism): ServiceExpectation => ({
  messages: judged(['blocked'], mechanism),
  calls: judged(['blocked'], mechanism),
});

export const combinedScenarios: Scenario[] = [
  {
    id: 'S26',
    title: 'only a few operators pass, whatever else is asked for is dropped',
    standsFor: 'Iran and Russia 2026',
    censor: { packets: [{ drop: 'others', cidrs: ['151.101.0.0/16', '3.7.35.0/25', '3.235.82.0/23'] }] },
    expect: {
      states: ['restricted'],
      mechanisms: [['allow-list']],
      mayName: ['udp-all', 'doh-blocked'],
      services: {
        '*': { messages: { verdicts: ['ok', ...unjudged.verdicts] }, calls: unjudgedCalls },
        skype: shutDown,
      },
    },
  },
  {
    id: 'S27',
    title: "firms' services pass, calls of the people's services do not",
    standsFor: 'United Arab Emirates 2020',
    censor: {
      packets: [
        {
          drop: 'prefix',
          transport: 'udp',
          cidrs: [...meta, '17.0.0.0/8', '91.108.8.0/22', '91.108.12.0/22', '91.108.16.0/22'],
        },
      ],
      web: [{ match: 'sni', names: ['facetime.apple.com', 'skype.com', 'sfu.voip.signal.org'], action: 'reset' }],
    },
    expect: {
      states: ['online'],
      mechanisms: [['media-ip'], ['sni-reset']],
      services: {
        telegram: { calls: judged(['blocked'], 'media-ip') },
        facetime: { calls: judged(['blocked'], 'sni-reset') },
        signal: { calls: judged(['blocked', 'degraded'], 'sni-reset') },
        // Their relays answer no stranger, or it is too little proved that they do.
        whatsapp: { calls: { verdicts: ['not-testable'] } },
        messenger: { calls: { verdicts: ['not-testable', 'inconclusive'] } },
      },
    },
  },
  {
    id: 'names-and-stun',
    title: "one service's names are denied, and STUN is dropped for all",
    standsFor: 'an operator that blocks calls, and one service as a whole',
    censor: {
      names: [{ names: ['whatsapp.net', 'whatsapp.com'], answer: 'nxdomain' }],
      packets: [{ drop: 'stun-cookie' }],
    },
    expect: {
      states: ['online'],
      mechanisms: [['dns-nxdomain'], ['stun-dpi']],
      services: {
        whatsapp: {
          messages: judged(['blocked'], 'dns-nxdomain'),
          calls: judged(['blocked', 'degraded'], 'dns-nxdomain', 'stun-dpi'),
        },
        messenger: { calls: judged(['degraded'], 'stun-dpi') },
        telegram: { calls: judged(['blocked', 'degraded'], 'stun-dpi') },
        signal: { calls: judged(['degraded'], 'stun-dpi') },
        viber: { calls: judged(['degraded'], 'stun-dpi') },
        teams: { calls: judged(['degraded'], 'stun-dpi') },
        google_meet: { calls: judged(['degraded'], 'stun-dpi') },
        wire: { calls: judged(['degraded'], 'stun-dpi') },
      },
    },
  },
  {
    id: 'port-and-addresses',
    title: "UDP port 3478 is dropped, and so is every connection to one service's addresses",
    standsFor: 'two simple rules on one router',
    censor: {
      packets: [
        { drop: 'udp', ports: [3478] },
        { drop: 'prefix', transport: 'tcp', cidrs: ['149.154.160.0/20', '91.108.4.0/22', '95.161.64.0/20'] },
      ],
    },
    expect: {
      states: ['online'],
      mechanisms: [['udp-port'], ['tcp-drop']],
      services: {
        telegram: { messages: judged(['blocked'], 'tcp-drop'), calls: judged(['blocked'], 'tcp-drop') },
        whatsapp: { calls: judged(['degraded'], 'udp-port') },
        signal: { calls: judged(['degraded'], 'udp-port') },
      },
    },
  },
  {
    id: 'hijack',
    title: "questions to other resolvers are answered by the ISP's own, which lies",
    standsFor: 'transparent DNS proxies: changing the resolver does not help there',
    censor: { hijackResolvers: true, names: [{ names: ['signal.org'], answer: 'nxdomain' }] },
    expect: {
      states: ['online'],
      mechanisms: [['dns-nxdomain'], ['dns-injection']],
      services: {
        signal: {
          messages: judged(['blocked'], 'dns-nxdomain', 'dns-injection'),
          calls: judged(['blocked', 'degraded'], 'dns-nxdomain', 'dns-injection'),
        },
      },
    },
  },
  {
    id: 'patchwork',
    title: 'seven services are blocked in seven ways',
    standsFor: 'rules of many years side by side',
    censor: {
      names: [
        { names: ['whatsapp.net', 'whatsapp.com'], answer: 'nxdomain' },
        { names: ['imo.im'], answer: 'empty' },
        { names: ['line.me', 'line-apps.com'], answer: 'servfail' },
        { names: ['botim.me'], answer: 'refused' },
      ],
      web: [
        { match: 'sni', names: ['signal.org'], action: 'reset' },
        { match: 'sni', names: ['wire.com'], action: 'mitm' },
      ],
      packets: [{ drop: 'prefix', transport: 'udp', how: 'icmp', cidrs: telegram }],
    },
    expect: {
      states: ['online'],
      mechanisms: [
        ...([['dns-nxdomain'], ['dns-empty'], ['dns-servfail'], ['dns-refused']] as const),
        ...([['sni-reset'], ['tls-mitm'], ['icmp']] as const),
      ],
      services: {
        whatsapp: blockedBy('dns-nxdomain'),
        imo: blockedBy('dns-empty'),
        line: blockedBy('dns-servfail'),
        botim: blockedBy('dns-refused'),
        signal: blockedBy('sni-reset'),
        wire: blockedBy('tls-mitm'),
        telegram: { calls: judged(['blocked'], 'icmp') },
      },
    },
  },
];
