import { describe, expect, it } from 'vitest';
import { VirtualClock } from './clock.ts';

describe('the virtual clock', () => {
  it('runs events in the order of their times, then of their making, and lets consequences happen in between', async () => {
    const clock = new VirtualClock();
    const seen: string[] = [];
    const note = (name: string) => (): void => void seen.push(`${name} at ${clock.now()}`);
    const wait = (ms: number): Promise<void> => new Promise((resolve) => void clock.after(ms, resolve));
    await clock.live(
      (async () => {
        for (const ms of [70, 30, 50, 30, 90, 10]) clock.after(ms, note(`${ms}`));
        clock.after(20, note('cancelled'))();
        await wait(10);
        await wait(5);
        note('consequence')();
        await wait(1000);
      })(),
    );
    expect(seen).toEqual([
      ...['10 at 10', 'consequence at 15', '30 at 30', '30 at 30', '50 at 50', '70 at 70', '90 at 90'],
    ]);
  });

  it('says so when the work waits for what never comes', async () => {
    await expect(new VirtualClock().live(new Promise(() => undefined))).rejects.toThrow('nobody has planned');
  });
});
