import type { Censor, NameRule } from '../censor/censor.ts';
import { cache } from '../world/facts.ts';
import type { WorldChange } from '../world/change.ts';
import { judged, unjudged, type Expectation, type Scenario } from './scenario.ts';

/** Trouble that no censor makes: vendors, caches, and neutral servers that fail just then. */

const open: Expectation = { states: ['online'], mechanisms: [] };

/** A neutral operator's trouble may cost certainty, never a verdict. */
const withoutControl = (id: string, title: string, trouble: { censor?: Censor; world?: WorldChange }): Scenario => ({
  id,
  title,
  standsFor: 'a neutral server that fails just when it is needed',
  censor: {},
  ...trouble,
  expect: open,
});

const atCache: NameRule[] = [
  {
    names: ['web.whatsapp.com', 'mmg.whatsapp.net', 'external.xx.fbcdn.net', 'scontent.xx.fbcdn.net'],
    answer: { v4: [cache.v4], v6: [cache.v6] },
  },
];

export const troubleScenarios: Scenario[] = [
  {
    id: 'S31',
    title: "the ISP's resolver leads to a cache of its own, which serves the sites as they are",
    standsFor: "content networks' machines inside operators",
    censor: { names: atCache },
    expect: open,
  },
  {
    id: 'S32',
    title: 'vendors change: an authority, a name, a status',
    standsFor: 'Signal 2022 and 2023, WhatsApp 2022',
    censor: {},
    world: {
      gone: ['kakao.com', 'cdn.discordapp.com'],
      foreign: ['signal.org'],
      statuses: { 'v.whatsapp.net': 403, 'web.whatsapp.com': 403 },
    },
    expect: {
      ...open,
      // A changed private authority looks like interception, so that it is suspected, and not more.
      mayName: ['tls-mitm'],
      services: {
        kakaotalk: { messages: judged(['stale']), calls: { verdicts: ['stale', ...unjudged.verdicts] } },
        signal: {
          messages: { verdicts: ['stale', 'inconclusive'] },
          calls: { verdicts: ['ok', 'stale', 'inconclusive'] },
        },
      },
    },
  },
  withoutControl('no-operator', 'one neutral operator is down with its sites, resolvers and encrypted DNS', {
    world: { down: ['dns.google'] },
  }),
  withoutControl('no-site', 'one neutral site is down', { world: { down: ['www.wikipedia.org'] } }),
  withoutControl('no-stun', 'one neutral STUN server is down', { world: { down: ['stun.telnyx.com'] } }),
  withoutControl('no-time', 'one time server is down', { world: { down: ['time.cloudflare.com'] } }),
  withoutControl('no-page', 'one page that shows portals is down', {
    world: { down: ['connectivitycheck.gstatic.com'] },
  }),
  withoutControl('lies-ipv6', "the ISP's resolver denies names for IPv6 only, which nobody here needs", {
    censor: { names: [{ names: ['whatsapp.net', 'signal.org', 'zoom.us'], family: 'AAAA', answer: 'nxdomain' }] },
  }),
];
