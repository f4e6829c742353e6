import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startElectron } from '../../../electron/shell/electron/start.ts';
import { appDouble, type AppDouble } from '../../app-double.ts';
import type { ElectronDouble } from './electron-double.ts';

const holder = vi.hoisted<{ electron?: ElectronDouble }>(() => ({}));
vi.mock('electron', async () => {
  const { makeElectron } = await import('./electron-double.ts');
  return (holder.electron = makeElectron());
});

let electron: ElectronDouble;
let rendererFolder: string;
const close = vi.fn(() => Promise.resolve());
let app: AppDouble;

beforeEach(async () => {
  vi.clearAllMocks();
  app = appDouble({ 'tunnel.repair': () => Promise.resolve({ removed: ['rule'] }) });
  rendererFolder = await mkdtemp(join(tmpdir(), 'sawt-test-'));
  await writeFile(join(rendererFolder, 'index.html'), '<h1>Sawt</h1>');
  await import('electron');
  if (!holder.electron) throw new Error('electron was not replaced');
  electron = holder.electron;
  for (const emitter of [electron.app, electron.ipcMain]) emitter.removeAllListeners();
  electron.switches.clear();
  electron.windows.length = 0;
  electron.app.isPackaged = false;
});
afterEach(() => rm(rendererFolder, { recursive: true }));

function start(): void {
  startElectron({
    openApp: () => Promise.resolve({ ...app, close }),
    rendererFolder,
    preload: '/app/dist/preload.cjs',
    userDataFolder: '/home/user/.sawt/window',
  });
}

async function startedWindow(): Promise<ElectronDouble['windows'][number]> {
  start();
  await vi.waitFor(() => expect(electron.windows[0]?.loadURL).toHaveBeenCalled());
  const [window] = electron.windows;
  if (!window) throw new Error('no window');
  return window;
}

describe('before Electron is ready', () => {
  it('the sandbox is on for every process, and the page has a scheme without risky privileges', () => {
    start();
    expect(electron.app.enableSandbox).toHaveBeenCalledOnce();
    expect(electron.protocol.registerSchemesAsPrivileged).toHaveBeenCalledWith([
      {
        scheme: 'sawt-app',
        privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
      },
    ]);
  });

  it('a second start hands over to the first', () => {
    electron.app.requestSingleInstanceLock.mockReturnValueOnce(false);
    start();
    expect(electron.app.quit).toHaveBeenCalledOnce();
    expect(electron.app.whenReady).not.toHaveBeenCalled();
  });

  it.each(['remote-debugging-port', 'no-sandbox', 'proxy-server', 'host-resolver-rules', 'inspect'])(
    'a shipped app refuses --%s, a developer may use it',
    (name) => {
      electron.switches.add(name);
      start();
      expect(electron.app.exit).not.toHaveBeenCalled();
      electron.app.isPackaged = true;
      start();
      expect(electron.app.exit).toHaveBeenCalledWith(1);
    },
  );
});

describe('the window', () => {
  it('is isolated, in the sandbox and without Node', async () => {
    const { options, loadURL } = await startedWindow();
    expect(options.webPreferences).toMatchObject({
      preload: '/app/dist/preload.cjs',
      session: electron.fakeSession,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      allowRunningInsecureContent: false,
    });
    expect(loadURL).toHaveBeenCalledWith('sawt-app://window/index.html');
    expect(electron.session.fromPartition).toHaveBeenCalledWith(expect.not.stringMatching(/^persist:/), {
      cache: false,
    });
  });

  it('goes nowhere else, opens nothing and embeds nothing', async () => {
    const { webContents } = await startedWindow();
    for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview']) {
      const event = { preventDefault: vi.fn() };
      webContents.emit(name, event);
      expect(event.preventDefault, name).toHaveBeenCalledOnce();
    }
    expect(webContents.windowOpenHandler?.({ url: 'https://example.org' })).toEqual({ action: 'deny' });
  });

  it('shows itself when it has something to show, and comes forward when Sawt is started again', async () => {
    const window = await startedWindow();
    expect(window.options.show).toBe(false);
    window.emit('ready-to-show');
    expect(window.show).toHaveBeenCalledOnce();
    electron.app.emit('second-instance');
    expect(window.restore).toHaveBeenCalledOnce();
    expect(window.focus).toHaveBeenCalledOnce();
  });

  it('closes the app before it leaves', async () => {
    await startedWindow();
    electron.app.emit('window-all-closed');
    await vi.waitFor(() => expect(electron.app.quit).toHaveBeenCalledOnce());
    expect(close).toHaveBeenCalledOnce();
  });

  it('says why when it cannot open', async () => {
    await rm(join(rendererFolder, 'index.html'));
    start();
    await vi.waitFor(() => expect(electron.app.exit).toHaveBeenCalledWith(1));
    expect(electron.dialog.showErrorBox).toHaveBeenCalledWith('Sawt', 'the window was not built');
  });
});

describe('its session', () => {
  it('gives no permission but writing to the clipboard, and that to our page only', async () => {
    await startedWindow();
    const { setPermissionRequestHandler, setPermissionCheckHandler, setDevicePermissionHandler } = electron.fakeSession;
    const request = setPermissionRequestHandler.mock.calls[0]?.[0] as PermissionRequest;
    const check = setPermissionCheckHandler.mock.calls[0]?.[0] as (c: null, p: string, origin: string) => boolean;
    const device = setDevicePermissionHandler.mock.calls[0]?.[0] as () => boolean;
    const ask = (permission: string, url: string): boolean | undefined => {
      let answer: boolean | undefined;
      request({ getURL: () => url }, permission, (granted) => (answer = granted));
      return answer;
    };
    const ours = 'sawt-app://window/index.html';
    for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'hid']) {
      expect(ask(permission, ours)).toBe(false);
      expect(check(null, permission, ours)).toBe(false);
    }
    expect(ask('clipboard-sanitized-write', ours)).toBe(true);
    expect(ask('clipboard-sanitized-write', 'https://evil.example/')).toBe(false);
    expect(check(null, 'clipboard-sanitized-write', 'null')).toBe(false);
    expect(device()).toBe(false);
  });

  it.each([
    ['sawt-app://window/assets/a.js', false],
    ['https://example.org/', true],
    ['http://127.0.0.1/', true],
    ['file:///etc/passwd', true],
    ['ws://example.org/', true],
    ['nonsense', true],
  ])('a request for %s is cancelled: %s', async (url, cancelled) => {
    electron.app.isPackaged = true;
    await startedWindow();
    const before = electron.fakeSession.webRequest.onBeforeRequest.mock.calls[0]?.[0] as (
      details: { url: string },
      callback: (answer: { cancel: boolean }) => void,
    ) => void;
    const callback = vi.fn();
    before({ url }, callback);
    expect(callback).toHaveBeenCalledWith({ cancel: cancelled });
  });

  it('serves the built files by exact path, under the same policy as everywhere', async () => {
    await startedWindow();
    const [scheme, handler] = electron.fakeSession.protocol.handle.mock.calls[0] ?? [];
    expect(scheme).toBe('sawt-app');
    const get = (url: string, method = 'GET'): Response | undefined => handler?.(new Request(url, { method }));
    const page = get('sawt-app://window/index.html');
    expect(page?.status).toBe(200);
    expect(await page?.text()).toBe('<h1>Sawt</h1>');
    expect(page?.headers.get('content-security-policy')).toContain("connect-src 'self'; ");
    expect(get('sawt-app://window/../package.json')?.status).toBe(404);
    expect(get('sawt-app://other/index.html')?.status).toBe(404);
    expect(get('sawt-app://window/index.html', 'POST')?.status).toBe(404);
  });
});

type PermissionRequest = (
  contents: { getURL: () => string },
  permission: string,
  callback: (granted: boolean) => void,
) => void;

describe('IPC', () => {
  const message = { type: 'call', id: 1, name: 'tunnel.repair', args: {} };

  it('answers the main frame of our own page', async () => {
    const { webContents } = await startedWindow();
    electron.ipcMain.emit('sawt', { sender: webContents, senderFrame: webContents.mainFrame }, message);
    await vi.waitFor(() =>
      expect(webContents.send).toHaveBeenCalledWith('sawt', {
        type: 'result',
        id: 1,
        value: { removed: ['rule'] },
      }),
    );
  });

  it('tells events to the page', async () => {
    const { webContents } = await startedWindow();
    app.emit('check', { kind: 'progress', done: 1, planned: 2 });
    expect(webContents.send).toHaveBeenCalledWith('sawt', expect.objectContaining({ type: 'event', name: 'check' }));
  });

  it.each([
    ['a frame that is gone', () => ({ senderFrame: null })],
    ['a frame inside the page', () => ({ senderFrame: { url: 'sawt-app://window/index.html' } })],
    ['another window', () => ({ sender: {} })],
  ])('drops what %s says', async (_who, change) => {
    const { webContents } = await startedWindow();
    const event = { sender: webContents, senderFrame: webContents.mainFrame, ...change() };
    electron.ipcMain.emit('sawt', event, message);
    await new Promise((resolve) => setImmediate(resolve));
    expect(webContents.send).not.toHaveBeenCalled();
  });

  it.each(['https://evil.example/', 'sawt-app://other/', 'sawt-app-2://window/', 'about:blank', ''])(
    'drops what the main frame says while it shows %j',
    async (url) => {
      const { webContents } = await startedWindow();
      webContents.mainFrame.url = url;
      electron.ipcMain.emit('sawt', { sender: webContents, senderFrame: webContents.mainFrame }, message);
      await new Promise((resolve) => setImmediate(resolve));
      expect(webContents.send).not.toHaveBeenCalled();
    },
  );

  it('starts anew with a reload: the old page gets nothing more', async () => {
    const { webContents } = await startedWindow();
    const before = app.listeners();
    webContents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false });
    expect(app.listeners()).toBe(before);
    webContents.emit('did-start-navigation', { isMainFrame: false, isSameDocument: false });
    webContents.emit('destroyed');
    expect(app.listeners()).toBe(0);
    expect(electron.ipcMain.listenerCount('sawt')).toBe(0);
  });
});
