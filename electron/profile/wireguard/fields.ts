import {
  parseAddress,
  parseEndpoint,
  parseHostName,
  parseInteger,
  parseInterfaceAddress,
  parseNetwork,
} from '../address.ts';
import { ProfileError } from '../errors.ts';
import { decodeKey, noKey } from '../key.ts';
import type { Endpoint } from '../types.ts';
import type { Setting } from './settings.ts';

/** One small parser for each value. Each throws ProfileError with line and key; the value is never repeated. */

/** wg(8) takes all white space out of its values; wg-quick(8) splits its lists at commas and white space. */
const compact = (text: string): string => text.replace(/\s/g, '');
const listOf = (text: string): string[] => text.split(/[\s,]+/).filter((item) => item !== '');

function refuse(file: string, { line, key }: Setting, problem: string): ProfileError {
  return new ProfileError('profile-invalid', { file, line, directive: key }, problem);
}

export function readKey(file: string, setting: Setting): string {
  const text = compact(setting.value);
  if (!decodeKey(text)) {
    throw refuse(file, setting, 'this is not a key (44 characters of base64); copy it again from the original, whole');
  }
  if (text === noKey && setting.key !== 'PresharedKey')
    throw refuse(file, setting, 'this key is all zeros: it is a placeholder');
  return text;
}

export function readAddresses(file: string, setting: Setting): string[] {
  return listOf(setting.value).map((item) => {
    const address = parseInterfaceAddress(item);
    if (address === undefined)
      throw refuse(file, setting, 'one of the addresses is not an IP address like 10.2.0.2/32');
    return address;
  });
}

/** As wg-quick: what has only digits and dots, or a colon, is a resolver's address; the rest are search domains. */
export function readDns(file: string, setting: Setting): { dns: string[]; searchDomains: string[] } {
  const dns: string[] = [];
  const searchDomains: string[] = [];
  for (const item of listOf(setting.value)) {
    const meansAddress = /^[0-9.]+$/.test(item) || item.includes(':');
    const parsed = meansAddress ? parseAddress(item) : parseHostName(item);
    if (parsed === undefined)
      throw refuse(file, setting, 'one of the entries is neither an IP address nor a domain name');
    (meansAddress ? dns : searchDomains).push(parsed);
  }
  return { dns, searchDomains };
}

export function readMtu(file: string, setting: Setting): number {
  const mtu = parseInteger(setting.value, 576, 65535);
  if (mtu === undefined) throw refuse(file, setting, 'this is not a packet size between 576 and 65535');
  return mtu;
}

export function readAllowedIps(file: string, setting: Setting): string[] {
  const text = compact(setting.value);
  if (text === '') return [];
  return text.split(',').map((item) => {
    const network = parseNetwork(item);
    if (network === undefined) throw refuse(file, setting, 'one of the networks is not like 0.0.0.0/0 or ::/0');
    return network;
  });
}

export function readEndpoint(file: string, setting: Setting): Endpoint {
  const endpoint = parseEndpoint(compact(setting.value));
  if (!endpoint) {
    throw refuse(file, setting, 'this is not host:port (an IPv6 address stands in brackets, the port is 1 to 65535)');
  }
  return endpoint;
}

/** Undefined: off. */
export function readKeepalive(file: string, setting: Setting): number | undefined {
  const text = compact(setting.value);
  const seconds = text.toLowerCase() === 'off' ? 0 : parseInteger(text, 0, 65535);
  if (seconds === undefined) throw refuse(file, setting, 'this is neither "off" nor a number of seconds up to 65535');
  return seconds === 0 ? undefined : seconds;
}
