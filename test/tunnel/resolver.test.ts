import { chmod, lstat, mkdtemp, readFile, readlink, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  applyResolver,
  findStrayResolver,
  planResolver,
  presentResolversSurvive,
  restoreResolver,
  type ResolverTools,
} from '../../electron/tunnel/resolver.ts';
import type { Programs } from '../../electron/tunnel/run.ts';

let folder: string;
let tools: ResolverTools;
/** Commands that were run; the fake system has resolvectl when `resolved` is set. */
let commands: string[];
let resolved: boolean;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sawt-resolver-'));
  commands = [];
  resolved = false;
  const note = (name: string, args: readonly string[]): void => {
    commands.push([name, ...args].join(' '));
  };
  const programs: Programs = {
    find: (name) => (resolved ? `/usr/bin/${name}` : undefined),
    ask(name, args) {
      note(name, args);
      return Promise.resolve({ code: 0, stdout: '', stderr: '' });
    },
    run(name, args) {
      note(name, args);
      return Promise.resolve('');
    },
    start: () => Promise.reject(new Error('nothing is started here')),
  };
  tools = { programs, path: join(folder, 'resolv.conf') };
});
afterEach(() => rm(folder, { recursive: true }));

const inside = { servers: ['10.66.0.1', '2001:db8:66::1'], searchDomains: ['lan.example'] };

async function change(): Promise<() => Promise<boolean>> {
  const plan = await planResolver(tools, inside);
  await applyResolver(tools, plan, inside, 'sawt0123abcd');
  return () => restoreResolver(tools, plan, 'sawt0123abcd');
}

describe('resolv.conf', () => {
  it.each([
    ['shorter', 'nameserver 10.20.0.1\n'],
    ['longer', `# ${'x'.repeat(5000)}\nnameserver 10.20.0.1\n`],
    ['without a line end', 'nameserver 10.20.0.1'],
    ['empty', ''],
  ])('%s than ours comes back byte for byte, with its inode and mode', async (_, original) => {
    await writeFile(tools.path, original);
    await chmod(tools.path, 0o755);
    const { ino } = await stat(tools.path);
    const restore = await change();
    expect(await readFile(tools.path, 'utf8')).toMatch(
      /^nameserver 10\.66\.0\.1\nnameserver 2001:db8:66::1\nsearch lan\.example$/m,
    );
    expect(await restore()).toBe(true);
    expect(await readFile(tools.path, 'utf8')).toBe(original);
    expect(await stat(tools.path)).toMatchObject({ ino, mode: 0o100755 });
  });

  it('that was half put back when we were killed comes back', async () => {
    const original = 'nameserver 10.20.0.1\n';
    await writeFile(tools.path, original);
    const plan = await planResolver(tools, inside);
    await applyResolver(tools, plan, inside, 'sawt0123abcd');
    await writeFile(tools.path, original, { flag: 'r+' });
    expect(await restoreResolver(tools, plan, 'sawt0123abcd')).toBe(true);
    expect(await readFile(tools.path, 'utf8')).toBe(original);
  });

  it('of ours comes back without any journal, also after connecting once more', async () => {
    const original = 'nameserver 10.20.0.1\n';
    await writeFile(tools.path, original);
    expect(await findStrayResolver(tools.path)).toBeUndefined();
    await change();
    await change();
    const stray = await findStrayResolver(tools.path);
    expect(stray && (await restoreResolver(tools, stray, ''))).toBe(true);
    expect(await readFile(tools.path, 'utf8')).toBe(original);
  });

  it('that somebody else wrote meanwhile stays', async () => {
    await writeFile(tools.path, 'nameserver 10.20.0.1\n');
    const restore = await change();
    await writeFile(tools.path, 'nameserver 192.168.1.1\n');
    expect(await restore()).toBe(false);
    expect(await readFile(tools.path, 'utf8')).toBe('nameserver 192.168.1.1\n');
  });

  it('that is a link becomes the same link again', async () => {
    await symlink('../run/somewhere/resolv.conf', tools.path);
    const restore = await change();
    expect((await lstat(tools.path)).isFile()).toBe(true);
    expect(await restore()).toBe(true);
    expect(await readlink(tools.path)).toBe('../run/somewhere/resolv.conf');
  });

  it('that was missing is missing again', async () => {
    const restore = await change();
    expect(await readFile(tools.path, 'utf8')).toContain('nameserver 10.66.0.1');
    expect(await restore()).toBe(true);
    await expect(stat(tools.path)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('of systemd-resolved is left alone: the service is told', async () => {
    resolved = true;
    await symlink('../run/systemd/resolve/stub-resolv.conf', tools.path);
    const restore = await change();
    await restore();
    expect(commands).toEqual([
      'resolvectl status --no-pager',
      'resolvectl dns sawt0123abcd 10.66.0.1 2001:db8:66::1',
      'resolvectl domain sawt0123abcd ~. lan.example',
      'resolvectl revert sawt0123abcd',
    ]);
    expect(await readlink(tools.path)).toBe('../run/systemd/resolve/stub-resolv.conf');
  });

  it('stays untouched without resolvers for the tunnel', async () => {
    await writeFile(tools.path, 'nameserver 9.9.9.9\n');
    expect(await planResolver(tools, { servers: [], searchDomains: [] })).toEqual({ kind: 'untouched' });
  });
});

describe('the present resolvers', () => {
  it.each([
    ['nameserver 9.9.9.9\n', true],
    ['nameserver 10.20.0.1\n', false],
    ['nameserver 9.9.9.9\nnameserver 192.168.1.1\n', false],
    ['nameserver 127.0.0.53\n', false],
    ['nameserver fe80::1%eth0\n', false],
    ['# nothing\n', false],
  ])('%j', async (text, survive) => {
    await writeFile(tools.path, text);
    expect(await presentResolversSurvive(tools.path)).toBe(survive);
  });
});
