import { join } from 'node:path';
import { createApp } from './app.ts';
import { appOptions } from './entry.ts';
import { startElectron } from './shell/electron/start.ts';

const options = appOptions('electron', import.meta.dirname);
startElectron({
  openApp: () => createApp(options),
  rendererFolder: join(import.meta.dirname, 'renderer'),
  preload: join(import.meta.dirname, 'preload.cjs'),
  userDataFolder: join(options.home.data, 'window'),
});
