import type { Session, WebContents, WebPreferences } from 'electron';
import { isOurPage, pageScheme } from './page.ts';

/** Electron's security guide, all of it that is a preference; the defaults are written out so that none can drift. */
export function webPreferences(preload: string, isPackaged: boolean): WebPreferences {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    plugins: false,
    navigateOnDragDrop: false,
    spellcheck: false, // would fetch a dictionary
    safeDialogs: true,
    devTools: !isPackaged,
  };
}

/** No permission but writing to the clipboard, and no request but for our own page. Electron's default allows all. */
export function lockSession(session: Session, isPackaged: boolean): void {
  const allowed = (permission: string, url: string | undefined): boolean =>
    permission === 'clipboard-sanitized-write' && isOurPage(url);
  session.setPermissionRequestHandler((contents, permission, callback) =>
    callback(allowed(permission, contents.getURL())),
  );
  session.setPermissionCheckHandler((_contents, permission, origin) => allowed(permission, origin));
  session.setDevicePermissionHandler(() => false);
  const schemes = isPackaged ? [`${pageScheme}:`] : [`${pageScheme}:`, 'devtools:'];
  session.webRequest.onBeforeRequest(({ url }, callback) =>
    callback({ cancel: !schemes.includes(URL.canParse(url) ? new URL(url).protocol : '') }),
  );
}

/** The page stays where it is: it goes nowhere else, opens nothing and embeds nothing. */
export function lockContents(contents: WebContents): void {
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** Switches that would open the window to others or send its traffic elsewhere. A shipped app does not start with them. */
export const refusedSwitches = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'inspect',
  'inspect-brk',
  'host-resolver-rules',
  'host-rules',
  'ignore-certificate-errors',
  'proxy-server',
  'proxy-pac-url',
  'disable-web-security',
  'no-sandbox',
  'load-extension',
  'js-flags',
] as const;
