import { shutDown, unjudged, type Scenario, type ServiceExpectation } from './scenario.ts';

/** Trouble that this computer makes itself: named as such, and held against no network. */

/** What a program that opens every TLS connection leaves to judge: what does not run over TLS. */
const inspected: Partial<ServiceExpectation> = {
  messages: { verdicts: ['ok', ...unjudged.verdicts] },
  calls: { verdicts: ['ok', ...unjudged.verdicts] },
};

/** Own calls that cannot be sent from here. */
const notSent: Partial<ServiceExpectation> = { calls: { verdicts: ['inconclusive', 'not-testable'] } };

const expectWrongClock: Scenario['expect'] = {
  states: ['online'],
  mechanisms: [['local']],
  services: { '*': inspected, zoom: { messages: unjudged, calls: unjudged }, skype: shutDown },
};

export const localScenarios: Scenario[] = [
  {
    id: 'S33',
    title: 'every certificate is replaced by one and the same inspector',
    standsFor: "an antivirus program, or a firm's proxy",
    censor: { web: [{ match: 'sni', names: ['*'], action: 'mitm' }] },
    expect: {
      states: ['online'],
      mechanisms: [['local']],
      services: { '*': inspected, teams: { ...inspected, messages: unjudged }, skype: shutDown },
    },
  },
  {
    id: 'S33b',
    title: "the computer's own firewall lets no UDP out but names",
    standsFor: 'a personal firewall or a security program that nobody remembers',
    censor: {},
    own: { firewall: 'udp' },
    expect: { states: ['online'], mechanisms: [['local']], services: { '*': notSent, skype: shutDown } },
  },
  {
    id: 'own-lock',
    title: "the computer's own firewall lets nothing out at all",
    standsFor: 'a kill switch of another VPN program that was left on',
    censor: {},
    own: { firewall: 'everything' },
    expect: {
      states: ['offline'],
      mechanisms: [['local']],
      services: { '*': { messages: unjudged, calls: unjudged } },
      withinMs: 8000,
    },
  },
  {
    id: 'clock-ahead',
    title: "the computer's clock is far ahead: every certificate seems expired",
    standsFor: 'a date that was set by hand',
    censor: {},
    world: { time: 'earlier' },
    expect: expectWrongClock,
  },
  {
    id: 'clock-behind',
    title: "the computer's clock is far behind: no certificate seems valid yet",
    standsFor: "a computer whose clock's battery is empty",
    censor: {},
    world: { time: 'later' },
    expect: expectWrongClock,
  },
];
