import type { Server } from './types.ts';

/**
 * The strict shape of one entry, read by hand: a list has thousands, and a general schema takes several times as long
 * over them. test/servers/row-shape.test.ts holds it to such a schema.
 */
export function createShapeCheck(): (row: unknown) => row is Server {
  const isWords = remembering(isText);
  const isDate = remembering(isIsoDate);
  const isIdentified = ({ id, provider, confidence }: Fields): boolean =>
    isString(id) &&
    /^[a-z0-9][a-z0-9._/-]{0,127}$/.test(id) &&
    isString(provider) &&
    /^[a-z0-9][a-z0-9._-]{0,63}$/.test(provider) &&
    (confidence === 'H' || confidence === 'M');
  const isPlaced = ({ country, city, hostname, ipv4, ipv6 }: Fields): boolean =>
    isString(country) &&
    /^[A-Z]{2}$/.test(country) &&
    isString(city) &&
    isWords(city) &&
    isString(hostname) &&
    (ipv4 === null || isString(ipv4)) &&
    (ipv6 === null || isString(ipv6));
  const isSourced = ({ asOf, sources }: Fields): boolean =>
    isString(asOf) &&
    isDate(asOf) &&
    isArray(sources, 1, 16) &&
    sources.every((source) => isString(source) && isWords(source));
  return (row): row is Server =>
    isRecord(row, 12) &&
    isIdentified(row) &&
    isPlaced(row) &&
    isSourced(row) &&
    isWireGuard(row['wireguard']) &&
    isOpenVpn(row['openvpn']);
}

type Fields = Readonly<Record<string, unknown>>;

/** With as many fields as there are required ones, and every one of those checked, there is no room for another. */
function isRecord(value: unknown, fields: number): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === fields;
}

function isWireGuard(value: unknown): boolean {
  return value === null || (isRecord(value, 2) && isString(value['publicKey']) && isPorts(value['ports'], 1));
}

function isOpenVpn(value: unknown): boolean {
  if (value === null) return true;
  if (!isRecord(value, 1)) return false;
  const ports = value['ports'];
  return isRecord(ports, 2) && isPorts(ports['udp'], 0) && isPorts(ports['tcp'], 0);
}

const maxPorts = 64;
const isString = (value: unknown): value is string => typeof value === 'string';
const isArray = (value: unknown, least: number, most: number): value is unknown[] =>
  Array.isArray(value) && value.length >= least && value.length <= most;
const isPorts = (value: unknown, least: number): boolean => isArray(value, least, maxPorts) && value.every(isPort);
const isPort = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 65535;

/** Text for people: one line, letters of any script, nothing invisible. */
function isText(text: string): boolean {
  return /^[\p{L}\p{M}\p{N}\p{P}\p{Zs}]{1,200}$/u.test(text);
}

function isIsoDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** Cities, dates and sources repeat. */
function remembering(test: (text: string) => boolean): (text: string) => boolean {
  const answers = new Map<string, boolean>();
  return (text) => {
    let answer = answers.get(text);
    if (answer === undefined) {
      answer = test(text);
      answers.set(text, answer);
    }
    return answer;
  };
}
