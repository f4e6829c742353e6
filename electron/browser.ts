import { join } from 'node:path';
import { createApp } from './app.ts';
import { appOptions, onStopSignals } from './entry.ts';
import { NoWindowError, runBrowserWindow, serveBrowserWindow } from './shell/browser/start.ts';

// `--print-url` serves the window without opening it, for end-to-end tests and for a browser of one's own choice.
try {
  const app = await createApp(appOptions('browser', import.meta.dirname));
  const { env, platform } = process;
  const rendererFolder = join(import.meta.dirname, 'renderer');
  const options = { app, rendererFolder, env, platform, signal: onStopSignals() };
  if (process.argv.includes('--print-url'))
    await serveBrowserWindow(options, (url) => process.stdout.write(`${url}\n`));
  else await runBrowserWindow(options);
  await app.close();
  process.exit(0);
} catch (error) {
  process.stderr.write(`sawt: ${error instanceof NoWindowError ? error.message : 'The window could not be opened.'}\n`);
  process.exit(1);
}
