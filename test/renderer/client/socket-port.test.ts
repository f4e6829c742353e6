import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openSocketPort } from '../../../renderer/client/socket-port.ts';

/** As much of a WebSocket as the port uses; opens, receives and closes when the test says so. */
class SocketDouble extends EventTarget {
  static readonly CONNECTING = 0;
  static last: SocketDouble;
  readyState = 0;
  readonly sent: string[] = [];
  readonly url: string;

  constructor(url: string) {
    super();
    this.url = url;
    SocketDouble.last = this;
  }
  send(text: string): void {
    this.sent.push(text);
  }
  becomes(state: 'open' | 'close'): void {
    this.readyState = state === 'open' ? 1 : 3;
    this.dispatchEvent(new Event(state));
  }
}

describe('the port over a WebSocket', () => {
  beforeEach(() => void vi.stubGlobal('WebSocket', SocketDouble));
  afterEach(() => void vi.unstubAllGlobals());

  it('keeps what is sent early until the socket is open', () => {
    const port = openSocketPort('ws://127.0.0.1:1/api');
    port.send({ first: 1 });
    expect(SocketDouble.last.sent).toEqual([]);
    SocketDouble.last.becomes('open');
    port.send({ second: 2 });
    expect(SocketDouble.last.sent).toEqual(['{"first":1}', '{"second":2}']);
  });

  it('hands messages to its listeners until they stop', () => {
    const port = openSocketPort('ws://127.0.0.1:1/api');
    const heard: unknown[] = [];
    const stop = port.onMessage((message) => heard.push(message));
    SocketDouble.last.dispatchEvent(new MessageEvent('message', { data: '{"a":1}' }));
    stop();
    SocketDouble.last.dispatchEvent(new MessageEvent('message', { data: '{"a":2}' }));
    expect(heard).toEqual([{ a: 1 }]);
  });

  it('tells once that the other side is gone, and sends nothing afterwards', () => {
    const port = openSocketPort('ws://127.0.0.1:1/api');
    const closed = vi.fn();
    port.onClose(closed);
    SocketDouble.last.becomes('open');
    SocketDouble.last.becomes('close');
    SocketDouble.last.becomes('close');
    port.send({ late: true });
    expect(closed).toHaveBeenCalledTimes(1);
    expect(SocketDouble.last.sent).toEqual([]);
  });
});
