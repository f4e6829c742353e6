import type { Mechanism } from '../../../electron/check/report.ts';
import type { ForgedAnswer } from '../censor/censor.ts';
import { judged, type Expectation, type Scenario } from './scenario.ts';

/** Censors that lie about names. */

/** Calls of a service whose names are gone: no call can be set up, yet no call was looked at. */
const callsWithoutNames = ['blocked', 'degraded', 'inconclusive', 'not-testable'] as const;

const whatsapp = ['whatsapp.net', 'whatsapp.com'];

/** Addresses that such forgers have used; nothing answers there in the lab. */
const strangers: ForgedAnswer = { v4: ['46.82.174.69'], v6: ['2001::212b:1'] };

/** WhatsApp has lost its names by this mechanism, and nothing else is touched. */
const expectWithoutNames = (mechanism: Mechanism): Expectation => ({
  states: ['online'],
  mechanisms: [[mechanism]],
  services: { whatsapp: { messages: judged(['blocked'], mechanism), calls: judged(callsWithoutNames, mechanism) } },
});

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
  {
    id: 'S03',
    title: "the ISP's resolver gives names no address",
    standsFor: 'Brazil 2015, one operator',
    censor: { names: [{ names: whatsapp, answer: 'empty' }] },
    expect: expectWithoutNames('dns-empty'),
  },
  {
    id: 'S04',
    title: "the ISP's resolver is silent about some names",
    standsFor: 'Brazil 2015, another operator',
    censor: { names: [{ names: whatsapp, answer: 'silence' }] },
    expect: expectWithoutNames('dns-timeout'),
  },
  {
    id: 'S06',
    title: 'a public address of nobody in particular arrives before the true answer',
    standsFor: 'China 2021: Signal',
    censor: {
      names: [{ names: ['signal.org'], answer: strangers }],
      inject: { names: ['signal.org'], answer: strangers },
    },
    expect: {
      states: ['online'],
      mechanisms: [['dns-injection']],
      mayName: ['dns-redirect'],
      services: {
        signal: {
          messages: judged(['blocked'], 'dns-injection'),
          calls: judged(['blocked', 'degraded'], 'dns-injection'),
        },
      },
    },
  },
  {
    id: 'S07',
    title: 'names are deleted from the national resolver, others still know them',
    standsFor: 'Russia 2026-02: WhatsApp',
    censor: { names: [{ names: whatsapp, answer: 'nxdomain' }] },
    expect: expectWithoutNames('dns-nxdomain'),
  },
  {
    id: 'S08',
    title: 'names are denied, and encrypted DNS is blocked so that nobody can ask elsewhere',
    standsFor: 'Iran 2022',
    censor: {
      names: [{ names: whatsapp, answer: 'nxdomain' }],
      web: [{ match: 'sni', names: ['cloudflare-dns.com', 'dns.google', 'dns.quad9.net'], action: 'silence' }],
    },
    expect: {
      ...expectWithoutNames('dns-nxdomain'),
      mechanisms: [['dns-nxdomain'], ['doh-blocked']],
    },
  },
];
