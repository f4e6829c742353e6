import { expect, it } from 'vitest';
import { toConnection } from '../../electron/tunnel/connection.ts';

const every = [
  'state',
  'stage',
  'profile',
  'backend',
  'since',
  'durationMs',
  'killSwitch',
  'verified',
  'attempts',
  'error',
];

it('has every field of the contract in every state', () => {
  const error = { code: 'program-died' as const, message: 'm' };
  const states = [
    { state: 'disconnected' as const },
    { state: 'connecting' as const, stage: 'handshake' as const, profile: 'p', backend: 'direct', attempts: [] },
    { state: 'blocked' as const, profile: 'p', backend: 'direct', killSwitch: true, attempts: [], error },
    { state: 'failed' as const, profile: null, backend: null, attempts: [], error },
  ];
  for (const state of states) expect(Object.keys(toConnection(state)).sort()).toEqual([...every].sort());
});

it('keeps what the state knows and is null for the rest', () => {
  const error = { code: 'program-died' as const, message: 'm' };
  expect(
    toConnection({ state: 'blocked', profile: 'p', backend: 'direct', killSwitch: true, attempts: [], error }),
  ).toMatchObject({
    state: 'blocked',
    killSwitch: true,
    stage: null,
    verified: null,
    error,
  });
});
