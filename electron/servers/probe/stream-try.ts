import type { Address, ProbeNet, SocketFailure } from './net.ts';

/** One TCP connection and, when asked, one question over it. */

export interface Question {
  bytes: Uint8Array;
  /** Given every chunk that comes; true ends the try, `nonsense` too: the other side speaks another protocol. */
  read: (chunk: Uint8Array) => 'answered' | 'nonsense' | 'more';
}

/** `answered` times the question where there is one, else the connecting. `cut`: the other side ended it. */
export type StreamResult =
  | { kind: 'answered'; rttMs: number }
  | { kind: 'cut' }
  | { kind: 'nonsense' }
  | { kind: 'silent'; connected: boolean }
  | { kind: 'failed'; failure: Exclude<SocketFailure, 'timeout'> };

/** @throws the reason of the signal, with the socket closed */
export function runStreamTry(
  net: ProbeNet,
  to: Address,
  limitMs: number,
  question?: Question,
  signal?: AbortSignal,
): Promise<StreamResult> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      // The reason is the caller's own value, handed back as it is.
      reject(signal.reason as Error);
      return;
    }
    let connected = false;
    let fromMs = net.nowMs();
    const cancelLimit = net.after(limitMs, () => {
      end({ kind: 'silent', connected });
    });
    const socket = net.stream(to, {
      open: () => {
        const rttMs = net.nowMs() - fromMs;
        connected = true;
        if (question === undefined) {
          end({ kind: 'answered', rttMs });
          return;
        }
        fromMs = net.nowMs();
        socket.write(question.bytes);
      },
      data: (chunk) => {
        const reading = question?.read(chunk) ?? 'more';
        if (reading === 'answered') end({ kind: 'answered', rttMs: net.nowMs() - fromMs });
        else if (reading === 'nonsense') end({ kind: 'nonsense' });
      },
      end: () => {
        end({ kind: 'cut' });
      },
      failure: (failure) => {
        end(failure === 'timeout' ? { kind: 'silent', connected } : { kind: 'failed', failure });
      },
    });
    const abort = (): void => {
      close();
      reject(signal?.reason as Error);
    };
    signal?.addEventListener('abort', abort, { once: true });

    function close(): void {
      cancelLimit();
      socket.close();
      signal?.removeEventListener('abort', abort);
    }

    function end(result: StreamResult): void {
      close();
      resolve(result);
    }
  });
}
