import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export interface AppWindow {
  /** Resolves when the browser has ended, with whether it ended well. */
  ended: Promise<boolean>;
  /** Ends the browser and removes its folder. */
  close(): Promise<void>;
}

/** Opens `url` in a window without tabs or address bar, in a browser profile of its own that is gone afterwards. */
export async function openAppWindow(browser: string, url: string): Promise<AppWindow> {
  const folder = await mkdtemp(join(tmpdir(), 'sawt-window-'));
  // Linux: what it keeps beside its profile is to go with the folder too.
  const env = process.platform === 'linux' ? { ...process.env, TMPDIR: folder } : process.env;
  const child = spawn(browser, browserArguments(url, folder, process.getuid?.() === 0), { stdio: 'ignore', env });
  const ended = new Promise<boolean>((resolve) => {
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
  return {
    ended,
    close: async () => {
      child.kill();
      await ended;
      await removeForGood(folder);
    },
  };
}

/** Helpers of the browser outlive it for a moment, and may write once more what was removed already. */
async function removeForGood(folder: string): Promise<void> {
  for (let looks = 0; looks < 3; looks++) {
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    await delay(100);
  }
}

/** Nothing but our page is ever asked for: no first-run pages, updates or sync. */
export function browserArguments(url: string, folder: string, asRoot: boolean): string[] {
  return [
    `--app=${url}`,
    `--user-data-dir=${folder}`,
    '--window-size=1180,780',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-extensions',
    // The browser's own services do not ask whether one wants them: it finds no host but ours.
    '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
    '--dns-prefetch-disable',
    '--disable-features=Translate,OptimizationHints,MediaRouter',
    '--password-store=basic',
    // Chromium refuses its sandbox to root. The page is our own, under a policy that loads nothing else.
    ...(asRoot ? ['--no-sandbox', '--test-type'] : []),
  ];
}
