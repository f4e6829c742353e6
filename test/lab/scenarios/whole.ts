import { unjudged, type Scenario } from './scenario.ts';

/** Networks of which nothing can be said. */

const nothingJudged = { '*': { messages: unjudged, calls: unjudged } };

export const wholeScenarios: Scenario[] = [
  {
    id: 'S29',
    title: 'a captive portal wants a log-in first',
    standsFor: 'hotels, trains, airports',
    censor: { portal: true },
    expect: { states: ['portal'], mechanisms: [], mayName: ['portal'], services: nothingJudged },
  },
  {
    id: 'all-dropped',
    title: 'not one packet comes back',
    standsFor: 'a switched-off network behind a router that is still there',
    censor: { packets: [{ drop: 'everything' }] },
    expect: { states: ['offline'], mechanisms: [], services: nothingJudged, withinMs: 8000 },
  },
  {
    id: 'offline',
    title: 'the cable is out',
    standsFor: 'no network at all',
    censor: { unplugged: true },
    expect: { states: ['offline'], mechanisms: [], services: nothingJudged, withinMs: 2000 },
  },
];
