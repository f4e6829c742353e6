import { ProfileError } from '../errors.ts';
import type { DroppedLine } from '../types.ts';

/** One `Key = value` of a wg-quick file, its key recognised. */
export interface Setting {
  line: number;
  section: 'interface' | 'peer';
  /** Number of the [Peer] section, from 0; -1 in [Interface]. */
  peer: number;
  /** In its usual spelling. */
  key: string;
  /** Trimmed, comment removed. */
  value: string;
}

export const interfaceKeys = ['PrivateKey', 'Address', 'DNS', 'MTU'] as const;
export const peerKeys = ['PublicKey', 'PresharedKey', 'AllowedIPs', 'Endpoint', 'PersistentKeepalive'] as const;
const hookKeys = ['PreUp', 'PostUp', 'PreDown', 'PostDown'] as const;
/** AmneziaWG's: junk packets, sizes, message types, packets that look like another protocol. */
export const amneziaKeys = [
  ...['Jc', 'Jmin', 'Jmax', 'S1', 'S2', 'S3', 'S4', 'H1', 'H2', 'H3', 'H4'],
  ...['I1', 'I2', 'I3', 'I4', 'I5', 'J1', 'J2', 'J3', 'Itime'],
] as const;

const droppedKeys: Readonly<Record<string, string>> = {
  ...Object.fromEntries(hookKeys.map((key) => [key, 'runs a command'])),
  Table: 'Sawt sets its own routes, which do not leak',
  FwMark: 'Sawt sets its own mark',
  SaveConfig: 'would let the running tunnel change the profile',
  ListenPort: 'a random port is used, which is harder to recognise',
};

const spellings = new Map(
  [...interfaceKeys, ...peerKeys, ...amneziaKeys, ...Object.keys(droppedKeys)].map((key) => [key.toLowerCase(), key]),
);
const belongsTo = (key: string): Setting['section'] =>
  (peerKeys as readonly string[]).includes(key) ? 'peer' : 'interface';

/**
 * Reads lines as wg-quick(8) and wg(8) do together: keys without regard to case, `#` starts a comment anywhere, a
 * section may be opened again, and whatever wg-quick would run is seen in every spelling that it knows.
 * Throws ProfileError on a section that the two would understand differently.
 */
export function readSettings(lines: readonly string[], file: string): { settings: Setting[]; dropped: DroppedLine[] } {
  const settings: Setting[] = [];
  const dropped: DroppedLine[] = [];
  let section: Setting['section'] | undefined;
  let peer = -1;
  for (const [index, raw] of lines.entries()) {
    const line = index + 1;
    const text = raw.replace(/#.*$/s, '').trim();
    if (text === '') continue;
    if (text.startsWith('[')) {
      section = sectionOf(text, file, line);
      if (section === 'peer') peer++;
      continue;
    }
    const { key, value, shown } = splitLine(text);
    const drop = (reason: string): void => void dropped.push({ line, directive: shown, reason });
    if (key === undefined) drop('is not a setting of WireGuard');
    else if (droppedKeys[key] !== undefined) drop(droppedKeys[key]);
    else if (value === undefined) drop('has no value');
    else if (section !== belongsTo(key)) drop(`belongs into [${belongsTo(key) === 'peer' ? 'Peer' : 'Interface'}]`);
    else settings.push({ line, section, peer: section === 'peer' ? peer : -1, key, value });
  }
  return { settings, dropped };
}

function sectionOf(text: string, file: string, line: number): Setting['section'] {
  const name = text.toLowerCase();
  if (name === '[interface]') return 'interface';
  if (name === '[peer]') return 'peer';
  throw new ProfileError(
    'profile-invalid',
    { file, line, directive: null },
    'the section is neither [Interface] nor [Peer]; this is not a WireGuard file, or it is damaged',
  );
}

/** `shown` never holds a value: a key wrapped over two lines must not turn up in a message. */
function splitLine(text: string): { key: string | undefined; value: string | undefined; shown: string } {
  const equals = text.indexOf('=');
  const written = (equals < 0 ? text : text.slice(0, equals)).replace(/\s/g, '');
  const key = spellings.get(written.toLowerCase());
  const value = equals < 0 ? undefined : text.slice(equals + 1).trim();
  const shown = key ?? (equals > 0 && /^[A-Za-z]{1,24}$/.test(written) ? written : 'unreadable');
  return { key, value, shown };
}
