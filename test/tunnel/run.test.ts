import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPrograms, type Programs } from '../../electron/tunnel/run.ts';

let folder: string;
let programs: Programs;
let steps: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sawt-run-'));
  steps = [];
  programs = createPrograms({ runtimeFolder: folder, trace: (step) => steps.push(step) });
});
afterEach(() => rm(folder, { recursive: true }));

describe('a program', () => {
  it('reads its input as a file, which has no name any more', async () => {
    const script = 'cat /dev/stdin; ls -A "$1" | wc -l';
    expect(await programs.run('sh', ['-c', script, 'sh', folder], { stdin: 'secret\n' })).toMatch(/^secret\n\s*0\n$/);
    expect(await readdir(folder)).toEqual([]);
  });

  it('is found in the system folders, whatever PATH says', async () => {
    expect(programs.find('sh')).toMatch(/^\/(?:usr\/)?bin\/sh$/);
    expect(await programs.run('sh', ['-c', 'echo $PATH'])).not.toContain(process.env['HOME'] ?? '/root');
  });

  it('that is missing is named, with how to install it', async () => {
    await expect(programs.ask('no-such-tool', [])).rejects.toMatchObject({
      code: 'tool-missing',
      message: expect.stringContaining('no-such-tool') as string,
    });
  });

  it('that fails is quoted, but never when its input was secret', async () => {
    const fail = (secret: boolean): Promise<string> =>
      programs.run('sh', ['-c', 'cat >&2; exit 3'], { stdin: 'the key', secret });
    await expect(fail(false)).rejects.toThrow(/failed with code 3 \(the key\)/);
    await expect(fail(true)).rejects.not.toThrow(/the key/);
  });

  it('that is refused by the system asks for rights', async () => {
    const refused = programs.run('sh', ['-c', 'echo "RTNETLINK answers: Operation not permitted" >&2; exit 2']);
    await expect(refused).rejects.toMatchObject({ code: 'permission-refused' });
  });

  it('that hangs or floods us is ended', async () => {
    expect(await programs.ask('sleep', ['60'], { timeoutMs: 50 })).toMatchObject({ code: null });
    expect(await programs.ask('yes', [])).toMatchObject({ code: null });
  });

  it('is told of before it runs', async () => {
    await programs.run('true', ['a']);
    expect(steps).toEqual(['true a']);
  });
});
