import type { Port } from '../../electron/api/channel.ts';

/** JSON messages over a WebSocket. What is sent before the socket is open waits for it. */
export function openSocketPort(url: string): Port {
  const socket = new WebSocket(url);
  const waiting: string[] = [];
  let closed = false;

  socket.addEventListener('open', () => {
    for (const message of waiting.splice(0)) socket.send(message);
  });
  socket.addEventListener('close', () => {
    closed = true;
  });

  return {
    send: (message) => {
      const text = JSON.stringify(message);
      if (socket.readyState === WebSocket.CONNECTING) waiting.push(text);
      else if (!closed) socket.send(text);
    },
    onMessage: (listener) => {
      const receive = ({ data }: MessageEvent<string>): void => listener(JSON.parse(data));
      socket.addEventListener('message', receive);
      return () => socket.removeEventListener('message', receive);
    },
    onClose: (listener) => {
      const close = (): void => listener();
      socket.addEventListener('close', close, { once: true });
      return () => socket.removeEventListener('close', close);
    },
  };
}
