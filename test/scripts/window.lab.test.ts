import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { buildLab, type Lab } from '../lab/lab.ts';
import { places } from '../lab/system/places.ts';

// The real window in the real Chromium, on a display without a screen.

let lab: Lab;
let temporary: string;
beforeAll(async () => {
  lab = await buildLab();
});
beforeEach(async () => {
  temporary = await mkdtemp('/run/sawt-window-test-');
});
afterEach(() => rm(temporary, { recursive: true }));
afterAll(() => lab.close());

const ask = async (line: string): Promise<string> => (await lab.exec('client', ['sh', '-c', line])).stdout;

/** Opens the window with one of the repository's scripts, does `meanwhile`, closes the window; the exit code. */
async function openAndClose(script: string, meanwhile: () => Promise<unknown>): Promise<number | null> {
  const env = { ...lab.clientEnv, TMPDIR: temporary };
  const argv = ['xvfb-run', '-a', process.execPath, resolve(places.repository, 'scripts', script)];
  const child = lab.spawn('client', argv, { env, stdio: 'ignore' });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  const connected = 'ss -Htn state established src 127.0.0.1';
  await vi.waitFor(async () => expect(await ask(connected)).not.toBe(''), { timeout: 20_000, interval: 200 });
  await meanwhile();
  // Chromium takes this as a person's closing of its window.
  await ask("kill $(pgrep -of -- '/chromium.*--app=http')");
  const [code] = await ended;
  return code;
}

async function expectNothingLeft(): Promise<void> {
  expect(await readdir(temporary)).toEqual([]);
  await vi.waitFor(async () => expect(await ask("pgrep -af '[c]hromium|[b]rowser.js|[X]vfb'")).toBe(''));
}

it('npm start opens a window that sends nothing by itself, and ends with it', async () => {
  const counted = 'type filter hook output priority 0; oifname eth0 meta l4proto { tcp, udp } counter;';
  await lab.exec('client', ['nft', '-f', '-'], { input: `table inet seen {\nchain out {\n${counted}\n}\n}\n` });
  const sent = async (): Promise<number> =>
    Number(/counter packets (\d+)/.exec(await ask('nft list table inet seen'))?.[1] ?? Number.NaN);
  const code = await openAndClose('start.mjs', () => new Promise((wake) => setTimeout(wake, 2000)));
  expect(code).toBe(0);
  expect(await sent()).toBe(0);
  await ask('getent hosts example.org');
  expect(await sent()).toBeGreaterThan(0);
  await expectNothingLeft();
});

it('npm run practice opens a window with a profile ready in the list', async () => {
  const cli = join(places.repository, 'dist', 'cli.js');
  let profiles: unknown;
  const code = await openAndClose('lib/practice-window.mjs', async () => {
    profiles = JSON.parse(await ask(`${process.execPath} ${cli} profiles --json`));
  });
  expect(code).toBe(0);
  expect(profiles).toMatchObject([{ name: 'wireguard', kind: 'wireguard' }]);
  await expectNothingLeft();
});
