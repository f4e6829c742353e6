import type { Readable, Writable } from 'node:stream';
import { askLine } from './ask.ts';

/** Where a command reads and writes. Standard output carries the result, standard error everything said to people. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** Standard output, to the byte. */
  outBytes(bytes: Uint8Array): void;
  /** Paints for standard output; the identity where colour is off. */
  paint: Paint;
  /** Replaces the progress line on standard error; does nothing where that is no terminal. Empty text removes it. */
  progress(text: string): void;
  /** All of standard input, at most `limitBytes`; more is an error. */
  readInput(limitBytes: number): Promise<Uint8Array>;
  /** Somebody sits at standard input and can be asked. */
  readonly canAsk: boolean;
  /** One line that is typed, without its end; `hidden`: nothing of it is shown. Rejects when it is interrupted. */
  ask(question: string, hidden: boolean): Promise<string>;
}

export type Colour = 'red' | 'green' | 'yellow' | 'dim' | 'bold';
export type Paint = (colour: Colour, text: string) => string;

const codes: Record<Colour, [open: number, close: number]> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
};
const escape = '\u001b[';

/** A stream that may be somebody's keyboard. */
type Typed = Readable & { isTTY?: boolean; setRawMode?(raw: boolean): unknown };

export interface Streams {
  stdin: Typed;
  stdout: Writable & { isTTY?: boolean };
  stderr: Writable & { isTTY?: boolean };
  env: NodeJS.ProcessEnv;
}

/** NO_COLOR (no-color.org: any non-empty value), TERM=dumb and anything but a terminal switch colour and animation off. */
export function createTerminal({ stdin, stdout, stderr, env }: Streams): Terminal {
  const plain = Boolean(env['NO_COLOR']) || env['TERM'] === 'dumb';
  const colour = !plain && stdout.isTTY === true;
  const animated = !plain && stderr.isTTY === true;
  let progressShown = false;

  const clearProgress = (): void => {
    if (progressShown) stderr.write(`\r${escape}K`);
    progressShown = false;
  };
  return {
    out: (text) => {
      clearProgress();
      stdout.write(`${text}\n`);
    },
    err: (text) => {
      clearProgress();
      stderr.write(`${text}\n`);
    },
    outBytes: (bytes) => {
      clearProgress();
      stdout.write(bytes);
    },
    paint: (name, text) => (colour ? `${escape}${codes[name][0]}m${text}${escape}${codes[name][1]}m` : text),
    progress: (text) => {
      if (!animated) return;
      clearProgress();
      if (text === '') return;
      stderr.write(text);
      progressShown = true;
    },
    readInput: (limitBytes) => readAll(stdin, limitBytes),
    canAsk: stdin.isTTY === true,
    ask: (question, hidden) => {
      clearProgress();
      return askLine(stdin, stderr, question, hidden);
    },
  };
}

async function readAll(stream: Readable, limitBytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer | string>) {
    const bytes = Buffer.from(chunk);
    sizeBytes += bytes.length;
    if (sizeBytes > limitBytes) throw new RangeError('standard input is too large');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
