import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeBed, world, type Bed } from './bed/bed.ts';
import { chosenSteps, stepsInWords } from './bed/steps.ts';

let bed: Bed;
let before: string;
beforeAll(async () => {
  bed = await makeBed();
  before = await bed.snapshot();
});
afterAll(() => bed.close());

const profiles = ['wireguard', 'openvpnUdp'] as const;
type Name = (typeof profiles)[number];
/** For every step of both calls. */
const timeout = 300_000;

const connect = (name: Name, at: { killAt?: number; abortAt?: number; killSwitch?: boolean } = {}) =>
  bed.drive({ action: 'connect', profile: bed.profiles[name], ...at });

/** How many steps the two calls have when nothing disturbs them. */
async function countSteps(name: Name): Promise<{ connect: number; disconnect: number }> {
  const connected = await connect(name);
  const disconnected = await bed.drive({ action: 'disconnect' });
  return { connect: connected?.steps.length ?? 0, disconnect: disconnected?.steps.length ?? 0 };
}

/**
 * Breaks a call off at each of the steps; `breakAt` says whether it was, and not finished before. Enough of them must
 * have been, or the test would be about nothing.
 */
async function breakAtEach(steps: readonly number[], count: number, breakAt: (step: number) => Promise<boolean>) {
  let broken = 0;
  for (const step of steps) {
    if (!(await breakAt(step))) break;
    broken += 1;
  }
  expect(broken).toBeGreaterThan(Math.min(steps.length, count) * 0.6);
}

async function directTrafficWorks(): Promise<boolean> {
  return (await bed.flood(200, 0.1, [world.v4])).answered > 0;
}

describe.each(profiles)(`killed with the %s profile at ${stepsInWords}`, (name) => {
  it('connecting leaves nothing that repair does not put back', { timeout }, async () => {
    const count = (await countSteps(name)).connect;
    expect(count).toBeGreaterThan(30);
    await breakAtEach(chosenSteps(count), count, async (killAt) => {
      const finished = await connect(name, { killAt });
      const repaired = await bed.drive({ action: 'repair' });
      const said = `killed at step ${killAt}, repaired ${JSON.stringify(repaired?.result)}`;
      expect(await bed.snapshot(), said).toBe(before);
      return !finished;
    });
    expect(await directTrafficWorks()).toBe(true);
  });

  it('disconnecting can be finished by repair', { timeout }, async () => {
    const count = (await countSteps(name)).disconnect;
    expect(count).toBeGreaterThan(8);
    await breakAtEach(chosenSteps(count), count, async (killAt) => {
      await connect(name);
      const finished = await bed.drive({ action: 'disconnect', killAt });
      await bed.drive({ action: 'repair' });
      expect(await bed.snapshot(), `killed at step ${killAt}`).toBe(before);
      return !finished;
    });
    expect(await directTrafficWorks()).toBe(true);
  });
});

describe.each(profiles)(`aborted with the %s profile at ${stepsInWords}`, (name) => {
  it('connecting undoes itself', { timeout }, async () => {
    const count = (await countSteps(name)).connect;
    await breakAtEach(chosenSteps(count), count, async (abortAt) => {
      const done = await connect(name, { abortAt, killSwitch: true });
      const { state } = done?.result as { state: string };
      if (state === 'connected') {
        await bed.drive({ action: 'disconnect' });
        return false;
      }
      expect(state, `aborted at step ${abortAt}`).toBe('disconnected');
      expect(await bed.snapshot(), `aborted at step ${abortAt}`).toBe(before);
      return true;
    });
  });
});
