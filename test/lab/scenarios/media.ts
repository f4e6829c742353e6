import type { Censor } from '../censor/censor.ts';
import { judged, shutDown, type Expectation, type Judged, type Scenario } from './scenario.ts';

/** Censors that let messages pass and stop calls. */

const stunFilter: Censor = { packets: [{ drop: 'stun-cookie' }] };
const byStunFilter = judged(['degraded'], 'stun-dpi');
const expectStunFilter: Expectation = {
  states: ['online'],
  mechanisms: [['stun-dpi']],
  services: {
    whatsapp: { calls: byStunFilter },
    messenger: { calls: byStunFilter },
    // Its own relays were asked and fell silent; whether its other protocol still gets through is not known.
    telegram: { calls: judged(['blocked', 'degraded'], 'stun-dpi') },
    signal: { calls: byStunFilter },
    viber: { calls: byStunFilter },
    teams: { calls: byStunFilter },
    google_meet: { calls: byStunFilter },
    wire: { calls: byStunFilter },
  },
};

const withoutUdp = (...verdicts: Judged['verdicts'][number][]): { calls: Judged } => ({
  calls: judged(verdicts, 'udp-all'),
});

export const mediaScenarios: Scenario[] = [
  {
    id: 'S17',
    title: "UDP to the services' relays is dropped, TCP passes",
    standsFor: 'Morocco 2016, if it was done by address',
    censor: {
      packets: [
        {
          drop: 'prefix',
          transport: 'udp',
          cidrs: [
            ...['91.108.4.0/22', '91.108.8.0/22', '91.108.12.0/22', '91.108.16.0/22', '91.108.20.0/22'],
            ...['91.108.56.0/22', '149.154.160.0/20'],
            ...['31.13.24.0/21', '31.13.64.0/18', '157.240.0.0/17', '102.132.96.0/20', '179.60.192.0/22'],
            ...['185.60.216.0/22', '69.171.224.0/19', '66.220.144.0/20', '129.134.0.0/17', '57.144.0.0/14'],
            ...['18.195.4.0/23', '18.196.85.0/25', '34.246.114.0/23', '52.0.252.0/22'],
          ],
        },
      ],
    },
    expect: {
      states: ['online'],
      mechanisms: [['media-ip']],
      services: {
        telegram: { calls: judged(['blocked'], 'media-ip') },
        // Too little is proved about these relays for their silence to count.
        messenger: { calls: { verdicts: ['inconclusive', 'not-testable'] } },
        viber: { calls: { verdicts: ['inconclusive', 'not-testable'] } },
      },
    },
  },
  {
    id: 'S18',
    title: 'STUN is dropped on every port by its cookie, other UDP passes',
    standsFor: 'Morocco 2016 if it was done by inspection, Russia 2025',
    censor: stunFilter,
    expect: expectStunFilter,
  },
  {
    id: 'practice',
    title: 'messages pass, calls do not',
    standsFor: 'the practice network: the same filter as S18',
    censor: stunFilter,
    expect: expectStunFilter,
  },
  {
    id: 'S19',
    title: 'UDP port 3478 is dropped',
    standsFor: 'a simple rule of an operator',
    censor: { packets: [{ drop: 'udp', ports: [3478] }] },
    expect: {
      states: ['online'],
      mechanisms: [['udp-port']],
      services: {
        whatsapp: { calls: judged(['degraded'], 'udp-port') },
        signal: { calls: judged(['degraded'], 'udp-port') },
        // More ports than the one are documented, and some of them answer.
        google_meet: { calls: judged(['ok', 'degraded', 'inconclusive'], 'udp-port') },
        teams: { calls: judged(['ok', 'degraded', 'not-testable'], 'udp-port') },
        messenger: { calls: judged(['ok', 'degraded', 'inconclusive', 'not-testable'], 'udp-port') },
        zoom: { calls: judged(['degraded', 'not-testable'], 'udp-port') },
      },
    },
  },
  {
    id: 'S23',
    title: 'UDP port 443 is dropped, which pages can do without',
    standsFor: 'Iran 2022: QUIC',
    censor: { packets: [{ drop: 'udp', ports: [443] }] },
    expect: { states: ['online'], mechanisms: [] },
  },
  {
    id: 'S22',
    title: 'all UDP is dropped',
    standsFor: 'Iran 2022, strict firms',
    censor: { packets: [{ drop: 'udp' }] },
    expect: {
      states: ['restricted'],
      mechanisms: [['udp-all']],
      services: {
        whatsapp: withoutUdp('degraded'),
        messenger: withoutUdp('degraded'),
        telegram: withoutUdp('blocked', 'degraded'),
        signal: withoutUdp('degraded'),
        viber: withoutUdp('degraded'),
        teams: withoutUdp('degraded'),
        google_meet: withoutUdp('degraded'),
        zoom: withoutUdp('degraded'),
        facetime: withoutUdp('degraded'),
        discord: withoutUdp('degraded'),
        imo: withoutUdp('degraded'),
        line: withoutUdp('degraded'),
        wire: withoutUdp('degraded'),
        // Nothing is known for certain about what their calls need.
        botim: { calls: { verdicts: ['not-testable'] } },
        wechat: { calls: { verdicts: ['not-testable'] } },
        kakaotalk: { calls: { verdicts: ['not-testable'] } },
        webex: { calls: { verdicts: ['not-testable'] } },
        skype: shutDown,
      },
    },
  },
];
