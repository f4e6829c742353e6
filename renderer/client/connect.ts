import type { Port } from '../../electron/api/channel.ts';
import { connectApi } from '../../electron/api/client.ts';
import type { Api } from '../../electron/api/schema.ts';
import { openSocketPort } from './socket-port.ts';

declare global {
  interface Window {
    /** Put there by the preload script; absent in a browser window. */
    readonly sawtPort?: Port;
  }
}

export interface Client {
  api: Api;
  /** Called once when Sawt itself is gone. Returns the function that stops listening. */
  onLost: (listener: () => void) => () => void;
}

/** The API over the preload's port in the Electron window, over a WebSocket to our own origin in a browser window. */
export function connect(view: Window): Client {
  const port = view.sawtPort ?? openSocketPort(socketUrl(view.location));
  return { api: connectApi(port), onLost: (listener) => port.onClose(listener) };
}

function socketUrl({ protocol, host }: Location): string {
  return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/api`;
}
