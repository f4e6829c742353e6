import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Doctor, Report } from '../../electron/api/schema.ts';
import { installCommand, readOsRelease } from '../../electron/tunnel/install-advice.ts';
import { makeClientBed, type ClientBed } from './client-bed.ts';

let bed: ClientBed;
let profile: string;
beforeAll(async () => {
  bed = await makeClientBed();
  profile = await bed.importProfile();
});
afterAll(() => bed.lab.close());

describe('without a network', () => {
  it.each([
    ['with the cable out', []],
    ['without any address', ['unshare', '--net']],
  ])('%s, a check says offline within two seconds', async (_case, before) => {
    await bed.flip('offline');
    const durations: number[] = [];
    // The quickest of three: one slow start of a program on a busy computer is not the check's.
    for (let round = 0; round < 3; round++) {
      const { code, stdout, durationMs } = await bed.sawt(['check', '--json'], before);
      const { network, services } = JSON.parse(stdout) as Report;
      expect(code).toBe(20);
      expect(network.state).toBe('offline');
      expect(services.flatMap(({ messages, calls }) => [messages.verdict, calls.verdict])).not.toContain('blocked');
      durations.push(durationMs);
    }
    expect(Math.min(...durations)).toBeLessThan(2000);
    await bed.flip('S01');
  });

  it('a connection is refused with what to do', async () => {
    const { code, stderr } = await bed.sawt(['connect', profile], ['unshare', '--net']);
    expect(code).toBe(1);
    expect(stderr).toContain('connect to a network first');
  });
});

/** Runs a program in a mount namespace in which the tool is not there: a file that nobody can run covers it. */
function without(tool: string): string[] {
  const hide = `for file in /usr/local/sbin/${tool} /usr/local/bin/${tool} /usr/sbin/${tool} /usr/bin/${tool}; do
    if [ -e "$file" ]; then mount --bind /dev/null "$file"; fi
  done; exec "$@"`;
  return ['unshare', '--mount', 'sh', '-ec', hide, 'without'];
}

describe.each(['wg', 'nft', 'ip'])('without %s', (tool) => {
  it('the doctor names it and how to install it', async () => {
    const { code, stdout } = await bed.sawt(['doctor', '--json'], without(tool));
    const { tools, backends } = JSON.parse(stdout) as Doctor;
    const install = installCommand(tool, await readOsRelease()) ?? null;
    expect(code).toBe(0);
    expect(tools.filter(({ path }) => path === null)).toMatchObject([{ name: tool, version: null, install }]);
    // OpenVPN still works without wg.
    expect(backends).toMatchObject([{ name: 'direct', usable: tool === 'wg' }]);
    expect((await bed.sawt(['doctor'], without(tool))).stdout).toMatch(new RegExp(`^${tool} +missing`, 'm'));
  });

  it('connecting names it and how to install it, and changes nothing', async () => {
    const untouched = await bed.snapshot();
    const { code, stdout, stderr } = await bed.sawt(['connect', profile, '--json'], without(tool));
    const install = installCommand(tool, await readOsRelease()) ?? 'the package manager';
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ state: 'failed', error: { code: 'tool-missing' } });
    expect(stderr).toContain(`needs ${tool},`);
    expect(stderr).toContain(install);
    expect(await bed.snapshot()).toBe(untouched);
  });
});
