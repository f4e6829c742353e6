import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findBrowser, hasDisplay } from '../../../electron/shell/browser/find-browser.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sawt-test-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function program(path: string, mode = 0o755): Promise<string> {
  const full = join(folder, path);
  await mkdir(dirname(full), { recursive: true });
  await writeFile(full, '');
  await chmod(full, mode);
  return full;
}

const onLinux = (path: string): Promise<string | undefined> => findBrowser({ PATH: path }, 'linux');

it('the free browser comes first, wherever on the path it lies', async () => {
  await program('a/google-chrome');
  const chromium = await program('b/chromium');
  expect(await onLinux(`${join(folder, 'a')}:${join(folder, 'b')}`)).toBe(chromium);
});

it('a file that cannot be run is no browser, and another relative is taken', async () => {
  await program('a/chromium', 0o644);
  const edge = await program('a/microsoft-edge');
  expect(await onLinux(join(folder, 'a'))).toBe(edge);
});

it('nothing is run from the folder that one happens to be in', async () => {
  await program('chromium');
  expect(await onLinux(':.')).toBeUndefined();
  expect(await findBrowser({}, 'linux')).toBeUndefined();
});

it('on Windows it is looked for where programs are installed', async () => {
  const chrome = await program('Google/Chrome/Application/chrome.exe');
  expect(await findBrowser({ LOCALAPPDATA: folder }, 'win32')).toBe(chrome);
  expect(await findBrowser({}, 'win32')).toBeUndefined();
});

it.each([
  [{}, 'linux', false],
  [{ DISPLAY: '' }, 'linux', false],
  [{ DISPLAY: ':0' }, 'linux', true],
  [{ WAYLAND_DISPLAY: 'wayland-0' }, 'linux', true],
  [{}, 'darwin', true],
  [{}, 'win32', true],
] as const)('with %o on %s a window can appear: %s', (env, platform, shown) => {
  expect(hasDisplay(env, platform)).toBe(shown);
});
