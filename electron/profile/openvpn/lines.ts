import { ProfileError } from '../errors.ts';
import type { DroppedLine } from '../types.ts';
import { splitWords } from './tokens.ts';

/** `remote vpn.example.org 1194`: the name without leading dashes, and its arguments. */
export interface Directive {
  line: number;
  name: string;
  args: string[];
}

/** `<ca>` ... `</ca>`, the lines between them. `line` is that of the opening tag. */
export interface Block {
  line: number;
  name: string;
  lines: string[];
}

// OpenVPN splits what is longer than 255 bytes and reads the rest as a line of its own: a way to smuggle lines in.
const maxLineBytes = 250;
const maxBlockLineBytes = 200;

/** Reads as OpenVPN does, its traps refused. `firstLine`: number of the first line, for blocks inside a file. Throws ProfileError. */
export function readLines(
  lines: readonly string[],
  file: string,
  firstLine = 1,
): { directives: Directive[]; blocks: Block[]; dropped: DroppedLine[] } {
  const directives: Directive[] = [];
  const blocks: Block[] = [];
  const dropped: DroppedLine[] = [];
  for (let index = 0; index < lines.length; index++) {
    const text = lines[index] ?? '';
    const line = firstLine + index;
    refuseLong(text, maxLineBytes, file, line);
    const words = splitWords(text);
    if (words === undefined)
      dropped.push({ line, directive: 'unreadable', reason: 'its quotes or backslashes are wrong' });
    const [word, ...args] = words ?? [];
    if (word === undefined) continue;
    const name = word.length >= 3 && word.startsWith('--') ? word.slice(2) : word;
    const tag = /^<(.*)>$/.exec(name)?.[1];
    if (tag === undefined || args.length > 0) {
      directives.push({ line, name, args });
      continue;
    }
    const length = blockLength(lines.slice(index + 1), tag, file, line);
    blocks.push({ line, name: tag, lines: lines.slice(index + 1, index + 1 + length) });
    index += length + 1;
  }
  return { directives, blocks, dropped };
}

/** Number of lines before the closing tag. */
function blockLength(lines: readonly string[], tag: string, file: string, line: number): number {
  const close = `</${tag}>`;
  const length = lines.findIndex((text) => text.trimStart().startsWith(close));
  const place = { file, directive: shownName(tag) };
  if (length < 0) {
    throw new ProfileError('profile-invalid', { ...place, line }, 'the block is never closed; the file was cut off');
  }
  for (const [index, text] of lines.slice(0, length).entries())
    refuseLong(text, maxBlockLineBytes, file, line + 1 + index);
  if (lines[length]?.trim() !== close) {
    throw new ProfileError(
      'profile-dangerous',
      { ...place, line: line + 1 + length },
      'there is more text behind the end of the block, which can hide commands, so it was refused',
    );
  }
  return length;
}

function refuseLong(text: string, most: number, file: string, line: number): void {
  if (Buffer.byteLength(text) <= most) return;
  throw new ProfileError(
    'profile-dangerous',
    { file, line, directive: null },
    'the line is so long that OpenVPN would cut it in two, which can hide commands, so it was refused',
  );
}

/** For messages: the name of a directive, but never something that only stands in its place. */
export function shownName(name: string): string {
  return /^[a-z][a-z0-9-]{0,31}$/.test(name) ? name : 'unreadable';
}
