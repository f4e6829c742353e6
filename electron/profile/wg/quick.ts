import { ProfileError } from '../errors.ts';

/** A line as wg-quick(8) sees it: one of its own settings, or something that it hands on to wg(8) unread. */
export type QuickLine =
  { line: number; owner: 'wg-quick'; key: string; value: string } | { line: number; owner: 'wg'; text: string };

const quickKeys = /^(?:Address|MTU|DNS|Table|PreUp|PreDown|PostUp|PostDown|SaveConfig)$/i;

/**
 * Reads as wg-quick's bash does in the C locale: no NUL bytes, spaces and tabs trimmed from a line, `#` ends it, keys
 * without regard to case (of ASCII letters only), its own settings only in [Interface], and a line without `=` is key
 * and value at once. Throws ProfileError on a SaveConfig that is neither true nor false, where wg-quick gives up.
 */
export function* readQuickLines(text: string): Generator<QuickLine> {
  const lines = text.replaceAll('\0', '').split('\n');
  // Behind the last line end stands no line, not even one of white space.
  if (/^[ \t]*$/.test(lines.at(-1) ?? '')) lines.pop();
  let inInterface = false;
  for (const [index, raw] of lines.entries()) {
    const line = index + 1;
    const trimmed = raw.replace(/^[ \t]+|[ \t]+$/g, '');
    const stripped = trimmed.replace(/#.*/s, '');
    const equals = stripped.indexOf('=');
    const key = trim(equals < 0 ? stripped : stripped.slice(0, equals));
    const value = trim(stripped.slice(equals + 1));
    if (key.startsWith('[')) inInterface = /^\[Interface\]$/i.test(key);
    if (inInterface && quickKeys.test(key)) {
      if (/^SaveConfig$/i.test(key) && !/^(?:true|false)$/i.test(value)) throw notBoolean(line);
      yield { line, owner: 'wg-quick', key, value };
    } else yield { line, owner: 'wg', text: trimmed };
  }
}

/** White space of the C locale; JavaScript's own trim takes more. */
const trim = (text: string): string => text.replace(/^[ \t\v\f\r]+|[ \t\v\f\r]+$/g, '');

function notBoolean(line: number): ProfileError {
  const place = { file: 'input', line, directive: 'SaveConfig' };
  return new ProfileError('profile-invalid', place, 'this is neither true nor false');
}
