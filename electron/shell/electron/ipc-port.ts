import type { IpcMain, IpcMainEvent, WebContents } from 'electron';
import { ipcChannel, type Port } from '../../api/channel.ts';
import { isOurPage } from './page.ts';

/**
 * Gives `serve` a port for each page that the window loads. Only the window's own main frame, showing our own page, may
 * speak; everything else is dropped. A reload is a new page: the old port closes, so that its calls end.
 */
export function servePages(contents: WebContents, ipcMain: IpcMain, serve: (port: Port) => void): void {
  let current: OpenPort | undefined;
  const close = (): void => {
    current?.close();
    current = undefined;
  };
  const receive = (event: IpcMainEvent, message: unknown): void => {
    if (isOwnMainFrame(event, contents)) current?.receive(message);
  };

  ipcMain.on(ipcChannel, receive);
  contents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (!isMainFrame || isSameDocument) return;
    close();
    current = openPort(contents);
    serve(current.port);
  });
  contents.on('render-process-gone', close);
  contents.once('destroyed', () => {
    ipcMain.off(ipcChannel, receive);
    close();
  });
}

/** `senderFrame` is null when the frame is gone already. */
function isOwnMainFrame({ sender, senderFrame }: IpcMainEvent, contents: WebContents): boolean {
  return (
    senderFrame !== null && sender === contents && senderFrame === contents.mainFrame && isOurPage(senderFrame.url)
  );
}

interface OpenPort {
  port: Port;
  receive(message: unknown): void;
  close(): void;
}

function openPort(contents: WebContents): OpenPort {
  const messages = new Set<(message: unknown) => void>();
  const closings = new Set<() => void>();
  let closed = false;
  const port: Port = {
    send: (message) => {
      if (!closed && !contents.isDestroyed()) contents.send(ipcChannel, message);
    },
    onMessage: (listener) => {
      messages.add(listener);
      return () => messages.delete(listener);
    },
    onClose: (listener) => {
      closings.add(listener);
      return () => closings.delete(listener);
    },
  };
  return {
    port,
    receive: (message) => messages.forEach((listener) => listener(message)),
    close: () => {
      closed = true;
      closings.forEach((listener) => listener());
    },
  };
}
