import type { RehearsalOutcome } from '../../../electron/check/report.ts';
import { addresses } from '../addresses.ts';
import { LabError } from '../system/lab-error.ts';
import { mediaScenarios } from './media.ts';
import type { CallExpectation, Scenario } from './scenario.ts';

/** Calls that are rehearsed by a relay of the user's own. What happens to them says nothing of any service. */

const relay = [`${addresses.relay}/32`];

/** The same network, in which a call is rehearsed as well. */
function withCall(id: string, call: CallExpectation): Pick<Scenario, 'censor' | 'standsFor' | 'relay' | 'expect'> {
  const scenario = mediaScenarios.find((one) => one.id === id);
  if (!scenario) throw new LabError('usage', `There is no scenario ${id}.`);
  const { censor, standsFor, expect } = scenario;
  return { censor, standsFor, relay: 'right', expect: { ...expect, call } };
}

const good = { outcomes: ['good'], rule: 'K1' } as const;
const bothUdp = (outcome: RehearsalOutcome, rule: string | null): NonNullable<CallExpectation['ways']> => ({
  'udp 3478': [outcome, rule],
  'udp 443': [outcome, rule],
});

export const callScenarios: Scenario[] = [
  {
    id: 'call-open',
    title: 'a call to a relay on an open network',
    standsFor: 'most networks',
    censor: {},
    relay: 'right',
    expect: { states: ['online'], mechanisms: [], call: good },
  },
  {
    id: 'call-loss',
    title: 'every fifth packet to and from the relay is lost, over UDP',
    standsFor: 'a line that is bad only towards one place',
    censor: { packets: [{ drop: 'share', cidrs: relay, pct: 20 }] },
    relay: 'right',
    expect: {
      states: ['online'],
      mechanisms: [['loss']],
      call: { ...good, ways: bothUdp('bad', 'K5') },
    },
  },
  {
    id: 'call-cut',
    title: 'UDP flows to the relay are dropped after sixty packets',
    standsFor: 'filters that make up their mind after a while',
    censor: { packets: [{ drop: 'flow', cidrs: relay, from: { packets: 60 } }] },
    relay: 'right',
    expect: {
      states: ['online'],
      mechanisms: [['flow-cut']],
      call: { ...good, ways: bothUdp('cut', 'K2') },
    },
  },
  {
    id: 'call-silent',
    title: "sound inside a relay's channels is dropped",
    standsFor: 'Egypt 2015, by a filter that looks into TURN: calls connect, and nobody hears anything',
    censor: { packets: [{ drop: 'relayed-sound' }] },
    relay: 'right',
    expect: {
      states: ['online'],
      mechanisms: [['flow-cut']],
      call: { ...good, ways: bothUdp('silent', 'K3') },
    },
  },
  {
    id: 'call-no-udp',
    title: 'no UDP gets to the relay, TCP and TLS do',
    standsFor: 'networks of companies and hotels',
    censor: { packets: [{ drop: 'prefix', cidrs: relay, transport: 'udp' }] },
    relay: 'right',
    expect: {
      states: ['online'],
      mechanisms: [],
      call: { ...good, ways: bothUdp('no-relay', 'K4') },
    },
  },
  {
    id: 'call-3478',
    title: 'UDP port 3478 is dropped: a call gets to the relay by UDP 443',
    ...withCall('S19', { ...good, ways: { 'udp 3478': ['no-relay', 'K4'] } }),
  },
  {
    id: 'call-stun-dpi',
    title: 'STUN over UDP is recognised and dropped: a call gets through by TLS',
    ...withCall('S18', { ...good, ways: bothUdp('no-relay', 'K4') }),
  },
  {
    id: 'call-wrong-password',
    title: 'the relay does not take the password',
    standsFor: 'an account that has run out; nothing is said of the network',
    censor: {},
    relay: 'wrong',
    expect: { states: ['online'], mechanisms: [], call: { outcomes: ['wrong-password'], rule: null } },
  },
  {
    id: 'call-relay-down',
    title: 'nobody answers at the address of the relay, whatever the way',
    standsFor: 'a rented server that was given back; nothing is said of the network',
    censor: {},
    relay: 'down',
    expect: { states: ['online'], mechanisms: [], call: { outcomes: ['no-relay'], rule: null } },
  },
];
