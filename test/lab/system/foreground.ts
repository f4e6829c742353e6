import type { ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import { receiveSignals } from '../sandbox.ts';

/**
 * Waits for the program that the user asked for and returns its exit code, 128 + number for a signal, as a shell does.
 * Signals sent to us go to it; Ctrl-C on a terminal has reached it already.
 */
export function waitInForeground(child: ChildProcess): Promise<number> {
  process.on('SIGINT', () => undefined);
  receiveSignals((signal) => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}
