import type { Mechanism } from '../../../electron/check/report.ts';
import type { PacketRule } from '../censor/censor.ts';
import { judged, type Expectation, type Scenario } from './scenario.ts';

/** Censors that know a service by its addresses. */

type PrefixRule = Extract<PacketRule, { drop: 'prefix' }>;

export const telegram = [
  ...['91.108.4.0/22', '91.108.8.0/22', '91.108.12.0/22', '91.108.16.0/22', '91.108.20.0/22', '91.108.56.0/22'],
  ...['91.105.192.0/23', '149.154.160.0/20', '185.76.151.0/24', '95.161.64.0/20'],
];

/** Telegram is reached by its own addresses only; without them nothing of it is left. */
const expectTelegram = (mechanism: Mechanism): Expectation => ({
  states: ['online'],
  mechanisms: [[mechanism]],
  services: { telegram: { messages: judged(['blocked'], mechanism), calls: judged(['blocked'], mechanism) } },
});
const toTelegram = (how: PrefixRule['how'], transport: PrefixRule['transport']): PrefixRule[] => [
  { drop: 'prefix', cidrs: telegram, transport, ...(how && { how }) },
];

export const addressScenarios: Scenario[] = [
  {
    id: 'S09',
    title: 'connections to the addresses of a service vanish',
    standsFor: "Telegram's data centres in several countries",
    censor: { packets: toTelegram('silently', 'tcp') },
    expect: expectTelegram('tcp-drop'),
  },
  {
    id: 'S10',
    title: 'connections to the addresses of a service are refused',
    standsFor: 'a filter that answers in the place of the server',
    censor: { packets: toTelegram('reset', 'tcp') },
    expect: expectTelegram('tcp-reset'),
  },
  {
    id: 'S11',
    title: 'a router says that the addresses of a service are forbidden',
    standsFor: 'a plain access list of a firm or an operator',
    censor: { packets: toTelegram('icmp', 'any') },
    expect: expectTelegram('icmp'),
  },
];
