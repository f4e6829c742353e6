import { shutDown, unjudged, type Scenario } from './scenario.ts';

/** Networks that block nothing. Saying `blocked` here is the worst mistake a check can make. */
export const openScenarios: Scenario[] = [
  {
    id: 'S01',
    title: 'open network',
    standsFor: 'most networks',
    censor: {},
    expect: { states: ['online'], mechanisms: [] },
  },
  {
    id: 'S30',
    title: 'IPv6 that is configured and carries nothing',
    standsFor: 'broken home routers and tunnels',
    censor: { packets: [{ drop: 'ipv6' }] },
    expect: { states: ['online'], mechanisms: [] },
  },
  {
    id: 'S34',
    title: 'line with 600 ms round-trip time that loses every tenth packet',
    standsFor: 'satellite and crowded mobile cells',
    censor: { path: { delayMs: 300, jitterMs: 30, lossPct: 10 } },
    expect: {
      states: ['online'],
      mechanisms: [],
      mayName: ['loss'],
      services: {
        '*': {
          messages: { verdicts: ['ok', ...unjudged.verdicts] },
          calls: { verdicts: ['ok', ...unjudged.verdicts] },
        },
        skype: shutDown,
      },
    },
  },
  {
    id: 'rtt-150',
    title: 'open network, 150 ms round-trip time',
    standsFor: 'a long way to the servers; the clean check takes at most eight round trips and its second of packets',
    censor: { path: { delayMs: 75, jitterMs: 0, lossPct: 0 } },
    expect: { states: ['online'], mechanisms: [], withinMs: 8 * 150 + 200 + 1000 },
  },
  {
    id: 'wg-dpi',
    title: "WireGuard's first message is dropped",
    standsFor: 'Iran, Russia and Egypt: the services are open, the way around a block is not',
    censor: { packets: [{ drop: 'wireguard' }] },
    expect: { states: ['online'], mechanisms: [] },
  },
];
