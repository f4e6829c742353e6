/**
 * Splits a line as OpenVPN does (openvpn(8), "ENCRYPTION... quoting"; checked against version 2.6): white space separates;
 * `"..."` and `'...'` keep it; outside single quotes `\` takes the next character literally, which must be `\`, `"` or
 * white space; `#` or `;` at the start of a word begins a comment; a closing quote ends the word.
 * Undefined: OpenVPN refuses the line, or would take the line end into a word because of a `\` before it.
 */
export function splitWords(line: string): string[] | undefined {
  const words: string[] = [];
  let word = '';
  let state: 'between' | 'plain' | 'double' | 'single' = 'between';
  let escaped = false;
  // OpenVPN reads the zero byte at the end of a line as one more white space.
  for (const character of `${line} `) {
    if (!escaped && character === '\\' && state !== 'single') {
      escaped = true;
      continue;
    }
    if (state === 'between' && !isSpace(character) && (character === '#' || character === ';')) return words;
    const step = advance(state, character, escaped);
    if (step.keeps) {
      if (escaped && !/[\\"\s]/.test(character)) return undefined;
      word += character;
    }
    if (step.ends) {
      words.push(word);
      word = '';
    }
    state = step.state;
    escaped = false;
  }
  return state === 'between' && !escaped ? words : undefined;
}

type State = 'between' | 'plain' | 'double' | 'single';
interface Step {
  state: State;
  /** The character belongs to the word. */
  keeps: boolean;
  ends: boolean;
}

function advance(state: State, character: string, escaped: boolean): Step {
  switch (state) {
    case 'between':
      if (isSpace(character)) return { state, keeps: false, ends: false };
      if (!escaped && character === '"') return { state: 'double', keeps: false, ends: false };
      if (!escaped && character === "'") return { state: 'single', keeps: false, ends: false };
      return { state: 'plain', keeps: true, ends: false };
    case 'plain':
      return !escaped && isSpace(character) ? ended : { state, keeps: true, ends: false };
    case 'double':
      return !escaped && character === '"' ? ended : { state, keeps: true, ends: false };
    case 'single':
      return character === "'" ? ended : { state, keeps: true, ends: false };
  }
}

const ended: Step = { state: 'between', keeps: false, ends: true };
const isSpace = (character: string): boolean => /[ \t\n\v\f\r]/.test(character);

/** A word as it is written into a file; undefined when no quoting of ours is safe for it. */
export function quoteWord(word: string): string | undefined {
  if (/^[A-Za-z0-9_.:/!+-]+$/.test(word)) return word;
  return /^[\x20-\x7e]+$/.test(word) && !/["\\]/.test(word) ? `"${word}"` : undefined;
}
