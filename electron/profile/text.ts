import { ProfileError } from './errors.ts';

/** Configuration files are a few KiB; with hundreds of routes and certificates some 20. */
export const maxTextBytes = 64 * 1024;
/** A list of allowed addresses is one line and can be long; OpenVPN's own limit is checked where its lines are read. */
const maxLineBytes = 8 * 1024;

/**
 * Bytes that make two programs see two different files in one: bash drops NUL (so `Post\0Up` runs), some readers end a
 * line at a lone CR, at U+0085 or U+2028, and OpenVPN takes a vertical tab for a space. No honest file has them.
 */
const hostile = new RegExp(
  `[${range(0x00, 0x08)}${range(0x0b, 0x0c)}${range(0x0e, 0x1f)}${range(0x7f, 0x9f)}\\u2028\\u2029\\ufeff]|\\r(?!\\n|$)`,
  'u',
);

/**
 * Lines of a configuration text, without their ends. Throws ProfileError: too large, not UTF-8, or made to be read
 * differently by different programs.
 */
export function linesOf(bytes: Uint8Array, file: string): string[] {
  const place = { file, line: null, directive: null };
  if (bytes.length > maxTextBytes) {
    throw new ProfileError(
      'profile-too-large',
      place,
      `it is larger than the ${maxTextBytes / 1024} KiB a profile can have`,
    );
  }
  const lines = decode(bytes, file).split(/\r?\n/);
  const bad = lines.findIndex((line) => hostile.test(line));
  if (bad >= 0) {
    throw new ProfileError(
      'profile-dangerous',
      { file, line: bad + 1, directive: null },
      'it holds invisible control characters, which can hide commands, so it was refused; ask for a clean file',
    );
  }
  const long = lines.findIndex((line) => Buffer.byteLength(line) > maxLineBytes);
  if (long >= 0) {
    throw new ProfileError('profile-too-large', { file, line: long + 1, directive: null }, 'the line is far too long');
  }
  return lines;
}

function decode(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes); // a mark at the start (BOM) is taken off
  } catch {
    throw new ProfileError(
      'profile-invalid',
      { file, line: null, directive: null },
      'it is not a text in UTF-8; save it again as plain text',
    );
  }
}

function range(first: number, last: number): string {
  const code = (point: number): string => `\\u${point.toString(16).padStart(4, '0')}`;
  return `${code(first)}-${code(last)}`;
}
