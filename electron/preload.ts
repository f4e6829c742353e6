import { contextBridge, ipcRenderer } from 'electron';
import { ipcChannel, type Port } from './api/channel.ts';

/** All that the page gets from Electron: the API's port. Never `ipcRenderer` itself, and never an IPC event. */
const port: Port = {
  send: (message) => ipcRenderer.send(ipcChannel, message),
  onMessage: (listener) => {
    const receive = (_event: unknown, message: unknown): void => listener(message);
    ipcRenderer.on(ipcChannel, receive);
    return () => ipcRenderer.off(ipcChannel, receive);
  },
  // The page lives in the app's own window and goes down with it.
  onClose: () => () => undefined,
};

contextBridge.exposeInMainWorld('sawtPort', port);
