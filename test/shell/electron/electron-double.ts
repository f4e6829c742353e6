import { EventEmitter } from 'node:events';
import { vi } from 'vitest';

/**
 * Stands in for the `electron` module: it records how it was set up and lets a test play Electron's part. It proves our
 * wiring, not Electron's behaviour.
 */
export function makeElectron() {
  const switches = new Set<string>();
  const windows: FakeWindow[] = [];
  const ipcMain = new EventEmitter();
  const ipcRenderer = Object.assign(new EventEmitter(), { send: vi.fn() });

  class FakeContents extends EventEmitter {
    mainFrame = { url: 'sawt-app://window/index.html' };
    send = vi.fn();
    windowOpenHandler: ((details: object) => unknown) | undefined;
    isDestroyed = (): boolean => false;
    getURL = (): string => this.mainFrame.url;
    setWindowOpenHandler = (handler: (details: object) => unknown): void => {
      this.windowOpenHandler = handler;
    };
  }
  class FakeWindow extends EventEmitter {
    webContents = new FakeContents();
    options: FakeWindowOptions;
    show = vi.fn();
    focus = vi.fn();
    restore = vi.fn();
    isMinimized = (): boolean => true;
    loadURL = vi.fn(() => {
      this.webContents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false });
      return Promise.resolve();
    });
    constructor(options: FakeWindowOptions) {
      super();
      this.options = options;
      windows.push(this);
      app.emit('web-contents-created', {}, this.webContents);
    }
  }

  const fakeSession = {
    protocol: { handle: vi.fn<(scheme: string, handler: (request: Request) => Response) => void>() },
    setPermissionRequestHandler: vi.fn(),
    setPermissionCheckHandler: vi.fn(),
    setDevicePermissionHandler: vi.fn(),
    webRequest: { onBeforeRequest: vi.fn() },
  };
  const app = Object.assign(new EventEmitter(), {
    isPackaged: false,
    commandLine: { hasSwitch: (name: string) => switches.has(name) },
    setPath: vi.fn(),
    enableSandbox: vi.fn(),
    requestSingleInstanceLock: vi.fn(() => true),
    whenReady: vi.fn(() => Promise.resolve()),
    quit: vi.fn(),
    exit: vi.fn(),
    getAppPath: () => '/app',
  });
  return {
    switches,
    windows,
    fakeSession,
    app,
    BrowserWindow: FakeWindow,
    contextBridge: { exposeInMainWorld: vi.fn() },
    dialog: { showErrorBox: vi.fn() },
    ipcMain,
    ipcRenderer,
    Menu: { setApplicationMenu: vi.fn() },
    protocol: { registerSchemesAsPrivileged: vi.fn() },
    session: { fromPartition: vi.fn(() => fakeSession) },
  };
}

interface FakeWindowOptions {
  show: boolean;
  webPreferences: Record<string, unknown>;
}

export type ElectronDouble = ReturnType<typeof makeElectron>;
