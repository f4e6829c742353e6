import type { PacketRule } from '../censor/censor.ts';
import { judged, type Expectation, type Judged, type Scenario } from './scenario.ts';

/** Censors that let calls begin, and then cut or spoil them. */

const telegramMedia = [
  ...['91.108.4.0/22', '91.108.8.0/22', '91.108.12.0/22', '91.108.16.0/22', '91.108.20.0/22', '91.108.56.0/22'],
  ...['91.105.192.0/23', '149.154.160.0/20', '185.76.151.0/24', '95.161.64.0/20'],
];

const cut: { calls: Judged } = { calls: judged(['degraded'], 'flow-cut') };

/** Flows to anybody: what needs UDP is concerned, and what was looked at itself is lost. */
const expectEveryFlowCut: Expectation = {
  states: ['online'],
  mechanisms: [['flow-cut']],
  services: {
    telegram: { calls: judged(['blocked'], 'flow-cut') },
    ...Object.fromEntries(
      [
        ...['whatsapp', 'messenger', 'signal', 'viber', 'teams', 'google_meet', 'zoom', 'facetime', 'discord'],
        ...['imo', 'line', 'wire'],
      ].map((id) => [id, cut]),
    ),
  },
};

const cutFrom = (from: Extract<PacketRule, { drop: 'flow' }>['from'], cidrs?: readonly string[]) => ({
  packets: [{ drop: 'flow' as const, from, ...(cidrs && { cidrs }) }],
});

const expectTelegramCut: Expectation = {
  states: ['online'],
  mechanisms: [['flow-cut']],
  services: { telegram: { calls: judged(['blocked'], 'flow-cut') } },
};

export const flowScenarios: Scenario[] = [
  {
    id: 'S20',
    title: 'a flow is dropped once packets like sound come in it',
    standsFor: 'Egypt 2015: calls connect, and nobody hears anything',
    censor: cutFrom('sound'),
    expect: expectEveryFlowCut,
  },
  {
    id: 'cut-20',
    title: 'every flow is dropped after twenty packets',
    standsFor: 'filters that make up their mind after a while',
    censor: cutFrom({ packets: 20 }),
    expect: expectEveryFlowCut,
  },
  {
    id: 'sound-telegram',
    title: "flows to one service's relays are dropped once packets like sound come in them",
    standsFor: 'Egypt 2015, where it depended on the service',
    censor: cutFrom('sound', telegramMedia),
    expect: expectTelegramCut,
  },
  {
    id: 'cut-20-telegram',
    title: "flows to one service's relays are dropped after twenty packets",
    standsFor: 'the same, by a filter that makes up its mind after a while',
    censor: cutFrom({ packets: 20 }, telegramMedia),
    expect: expectTelegramCut,
  },
  {
    id: 'S21',
    title: "three of ten packets to and from one service's relays are lost",
    standsFor: "Telegram's calls in Russia 2025",
    censor: { packets: [{ drop: 'share', cidrs: telegramMedia, pct: 30 }] },
    expect: {
      states: ['online'],
      mechanisms: [['throttle']],
      services: { telegram: { calls: judged(['degraded'], 'throttle') } },
    },
  },
];
