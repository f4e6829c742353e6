import type { WebSocket } from 'ws';
import type { Port } from '../../api/channel.ts';

/** JSON text messages over a WebSocket as the API's port. What is no JSON arrives as undefined, which the API drops. */
export function webSocketPort(webSocket: WebSocket): Port {
  webSocket.on('error', () => undefined); // a close always follows
  return {
    send: (message) => {
      if (webSocket.readyState === webSocket.OPEN) webSocket.send(JSON.stringify(message));
    },
    onMessage: (listener) => {
      const receive = (data: WebSocket.RawData, isBinary: boolean): void =>
        listener(isBinary ? undefined : parse(data));
      webSocket.on('message', receive);
      return () => webSocket.off('message', receive);
    },
    onClose: (listener) => {
      webSocket.once('close', listener);
      return () => webSocket.off('close', listener);
    },
  };
}

function parse(data: WebSocket.RawData): unknown {
  try {
    // Text messages come as one Buffer: `binaryType` is left at its default.
    return JSON.parse((data as Buffer).toString('utf8'));
  } catch {
    return undefined;
  }
}
