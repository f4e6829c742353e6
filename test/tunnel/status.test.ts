import { describe, expect, it } from 'vitest';
import type { Journal } from '../../electron/tunnel/journal.ts';
import { judgeStatus, type Observation } from '../../electron/tunnel/status.ts';
import type { Verified } from '../../electron/tunnel/types.ts';
import { sampleJournal } from './sample-journal.ts';

const verified: Verified = {
  handshake: true,
  traffic: true,
  exit: '203.0.113.3',
  dnsInTunnel: true,
  ipv6: 'tunnelled',
  calls: 'unknown',
};
const connected: Journal = { ...sampleJournal, phase: 'connected', since: '2026-11-24T12:00:02.000Z', verified };
const whole: Observation = {
  ownerAlive: true,
  carrying: true,
  program: true,
  firewall: true,
  routing: true,
  silent: false,
};

describe('the state of a connection', () => {
  it('is connected when everything is there, also after the process that connected is gone', () => {
    expect(judgeStatus(connected, { ...whole, ownerAlive: false })).toMatchObject({ state: 'connected', verified });
  });

  it.each([
    ['no route into the tunnel', { carrying: false }],
    ['no program', { program: false }],
  ])('has failed with %s, and says that traffic is held', (_, seen) => {
    const state = judgeStatus(connected, { ...whole, ...seen });
    expect(state).toMatchObject({ state: 'failed', error: { code: 'program-died' } });
    expect(JSON.stringify(state)).toMatch(/nothing leaks/);
    expect(judgeStatus({ ...connected, killSwitch: true }, { ...whole, ...seen }).state).toBe('blocked');
  });

  it('is not connected with a server that stopped answering, and says that traffic is held', () => {
    const state = judgeStatus(connected, { ...whole, silent: true });
    expect(state).toMatchObject({ state: 'failed', error: { code: 'server-silent' } });
    expect(JSON.stringify(state)).toMatch(/stopped answering.*nothing leaks/);
    expect(judgeStatus({ ...connected, killSwitch: true }, { ...whole, silent: true }).state).toBe('blocked');
    // What is gone altogether counts first.
    const ended = judgeStatus(connected, { ...whole, silent: true, program: false });
    expect(JSON.stringify(ended)).toMatch(/ended unexpectedly/);
    expect(judgeStatus(connected, { ...whole, silent: true, firewall: false })).toMatchObject({
      error: { code: 'lock-gone' },
    });
  });

  it.each([['firewall'], ['routing']] as const)('never says held when the %s is gone', (part) => {
    for (const killSwitch of [true, false]) {
      const state = judgeStatus({ ...connected, killSwitch }, { ...whole, [part]: false });
      expect(state).toMatchObject({ state: 'failed', error: { code: 'lock-gone' } });
    }
  });

  it('is connecting only while somebody connects', () => {
    expect(judgeStatus(sampleJournal, whole)).toMatchObject({ state: 'connecting', stage: 'starting' });
    expect(judgeStatus(sampleJournal, { ...whole, ownerAlive: false })).toMatchObject({
      state: 'failed',
      error: { code: 'connect-interrupted' },
    });
  });

  it('is blocked with the reason it was blocked for', () => {
    const error = { code: 'handshake-silent' as const, message: 'm' };
    const blocked: Journal = { ...sampleJournal, phase: 'blocked', killSwitch: true, error };
    expect(judgeStatus(blocked, { ...whole, carrying: false })).toMatchObject({ state: 'blocked', error });
  });
});
