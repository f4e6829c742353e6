import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NoWindowError, runBrowserWindow } from '../../../electron/shell/browser/start.ts';
import { appDouble } from '../../app-double.ts';

// A program of ours stands in for the browser: it proves what is done with a browser, not what a browser does.

let folder: string;
let temporary: string;
let stop: AbortController;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sawt-test-'));
  temporary = join(folder, 'tmp');
  await Promise.all([mkdir(temporary), mkdir(join(folder, 'page'))]);
  await writeFile(join(folder, 'page', 'index.html'), '<h1>Sawt</h1>');
  vi.stubEnv('TMPDIR', temporary);
  stop = new AbortController();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

const ws = resolve(import.meta.dirname, '../../../node_modules/ws/wrapper.mjs');

/** Puts a browser on the path that opens our page as a real one does (cookie, then WebSocket) and then does `act`. */
async function installBrowser(act: string, opens = true): Promise<void> {
  const open = `
    const answer = await fetch(url, { redirect: 'manual' });
    const cookie = answer.headers.get('set-cookie').split(';')[0];
    const { host, origin } = new URL(url);
    const socket = new WebSocket('ws://' + host + '/api', { origin, headers: { cookie } });
    await new Promise((opened) => socket.once('open', opened));`;
  const script = `
    import { writeFileSync } from 'node:fs';
    import { WebSocket } from ${JSON.stringify(ws)};
    const url = process.argv.find((each) => each.startsWith('--app=')).slice('--app='.length);
    writeFileSync(${JSON.stringify(join(folder, 'pid'))}, String(process.pid));
    ${opens ? open : ''}
    ${act}
    setInterval(() => undefined, 1000);`;
  // Without an ending a script is CommonJS to older versions of Node, which knows no import.
  await writeFile(join(folder, 'browser.mjs'), script);
  const program = join(folder, 'chromium');
  await writeFile(program, `#!/bin/sh\nexec ${process.execPath} ${join(folder, 'browser.mjs')} "$@"\n`);
  await chmod(program, 0o755);
}

function open(env: NodeJS.ProcessEnv = { PATH: folder, DISPLAY: ':0' }): Promise<void> {
  const rendererFolder = join(folder, 'page');
  return runBrowserWindow({ app: appDouble({}), rendererFolder, env, platform: 'linux', signal: stop.signal });
}

async function expectNothingLeft(): Promise<void> {
  expect(await readdir(temporary)).toEqual([]);
  const pid = await readFile(join(folder, 'pid'), 'utf8');
  expect(existsSync(`/proc/${pid}`)).toBe(false);
}

describe.runIf(process.platform === 'linux')('the window', () => {
  it('is closed with the browser, and leaves nothing', async () => {
    await installBrowser('process.exit(0);');
    await open();
    await expectNothingLeft();
  });

  it('is closed with its page, also when the browser stays', async () => {
    await installBrowser('socket.close();');
    await open();
    await expectNothingLeft();
  });

  it('stays over a reload, and is closed by Ctrl-C', async () => {
    await installBrowser(`socket.close();
      setTimeout(() => {
        new WebSocket('ws://' + host + '/api', { origin, headers: { cookie } });
        writeFileSync(${JSON.stringify(join(folder, 'reloaded'))}, '');
      }, 200);`);
    let closed = false;
    const done = open().then(() => (closed = true));
    await vi.waitFor(() => expect(existsSync(join(folder, 'reloaded'))).toBe(true), { timeout: 10_000 });
    await new Promise((wake) => setTimeout(wake, 3500));
    expect(closed).toBe(false);
    stop.abort();
    await done;
    await expectNothingLeft();
  });

  it('that the browser could not open is one sentence that names the command line', async () => {
    await installBrowser('process.exit(1);', false);
    await expect(open()).rejects.toThrow(/could not open a window; .*node dist\/cli\.js/);
    await expectNothingLeft();
  });

  it.each([
    [{ DISPLAY: ':0' }, 'apt install chromium'],
    [{ PATH: 'here' }, 'a display'],
  ])('that has nothing to open it with (%o) says what is missing', async (env, missing) => {
    await installBrowser('process.exit(0);');
    const given = 'PATH' in env ? { PATH: folder } : env;
    const error: unknown = await open(given).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(NoWindowError);
    expect(String(error)).toContain(missing);
    expect(String(error)).toContain('node dist/cli.js');
    expect(await readdir(temporary)).toEqual([]);
  });
});
