import { parseAddress, parseInteger, parseInterfaceAddress, parseNetwork, parsePort } from '../address.ts';
import { ProfileError } from '../errors.ts';
import { decodeKey } from '../key.ts';
import { readQuickLines, type QuickLine } from './quick.ts';

/** A line that wg-quick or wg would refuse. `line` is 0 when something is missing from the whole file. */
export interface WgProblem {
  line: number;
  directive: string;
  reason: string;
}

/**
 * What `wg-quick up` would stumble over, in the order of the lines. The same rules as wg(8), with two exceptions, because
 * their outcome differs between computers: names are not resolved, and a port is a number, not the name of a service.
 */
export function check(text: string): WgProblem[] {
  try {
    return checkLines([...readQuickLines(text)]);
  } catch (error) {
    if (!(error instanceof ProfileError)) throw error;
    return [{ line: error.line ?? 0, directive: error.directive ?? '', reason: 'is neither true nor false' }];
  }
}

function checkLines(lines: readonly QuickLine[]): WgProblem[] {
  const problems: WgProblem[] = [];
  let section: Section | undefined;
  for (const item of lines) {
    if (item.owner === 'wg-quick') {
      problems.push(...checkQuick(item));
      continue;
    }
    // wg takes out all white space, also inside names and values.
    const compact = item.text.replace(/#.*/s, '').replace(/[ \t\n\v\f\r]/g, '');
    if (compact === '') continue;
    const opened = openSection(compact, item.line);
    if (opened) {
      problems.push(...closeSection(section));
      section = opened;
      continue;
    }
    const problem = checkSetting(compact, section);
    if (problem) problems.push({ line: item.line, ...problem });
  }
  return [...problems, ...closeSection(section)];
}

interface Section {
  kind: 'interface' | 'peer';
  line: number;
  hasPublicKey: boolean;
}

function openSection(compact: string, line: number): Section | undefined {
  if (/^\[Interface\]$/i.test(compact)) return { kind: 'interface', line, hasPublicKey: false };
  return /^\[Peer\]$/i.test(compact) ? { kind: 'peer', line, hasPublicKey: false } : undefined;
}

function closeSection(section: Section | undefined): WgProblem[] {
  return section?.kind === 'peer' && !section.hasPublicKey
    ? [{ line: section.line, directive: 'Peer', reason: 'has no PublicKey' }]
    : [];
}

function checkSetting(compact: string, section: Section | undefined): Omit<WgProblem, 'line'> | undefined {
  const equals = compact.indexOf('=');
  const written = equals < 0 ? '' : compact.slice(0, equals);
  const settings = section?.kind === 'peer' ? peerSettings : section ? interfaceSettings : {};
  const setting = Object.entries(settings).find(([name]) => new RegExp(`^${name}$`, 'i').test(written));
  if (!setting) {
    const directive = /^[A-Za-z]{1,24}$/.test(written) ? written : 'unreadable';
    return { directive, reason: section ? 'is not a setting of this section' : 'stands before any section' };
  }
  const [directive, { isValid, reason }] = setting;
  if (!isValid(compact.slice(equals + 1))) return { directive, reason };
  if (section && directive === 'PublicKey') section.hasPublicKey = true;
  return undefined;
}

interface Rule {
  isValid: (value: string) => boolean;
  reason: string;
}

const keyRule: Rule = {
  isValid: (value) => decodeKey(value) !== undefined,
  reason: 'is not a key (44 characters of base64)',
};
const interfaceSettings: Readonly<Record<string, Rule>> = {
  PrivateKey: keyRule,
  ListenPort: { isValid: (value) => parseInteger(value, 0, 65535) !== undefined, reason: 'is not a port' },
  FwMark: { isValid: isMark, reason: 'is neither "off" nor a number of 32 bits' },
};
const peerSettings: Readonly<Record<string, Rule>> = {
  PublicKey: keyRule,
  PresharedKey: keyRule,
  AllowedIPs: {
    isValid: (value) => value.split(',').every((item) => parseNetwork(item) !== undefined),
    reason: 'has something that is not a network',
  },
  Endpoint: { isValid: isEndpoint, reason: 'is not host:port' },
  PersistentKeepalive: {
    isValid: (value) => /^off$/i.test(value) || parseInteger(value, 0, 65535) !== undefined,
    reason: 'is neither "off" nor a number of seconds up to 65535',
  },
};

function isMark(value: string): boolean {
  if (/^off$/i.test(value)) return true;
  const digits = /^(?:0x([0-9a-fA-F]+)|(\d+))$/.exec(value);
  if (!digits) return false;
  const [, hexadecimal, decimal] = digits;
  return (hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16)) <= 0xffffffff;
}

/** As wg: with a bracket up to its mate, else up to the last colon. What has a colon is an address, or nobody can resolve it. */
function isEndpoint(value: string): boolean {
  const [, bracketed, plain, port = ''] = /^(?:\[([^\]]*)\]|([^[].*)):(.+)$/.exec(value) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined || parsePort(port) === undefined) return false;
  const [address = '', ...zone] = host.split('%');
  return address.includes(':') ? parseAddress(address) !== undefined && zone.length <= 1 : /^[^[\]]+$/.test(host);
}

/** wg-quick looks at these only when it uses them; ip(8) then refuses. */
function checkQuick({ line, key, value }: Extract<QuickLine, { owner: 'wg-quick' }>): WgProblem[] {
  const bad = (reason: string): WgProblem[] => [{ line, directive: key, reason }];
  if (/^Address$/i.test(key)) {
    const items = value.split(/[\s,]+/).filter((item) => item !== '');
    return items.every((item) => parseInterfaceAddress(item) !== undefined) ? [] : bad('is not an IP address');
  }
  if (/^MTU$/i.test(key))
    return value === '' || parseInteger(value, 68, 65535) !== undefined ? [] : bad('is not a packet size');
  return [];
}
