import type { Port } from '../../electron/api/channel.ts';

export interface PortPair {
  client: Port;
  server: Port;
  /** Ends both sides, as a closed window or a dead app does. */
  close: () => void;
  /** How many listeners the server side still has. */
  serverListeners: () => number;
}

/** Two ports that face each other. Messages are cloned and come later, as over IPC or a socket. */
export function portPair(): PortPair {
  const sides = [side(), side()] as const;
  const port = (own: number): Port => ({
    send: (message) => {
      const copy: unknown = structuredClone(message);
      queueMicrotask(() => sides[1 - own]?.messages.forEach((listener) => listener(copy)));
    },
    onMessage: (listener) => listen(sides[own]?.messages, listener),
    onClose: (listener) => listen(sides[own]?.closings, listener),
  });
  return {
    client: port(0),
    server: port(1),
    close: () => sides.forEach(({ closings }) => closings.forEach((listener) => listener())),
    serverListeners: () => sides[1].messages.size,
  };
}

function side(): { messages: Set<(message: unknown) => void>; closings: Set<() => void> } {
  return { messages: new Set(), closings: new Set() };
}

function listen<Listener>(set: Set<Listener> | undefined, listener: Listener): () => void {
  set?.add(listener);
  return () => set?.delete(listener);
}
