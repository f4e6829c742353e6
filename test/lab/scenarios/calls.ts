import type { Scenario } from './scenario.ts';

/** Calls that are rehearsed by a relay of the user's own. What happens to them says nothing of any service. */
export const callScenarios: Scenario[] = [
  {
    id: 'call-open',
    title: 'a call to a relay on an open network',
    standsFor: 'most networks; the verdict is known before the user has lost patience',
    censor: {},
    relay: 'right',
    expect: { states: ['online'], mechanisms: [], call: { outcome: 'good', rule: 'K1', withinMs: 2500 } },
  },
];
