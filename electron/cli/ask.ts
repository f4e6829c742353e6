import { Writable, type Readable } from 'node:stream';
import { createInterface } from 'node:readline';
import { ApiError } from '../api/errors.ts';

const cancelled = (): ApiError =>
  new ApiError({ code: 'cancelled', message: 'Cancelled. Nothing was sent and nothing was changed.' });

/** Shows the question and reads one line. What is typed after a hidden question is not written anywhere. */
export function askLine(stdin: Readable, stderr: Writable, question: string, hidden: boolean): Promise<string> {
  const shown = hidden ? new Writable({ write: (_chunk, _encoding, done) => done() }) : stderr;
  // As a terminal, so that readline itself switches the echo of the system off.
  const lines = createInterface({ input: stdin, output: shown, terminal: true, historySize: 0 });
  // Only now: what is typed at once must not meet the echo.
  stderr.write(question);
  return new Promise((resolve, reject) => {
    const end = (settle: () => void): void => {
      lines.close();
      if (hidden) stderr.write('\n');
      settle();
    };
    lines.once('line', (line) => end(() => resolve(line)));
    lines.once('SIGINT', () => end(() => reject(cancelled())));
  });
}
