import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * What OpenVPN says on its management socket (OpenVPN's doc/management-notes.txt), as far as connecting needs it.
 * Everything else is `other`.
 */
export type ManagementEvent =
  /** `detail`: the reason, as in `RECONNECTING,connection-reset`. */
  | { kind: 'state'; name: string; detail: string }
  | { kind: 'log'; text: string }
  /** `type`: `Auth`, or `Private Key` for an encrypted one. */
  | { kind: 'need-password'; type: string }
  | { kind: 'password-refused'; type: string }
  | { kind: 'hold' }
  | { kind: 'fatal'; text: string }
  | { kind: 'other' };

export function parseManagementLine(line: string): ManagementEvent {
  const [, source = '', rest = ''] = /^>([A-Z0-9-]+):(.*)$/.exec(line) ?? [];
  switch (source) {
    case 'STATE': {
      const [, name = '', detail = ''] = rest.split(',');
      return { kind: 'state', name, detail };
    }
    case 'LOG':
      return { kind: 'log', text: rest.split(',').slice(2).join(',') };
    case 'PASSWORD':
      return parsePassword(rest);
    case 'HOLD':
      return { kind: 'hold' };
    case 'FATAL':
      return { kind: 'fatal', text: rest };
    default:
      return { kind: 'other' };
  }
}

function parsePassword(rest: string): ManagementEvent {
  const [, verb, type = ''] = /^(Need|Verification Failed:) '([^']*)'/.exec(rest) ?? [];
  if (verb === 'Need') return { kind: 'need-password', type };
  return verb === undefined ? { kind: 'other' } : { kind: 'password-refused', type };
}

/** A value in a management command; line breaks cannot be part of one. */
export function quoteValue(value: string): string {
  return `"${value.replaceAll(/[\r\n\0]/g, '').replaceAll(/["\\]/g, '\\$&')}"`;
}

export interface Management {
  /** Ends when OpenVPN does, or when it is closed. */
  events: AsyncIterable<ManagementEvent>;
  send(command: string): void;
  close(): void;
}

const lineLimit = 64 * 1024;

/** Connects as soon as the socket is there; undefined when `isAlive` says no before that, or after `limitMs`. */
export async function openManagement(
  path: string,
  { isAlive, limitMs, signal }: { isAlive: () => Promise<boolean>; limitMs: number; signal: AbortSignal },
): Promise<Management | undefined> {
  for (let waitedMs = 0; waitedMs < limitMs; waitedMs += 10) {
    const socket = await tryConnect(path);
    if (socket)
      return {
        events: readEvents(socket),
        send: (command) => socket.write(`${command}\n`),
        close: () => socket.destroy(),
      };
    if (!(await isAlive())) return undefined;
    await delay(10, undefined, { signal });
  }
  return undefined;
}

async function tryConnect(path: string): Promise<Socket | undefined> {
  const socket = connect(path);
  try {
    await once(socket, 'connect');
    // Later failures show as the end of the events.
    socket.on('error', () => undefined);
    return socket;
  } catch {
    socket.destroy();
    return undefined;
  }
}

async function* readEvents(socket: Socket): AsyncGenerator<ManagementEvent> {
  socket.setEncoding('utf8');
  let rest = '';
  try {
    for await (const chunk of socket as AsyncIterable<string>) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > lineLimit) return;
      for (const line of lines) yield parseManagementLine(line.replace(/\r$/, ''));
    }
  } catch {
    return; // closed by us, or reset because OpenVPN ended
  }
}
