import type { Mechanism } from '../../electron/check/report.ts';
import { slowKbitPerS } from '../lab/censor/censor.ts';
import { findScenario } from '../lab/scenarios/all.ts';
import type { SimulatedCensor } from './conditions.ts';
import { catalogue, world } from './world.ts';

/** A block, and what the check has to find of it. */
export interface Block {
  id: string;
  censor: SimulatedCensor;
  expect: readonly Expected[];
  /** What one connection has to carry by itself, so that the block can be seen at all; absent: nothing. */
  kbitPerS?: number;
}

/** One judgement that has to be `blocked` or `degraded`, by one of these mechanisms. */
export interface Expected {
  service: string;
  of: 'messages' | 'calls';
  mechanisms: readonly Mechanism[];
}

const messages = (service: string, ...mechanisms: Mechanism[]): Expected => ({ service, of: 'messages', mechanisms });
const calls = (service: string, ...mechanisms: Mechanism[]): Expected => ({ service, of: 'calls', mechanisms });

/** The lab's censor of that scenario: both worlds are to be filtered alike. */
const ofLab = (id: string, ...expect: Expected[]): Block => ({ id, censor: findScenario(id).censor, expect });

const hidden = ['whatsapp.net', 'whatsapp.com', 'signal.org'];
/** A name service that answers so for WhatsApp and Signal. */
const names = (
  id: string,
  answer: NonNullable<SimulatedCensor['names']>[number]['answer'],
  found: Mechanism,
): Block => ({
  id,
  censor: { names: [{ names: hidden, answer }] },
  expect: [messages('whatsapp', found), messages('signal', found), calls('signal', found)],
});

/** Zoom's and Telegram's machines, by address. */
const stoppedCidrs = [
  ...['149.154.160.0/20', '91.108.4.0/22'],
  ...['zoom.us', 'us02web.zoom.us', 'web.telegram.org', 't.me'].flatMap((host) =>
    world.addressesOf(host).map((address) => `${address}/${address.includes(':') ? 128 : 32}`),
  ),
];
const tcp = (id: string, how: 'silently' | 'reset' | 'icmp', found: Mechanism): Block => ({
  id,
  censor: { packets: [{ drop: 'prefix', cidrs: stoppedCidrs, transport: 'tcp', how }] },
  expect: [messages('zoom', found), messages('telegram', found)],
});

/** What needs UDP, or STUN, by the catalogue. */
const callers = (need: 'udp' | 'stun'): string[] =>
  catalogue.services
    .filter(({ callPath }) => callPath.confidence !== 'low' && callPath.needs.includes(need))
    .map(({ id }) => id);

export const blocks: readonly Block[] = [
  names('dns-nxdomain', 'nxdomain', 'dns-nxdomain'),
  names('dns-empty', 'empty', 'dns-empty'),
  names('dns-servfail', 'servfail', 'dns-servfail'),
  names('dns-timeout', 'silence', 'dns-timeout'),
  names('dns-redirect', { v4: [world.addressesOf('www.wikipedia.org')[0] ?? ''], v6: [] }, 'dns-redirect'),
  ofLab('S05', messages('whatsapp', 'dns-bogon'), messages('signal', 'dns-bogon'), calls('signal', 'dns-bogon')),
  tcp('tcp-drop', 'silently', 'tcp-drop'),
  tcp('tcp-reset', 'reset', 'tcp-reset'),
  tcp('icmp', 'icmp', 'icmp'),
  ofLab('S12', messages('signal', 'sni-reset'), calls('signal', 'sni-reset'), messages('zoom', 'sni-reset')),
  ofLab('S13', messages('signal', 'sni-drop'), calls('signal', 'sni-drop'), messages('zoom', 'sni-drop')),
  ofLab('S15', messages('messenger', 'tls-mitm')),
  ofLab('S16', messages('telegram', 'http-blockpage')),
  ofLab('S17', calls('telegram', 'media-ip')),
  ofLab('S18', ...callers('stun').map((id) => calls(id, 'stun-dpi')), calls('telegram', 'stun-dpi')),
  ofLab('S20', ...callers('udp').map((id) => calls(id, 'flow-cut'))),
  ofLab('cut-20', ...callers('udp').map((id) => calls(id, 'flow-cut'))),
  ofLab('sound-telegram', calls('telegram', 'flow-cut')),
  ofLab('cut-20-telegram', calls('telegram', 'flow-cut')),
  ofLab('S21', calls('telegram', 'throttle')),
  ofLab('S19', calls('whatsapp', 'udp-port'), calls('signal', 'udp-port')),
  ofLab('S22', ...callers('udp').map((id) => calls(id, 'udp-all'))),
  // Throttled or not, a line that is no faster by itself shows the same.
  {
    ...ofLab('S25', messages('telegram', 'throttle')),
    kbitPerS: 4 * slowKbitPerS,
  },
  ofLab('S24', calls('signal', 'sni-reset')),
];

/** Throws for an id that nobody has. */
export function findBlock(id: string): Block {
  const block = blocks.find((each) => each.id === id);
  if (!block) throw new Error(`There is no simulated block called ${id}.`);
  return block;
}
