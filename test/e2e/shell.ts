import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

export interface Shell {
  /** Address of the window, with its token. */
  url: string;
  /** Ends the shell and removes everything it kept. */
  stop(): Promise<void>;
}

/** The real browser shell over the real engine, with an empty home of its own. */
export async function startShell(): Promise<Shell> {
  const home = await mkdtemp(join(tmpdir(), 'sawt-e2e-'));
  const program = resolve(import.meta.dirname, '../../dist/browser.js');
  const child = spawn(process.execPath, [program, '--print-url'], {
    env: { ...process.env, SAWT_HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const [url] = (await once(createInterface(child.stdout), 'line')) as [string];
  return {
    url,
    stop: async () => {
      child.kill('SIGINT');
      await ended;
      await rm(home, { recursive: true, force: true });
    },
  };
}
