import { isIPv4 } from 'node:net';
import { isPublicAddress } from '../../../profile/address.ts';
import { ProfileError } from '../../../profile/errors.ts';
import { parseOpenVpn } from '../../../profile/openvpn/parse.ts';
import { linesOf } from '../../../profile/text.ts';
import type { OpenVpnRemote } from '../../../profile/types.ts';

// Format: www.vpngate.net/api/iphone, as 33,000 stored answers of 2024 to 2026 have it.

/** A volunteer's computer. Nothing of the list's free texts is taken: their owners write them. */
export interface Volunteer {
  /** Below opengw.net. */
  name: string;
  address: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** The project's own measure of quality; higher is better. */
  score: number;
  remote: OpenVpnRemote;
  /** The file for it as it came. */
  file: Uint8Array;
}

export const maxListBytes = 4 * 1024 * 1024;
const maxRows = 1000;
/** Real ones have some 9 KB. */
const maxFileBytes = 32 * 1024;
const columns = {
  name: '#HostName',
  address: 'IP',
  score: 'Score',
  country: 'CountryShort',
  file: 'OpenVPN_ConfigData_Base64',
} as const;

/**
 * The rows that make sense; undefined: this is not the list. A row has one line, and commas only between its fields: the
 * site replaces those in texts.
 */
export function readVolunteers(text: string): Volunteer[] | undefined {
  const lines = text.split(/\r?\n/, maxRows + 2);
  const names = lines[1]?.split(',') ?? [];
  const places = Object.values(columns).map((name) => names.indexOf(name));
  if (lines[0] !== '*vpn_servers' || places.includes(-1)) return undefined;
  return lines.slice(2).flatMap((line) => {
    const fields = line.split(',');
    if (fields.length !== names.length) return [];
    const field = (column: keyof typeof columns): string => fields[names.indexOf(columns[column])] ?? '';
    return readRow(field) ?? [];
  });
}

function readRow(field: (column: keyof typeof columns) => string): Volunteer | undefined {
  const [name, country] = [field('name').toLowerCase(), field('country').toUpperCase()];
  const [address, score] = [field('address'), field('score')];
  const isSound =
    /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(name) &&
    /^[A-Z]{2}$/.test(country) &&
    /^\d{1,15}$/.test(score) &&
    isIPv4(address) &&
    isPublicAddress(address);
  const file = isSound ? decodeFile(field('file')) : undefined;
  const remote = file && remoteIn(file, address);
  return file && remote && { name, address, country, score: Number(score), remote, file };
}

/** Some rows lack the padding. */
function decodeFile(base64: string): Uint8Array | undefined {
  if (base64.length > (maxFileBytes * 4) / 3 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return undefined;
  return Buffer.from(base64, 'base64');
}

/** Where the file leads. Undefined: it is no profile, or it leads somewhere else than the row says. */
function remoteIn(file: Uint8Array, address: string): OpenVpnRemote | undefined {
  try {
    const [remote, ...others] = parseOpenVpn(linesOf(file, 'row'), 'row').profile.remotes;
    return remote?.host === address && others.length === 0 ? remote : undefined;
  } catch (error) {
    if (error instanceof ProfileError) return undefined;
    throw error;
  }
}
