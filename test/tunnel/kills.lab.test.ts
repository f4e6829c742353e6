import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeBed, world, type Bed } from './bed/bed.ts';

let bed: Bed;
let before: string;
beforeAll(async () => {
  bed = await makeBed();
  before = await bed.snapshot();
});
afterAll(() => bed.close());

/** More steps than any call has; the loops end by themselves. */
const mostSteps = 120;

async function directTrafficWorks(): Promise<boolean> {
  return (await bed.flood(200, 0.1, [world.v4])).answered > 0;
}

describe.each(['wireguard', 'openvpnUdp'] as const)('killed at any step with the %s profile', (name) => {
  it('connecting leaves nothing that repair does not put back', { timeout: 300_000 }, async () => {
    let killed = 0;
    for (let killAt = 0; killAt < mostSteps; killAt += 1) {
      const finished = await bed.drive({ action: 'connect', profile: bed.profiles[name], killAt });
      const repaired = await bed.drive({ action: 'repair' });
      expect(await bed.snapshot(), `killed at step ${killAt}, repaired ${JSON.stringify(repaired?.result)}`).toBe(
        before,
      );
      if (finished) break;
      killed += 1;
    }
    expect(killed).toBeGreaterThan(30);
    expect(await directTrafficWorks()).toBe(true);
  });

  it('disconnecting can be finished by repair', { timeout: 300_000 }, async () => {
    let killed = 0;
    for (let killAt = 0; killAt < mostSteps; killAt += 1) {
      await bed.drive({ action: 'connect', profile: bed.profiles[name] });
      const finished = await bed.drive({ action: 'disconnect', killAt });
      await bed.drive({ action: 'repair' });
      expect(await bed.snapshot(), `killed at step ${killAt}`).toBe(before);
      if (finished) break;
      killed += 1;
    }
    expect(killed).toBeGreaterThan(8);
    expect(await directTrafficWorks()).toBe(true);
  });
});

describe.each(['wireguard', 'openvpnUdp'] as const)('aborted at any step with the %s profile', (name) => {
  it('connecting undoes itself', { timeout: 300_000 }, async () => {
    let aborted = 0;
    for (let abortAt = 0; abortAt < mostSteps; abortAt += 1) {
      const done = await bed.drive({ action: 'connect', profile: bed.profiles[name], abortAt, killSwitch: true });
      const { state } = done?.result as { state: string };
      if (state === 'connected') {
        await bed.drive({ action: 'disconnect' });
        break;
      }
      expect(state, `aborted at step ${abortAt}`).toBe('disconnected');
      expect(await bed.snapshot(), `aborted at step ${abortAt}`).toBe(before);
      aborted += 1;
    }
    expect(aborted).toBeGreaterThan(30);
  });
});
