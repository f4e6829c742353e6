import { judged, type Scenario } from './scenario.ts';

/** Censors that lie about names. */

/** Calls of a service whose names are gone: no call can be set up, yet no call was looked at. */
const callsWithoutNames = ['blocked', 'degraded', 'inconclusive', 'not-testable'] as const;

export const nameScenarios: Scenario[] = [
  {
    id: 'S02',
    title: "the ISP's resolver says that names do not exist",
    standsFor: 'the cheapest and most common way to block',
    censor: { names: [{ names: ['whatsapp.net', 'whatsapp.com', 'signal.org'], answer: 'nxdomain' }] },
    expect: {
      states: ['online'],
      mechanisms: [['dns-nxdomain']],
      services: {
        whatsapp: {
          messages: judged(['blocked'], 'dns-nxdomain'),
          calls: judged(callsWithoutNames, 'dns-nxdomain'),
        },
        signal: {
          messages: judged(['blocked'], 'dns-nxdomain'),
          calls: judged(['blocked', 'degraded'], 'dns-nxdomain'),
        },
      },
    },
  },
  {
    id: 'S05',
    title: 'a private address is injected into the answers of every resolver',
    standsFor: 'Iran 2021: 10.10.34.35 for Signal',
    censor: {
      names: [
        { names: ['whatsapp.net', 'whatsapp.com', 'signal.org'], answer: { v4: ['10.10.34.35'], v6: ['d0::11'] } },
      ],
      inject: {
        names: ['whatsapp.net', 'whatsapp.com', 'signal.org'],
        answer: { v4: ['10.10.34.35'], v6: ['d0::11'] },
      },
    },
    expect: {
      states: ['online'],
      mechanisms: [['dns-bogon'], ['dns-injection']],
      services: {
        whatsapp: {
          messages: judged(['blocked'], 'dns-bogon', 'dns-injection'),
          calls: judged(callsWithoutNames, 'dns-bogon', 'dns-injection'),
        },
        signal: {
          messages: judged(['blocked'], 'dns-bogon', 'dns-injection'),
          calls: judged(['blocked', 'degraded'], 'dns-bogon', 'dns-injection'),
        },
      },
    },
  },
];
