import type { Mechanism } from '../../../electron/check/report.ts';
import type { WebRule } from '../censor/censor.ts';
import { judged, type Expectation, type Scenario } from './scenario.ts';

/** Censors that read server names and pages. */

/** Signal and Zoom lose every TLS name; Zoom has no call probe of its own. */
const expectTwoServices = (mechanism: Mechanism): Expectation => ({
  states: ['online'],
  mechanisms: [[mechanism]],
  services: {
    signal: { messages: judged(['blocked'], mechanism), calls: judged(['blocked', 'degraded'], mechanism) },
    zoom: {
      messages: judged(['blocked'], mechanism),
      calls: judged(['blocked', 'degraded', 'inconclusive', 'not-testable'], mechanism),
    },
  },
});
const twoServices = (action: WebRule['action']): WebRule[] => [
  { match: 'sni', names: ['signal.org', 'zoom.us'], action },
];

export const webScenarios: Scenario[] = [
  {
    id: 'S12',
    title: 'connections are reset once they name a blocked server',
    standsFor: 'Cuba 2021, Egypt 2017, Iran 2025',
    censor: { web: twoServices('reset') },
    expect: expectTwoServices('sni-reset'),
  },
  {
    id: 'S13',
    title: 'connections fall silent once they name a blocked server',
    standsFor: 'Uzbekistan 2021',
    censor: { web: twoServices('silence') },
    expect: expectTwoServices('sni-drop'),
  },
  {
    id: 'S14',
    title: 'connections are closed politely once they name a blocked server',
    standsFor: 'proxies that end what they do not allow',
    censor: { web: twoServices('fin') },
    expect: expectTwoServices('sni-reset'),
  },
  {
    id: 'S15',
    title: 'somebody else answers TLS with a certificate of their own',
    standsFor: 'interception by an operator',
    censor: { web: [{ match: 'sni', names: ['facebook.com', 'messenger.com'], action: 'mitm' }] },
    expect: {
      states: ['online'],
      mechanisms: [['tls-mitm']],
      services: {
        messenger: {
          messages: judged(['blocked'], 'tls-mitm'),
          calls: judged(['ok', 'blocked', 'degraded', 'inconclusive', 'not-testable'], 'tls-mitm'),
        },
      },
    },
  },
  {
    id: 'S16',
    title: 'plain HTTP is answered with a block page',
    standsFor: 'United Arab Emirates, Oman, Qatar',
    censor: {
      web: [
        {
          match: 'host',
          names: [
            ...['telegram.org', 't.me'],
            ...['149.154.175.50', '149.154.167.51', '149.154.175.100', '149.154.167.91', '149.154.171.5'],
          ],
          action: 'page',
        },
      ],
    },
    expect: {
      states: ['online'],
      mechanisms: [['http-blockpage']],
      // The app speaks its own protocol to the same machines, which such a filter may let pass.
      services: { telegram: { messages: judged(['blocked', 'degraded'], 'http-blockpage') } },
    },
  },
  {
    id: 'S25',
    title: 'connections that name a service are slowed down to 130 kbit/s',
    standsFor: 'Russia 2021, Kazakhstan 2023',
    censor: { web: [{ match: 'sni', names: ['telegram.org', 't.me'], action: 'slow' }] },
    expect: {
      states: ['online'],
      mechanisms: [['throttle']],
      services: { telegram: { messages: judged(['degraded'], 'throttle') } },
    },
  },
  {
    id: 'S24',
    title: "only the front end of Signal's group calls is filtered",
    standsFor: 'United Arab Emirates 2021',
    censor: { web: [{ match: 'sni', names: ['sfu.voip.signal.org'], action: 'reset' }] },
    expect: {
      states: ['online'],
      mechanisms: [['sni-reset']],
      services: { signal: { calls: judged(['blocked', 'degraded'], 'sni-reset') } },
    },
  },
];
