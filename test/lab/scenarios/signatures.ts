import type { Censor } from '../censor/censor.ts';
import { agreedServers } from '../world/facts.ts';
import { judged, type Expectation, type Scenario } from './scenario.ts';

/** Censors that know one service by the first packets of its calls, and others that must not be taken for such. */

const asked = ['--signatures', agreedServers];

function signatureScenario(
  id: string,
  title: string,
  standsFor: string,
  censor: Censor,
  expect: Partial<Expectation>,
): Scenario {
  return { id, title, standsFor, censor, arguments: asked, expect: { states: ['online'], mechanisms: [], ...expect } };
}

const byLook = (verdict: 'blocked' | 'degraded') => ({ calls: judged([verdict], 'stun-dpi') });

export const signatureScenarios: Scenario[] = [
  signatureScenario(
    'look-open',
    'nothing is filtered, and the look of calls is asked for',
    'an open network',
    {},
    {
      signatures: {},
    },
  ),
  signatureScenario(
    'S37',
    'an inspection engine drops what it labels as calls of WhatsApp',
    'operators with bought DPI; nDPI stands for it',
    { inspect: 'WhatsAppCall' },
    {
      mechanisms: [['stun-dpi']],
      signatures: { filtered: { whatsapp: 'certain' } },
      services: { whatsapp: byLook('blocked') },
    },
  ),
  signatureScenario(
    'S38',
    'an inspection engine drops what it labels as calls of Skype and Teams',
    'the same, another label',
    { inspect: 'Skype' },
    {
      mechanisms: [['stun-dpi']],
      signatures: { filtered: { teams: 'certain' } },
      services: { teams: byLook('degraded') },
    },
  ),
  signatureScenario(
    'S39',
    "one rule without memory drops requests with Telegram's realm at its usual place",
    'home-made filters',
    // After the header, REQUESTED-TRANSPORT and a user name of 16 bytes: REALM, 12 bytes, "tele".
    { packets: [{ drop: 'payload', at: 48, hex: '0014000c74656c65' }] },
    {
      mechanisms: [['stun-dpi']],
      signatures: { filtered: { telegram: 'strong' } },
      services: { telegram: byLook('degraded') },
    },
  ),
  signatureScenario(
    'S40',
    'UDP packets of 140 to 260 bytes are dropped, which knows no service',
    'clumsy filters on size',
    { packets: [{ drop: 'length', from: 132, to: 252 }] },
    { signatures: { inconclusive: ['whatsapp'] } },
  ),
  signatureScenario(
    'S40-sound',
    'an inspection engine drops what it labels as sound (RTP)',
    'DPI set to voice, not to a service',
    { inspect: 'RTP' },
    { signatures: {} },
  ),
];
