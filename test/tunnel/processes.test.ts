import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { endProcess, identify, isAlive } from '../../electron/tunnel/processes.ts';

async function sleeper(script = 'sleep 60'): Promise<number> {
  const child = spawn('sh', ['-c', `echo ready; ${script}`], { stdio: ['ignore', 'pipe', 'ignore'] });
  await once(child.stdout, 'data');
  return child.pid ?? 0;
}

describe('a process', () => {
  it('is alive until it was ended', async () => {
    const identity = await identify(await sleeper('exec sleep 60'));
    if (!identity) throw new Error('just started');
    expect(await isAlive(identity)).toBe(true);
    await endProcess(identity);
    expect(await isAlive(identity)).toBe(false);
  });

  it('that does not listen is ended all the same', async () => {
    const identity = await identify(await sleeper("trap '' TERM; while :; do sleep 0.05; done"));
    if (!identity) throw new Error('just started');
    await endProcess(identity);
    expect(await isAlive(identity)).toBe(false);
  });

  it('with the same number but another start is another one, and is not touched', async () => {
    const pid = await sleeper('exec sleep 60');
    const identity = await identify(pid);
    if (!identity) throw new Error('just started');
    const earlier = { pid, startedAt: '1' };
    expect(await isAlive(earlier)).toBe(false);
    await endProcess(earlier);
    expect(await isAlive(identity)).toBe(true);
    await endProcess(identity);
  });
});
