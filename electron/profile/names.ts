/** Names come from strangers and are shown to people: no control, format (bidirectional, zero-width) or unassigned characters. */
const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/gu;
const maxGraphemes = 40;
/** Room for accents, not for towers of them. */
const maxCodePoints = 3 * maxGraphemes;

const segmenter = new Intl.Segmenter('und');
/** Nothing to clean, and each character a grapheme by itself: as most names are, which an archive has a thousand of. */
const plain = /^[!-~]+(?: [!-~]+)*$/;

/** Fit to be shown in one line; empty when nothing visible is left. */
export function cleanName(text: string): string {
  if (plain.test(text)) return text.slice(0, maxGraphemes).trim();
  const visible = text.normalize('NFC').replace(/\s+/g, ' ').replace(invisible, '').trim();
  const bounded = Array.from(visible).slice(0, maxCodePoints).join('');
  const graphemes = [...segmenter.segment(bounded)].slice(0, maxGraphemes);
  return graphemes
    .map(({ segment }) => segment)
    .join('')
    .trim();
}

/** The last part of what may be a path, for messages. */
export function inputName(name: string): string {
  const cleaned = cleanName(name.replace(/^.*[/\\]/s, ''));
  return cleaned === '' ? 'input' : cleaned;
}

/** What a profile made from this input is called. */
export function profileName(name: string): string {
  const stem = inputName(name).replace(/\.[A-Za-z0-9]{1,5}$/, '');
  return stem === '' || stem === 'input' || stem === '-' ? 'Profile' : stem;
}
