import type { Events } from '../../api/server.ts';
import type { Handlers } from '../../api/schema.ts';
import { readBuiltFiles } from '../built-files.ts';
import { openAppWindow } from './app-window.ts';
import { findBrowser, hasDisplay } from './find-browser.ts';
import { startBrowserServer } from './server.ts';

export interface BrowserShellOptions {
  app: { handlers: Handlers; events: Events };
  /** Folder of the built window. */
  rendererFolder: string;
  env: NodeJS.ProcessEnv;
  platform: NodeJS.Platform;
  /** Ends the shell: Ctrl-C. */
  signal: AbortSignal;
}

/** A page that is reloaded, or whose computer slept, comes back within this time. */
const reloadGraceMs = 3_000;

/** One sentence for somebody whose computer cannot show the window. */
export class NoWindowError extends Error {
  override readonly name = 'NoWindowError';
}

/** Opens the window and resolves when it was closed. Throws NoWindowError. */
export async function runBrowserWindow(options: BrowserShellOptions): Promise<void> {
  const browser = await usableBrowser(options);
  const closed = whenClosed();
  const server = await serve(options, true, closed.onWindows);
  const window = await openAppWindow(browser, server.url);
  try {
    const how = await Promise.race([window.ended, closed.promise.then(() => true), aborted(options.signal)]);
    if (!how && !closed.wasOpen())
      throw new NoWindowError(
        `${browser} could not open a window; everything works on the command line too: node dist/cli.js --help`,
      );
  } finally {
    await window.close();
    await server.close();
  }
}

/** Serves the window without opening it, until the signal ends; the address may be opened several times. */
export async function serveBrowserWindow(options: BrowserShellOptions, onUrl: (url: string) => void): Promise<void> {
  const server = await serve(options, false);
  onUrl(server.url);
  await aborted(options.signal);
  await server.close();
}

async function serve(
  { app, rendererFolder }: BrowserShellOptions,
  oneTime: boolean,
  onWindows?: (count: number) => void,
): ReturnType<typeof startBrowserServer> {
  const files = await readBuiltFiles(rendererFolder);
  return startBrowserServer({ files, ...app, oneTime, ...(onWindows && { onWindows }) });
}

async function usableBrowser({ env, platform }: BrowserShellOptions): Promise<string> {
  const browser = await findBrowser(env, platform);
  if (browser !== undefined && hasDisplay(env, platform)) return browser;
  const missing = browser === undefined ? 'Chromium (Debian: apt install chromium)' : 'a desktop session (a display)';
  throw new NoWindowError(
    `The window needs ${missing}; without it everything works on the command line: node dist/cli.js --help`,
  );
}

/** Resolves some seconds after the last window went, unless one came back. */
function whenClosed(): { promise: Promise<void>; onWindows: (count: number) => void; wasOpen: () => boolean } {
  let timer: NodeJS.Timeout | undefined;
  let open = false;
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return {
    promise,
    wasOpen: () => open,
    onWindows: (count) => {
      open = true;
      clearTimeout(timer);
      if (count === 0) timer = setTimeout(resolve, reloadGraceMs);
    },
  };
}

function aborted(signal: AbortSignal): Promise<true> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(true);
    signal.addEventListener('abort', () => resolve(true), { once: true });
  });
}
