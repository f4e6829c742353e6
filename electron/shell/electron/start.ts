import { app, BrowserWindow, dialog, ipcMain, Menu, protocol, session } from 'electron';
import { serveApi, type Events } from '../../api/server.ts';
import type { Handlers } from '../../api/schema.ts';
import { readBuiltFiles } from '../built-files.ts';
import { servePages } from './ipc-port.ts';
import { lockContents, lockSession, refusedSwitches, webPreferences } from './lock-down.ts';
import { pageSchemePrivileges, pageUrl, servePage } from './page.ts';

export interface ElectronShellOptions {
  openApp: () => Promise<{ handlers: Handlers; events: Events; close(): Promise<void> }>;
  /** Folder of the built window. */
  rendererFolder: string;
  /** Built preload script. */
  preload: string;
  /** Where Chromium keeps what it cannot do without; nothing of ours. */
  userDataFolder: string;
}

/** Takes over the process: everything that must be said before Electron is ready, then the window. */
export function startElectron(options: ElectronShellOptions): void {
  const refused = refusedSwitches.find((name) => app.commandLine.hasSwitch(name));
  if (app.isPackaged && refused !== undefined) {
    app.exit(1);
    return;
  }
  app.setPath('userData', options.userDataFolder);
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([pageSchemePrivileges]);
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  app.on('web-contents-created', (_event, contents) => lockContents(contents));
  void app
    .whenReady()
    .then(() => openWindow(options))
    .catch((error: unknown) => {
      dialog.showErrorBox('Sawt', error instanceof Error ? error.message : 'Sawt could not start.');
      app.exit(1);
    });
}

async function openWindow({ openApp, rendererFolder, preload }: ElectronShellOptions): Promise<void> {
  const [sawt, files] = await Promise.all([openApp(), readBuiltFiles(rendererFolder)]);
  // No `persist:` prefix: the page keeps nothing on the disk.
  const pageSession = session.fromPartition('window', { cache: false });
  lockSession(pageSession, app.isPackaged);
  servePage(pageSession.protocol, files);
  if (process.platform !== 'darwin') Menu.setApplicationMenu(null);

  const window = new BrowserWindow({
    width: 1180,
    height: 780,
    minWidth: 720,
    minHeight: 560,
    show: false,
    webPreferences: { ...webPreferences(preload, app.isPackaged), session: pageSession },
  });
  servePages(window.webContents, ipcMain, (port) => serveApi(port, sawt.handlers, sawt.events));
  window.once('ready-to-show', () => window.show());
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  app.on('window-all-closed', () => {
    void sawt.close().finally(() => app.quit());
  });
  await window.loadURL(pageUrl);
}
