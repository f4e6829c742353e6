import { isIPv4 } from 'node:net';
import { parseAddress, parseHostName, parseInteger, parseNetwork } from '../address.ts';

/**
 * The directives that may stand in a profile, each by its full name: a pattern such as `tls-*` would let `tls-verify`
 * through, which runs a program. Every argument is checked too.
 */

type Check = (arg: string) => boolean;
interface Rule {
  /** Checks of the arguments that must be there, then of those that may. */
  needs: readonly Check[];
  may?: readonly Check[];
  /** May stand several times; else the last one counts. */
  repeats?: true;
}

const number =
  (least = 0, most = 1_000_000_000): Check =>
  (arg) =>
    parseInteger(arg, least, most) !== undefined;
const oneOf =
  (...words: string[]): Check =>
  (arg) =>
    words.includes(arg);
const matches =
  (pattern: RegExp): Check =>
  (arg) =>
    pattern.test(arg);
const isName: Check = (arg) => parseHostName(arg) !== undefined;
const isAddress: Check = (arg) => parseAddress(arg) !== undefined;

export const strongCiphers = [
  ...['AES-256-GCM', 'AES-192-GCM', 'AES-128-GCM', 'CHACHA20-POLY1305'],
  ...['AES-256-CBC', 'AES-192-CBC', 'AES-128-CBC'],
  ...['CAMELLIA-256-CBC', 'CAMELLIA-192-CBC', 'CAMELLIA-128-CBC'],
];
const isCipher = oneOf(...strongCiphers);
const isCipherList: Check = (arg) => arg.length <= 200 && arg.split(':').every(isCipher);
const isTlsList = matches(/^[A-Za-z0-9:_!+-]{1,200}$/); // no "@": it can lower the security level
const gatewayFlag = oneOf('def1', 'ipv6', '!ipv4', 'bypass-dhcp', 'bypass-dns', 'autolocal', 'local', 'block-local');

/** Words in the arguments that keep a route inside the tunnel; `net_gateway` would lead it past. */
const isGateway: Check = (arg) => arg === 'vpn_gateway' || arg === 'default' || isIPv4(arg);

const rules: Readonly<Record<string, Rule>> = {
  auth: { needs: [oneOf('SHA1', 'SHA224', 'SHA256', 'SHA384', 'SHA512', 'MD5')] },
  'auth-nocache': { needs: [] },
  'auth-retry': { needs: [oneOf('none', 'nointeract')] },
  'comp-lzo': { needs: [oneOf('no')] },
  compress: { needs: [], may: [oneOf('stub', 'stub-v2')] },
  'connect-retry': { needs: [number(1, 3600)], may: [number(1, 3600)] },
  'connect-retry-max': { needs: [number(1, 1000)] },
  'connect-timeout': { needs: [number(1, 3600)] },
  'data-ciphers': { needs: [isCipherList] },
  'data-ciphers-fallback': { needs: [isCipher] },
  'dhcp-option': {
    needs: [oneOf('DNS', 'DNS6', 'DOMAIN', 'DOMAIN-SEARCH'), (arg) => isAddress(arg) || isName(arg)],
    repeats: true,
  },
  'explicit-exit-notify': { needs: [], may: [number(1, 10)] },
  float: { needs: [] },
  fragment: { needs: [number(68, 65535)] },
  'hand-window': { needs: [number(1, 3600)] },
  keepalive: { needs: [number(1, 3600), number(1, 86400)] },
  mssfix: { needs: [], may: [number(0, 65535), oneOf('mtu', 'fixed')] },
  'mute-replay-warnings': { needs: [] },
  ping: { needs: [number(0, 86400)] },
  'ping-restart': { needs: [number(0, 86400)] },
  'pull-filter': { needs: [oneOf('accept', 'ignore', 'reject'), matches(/^[A-Za-z0-9 ._:/-]{1,100}$/)], repeats: true },
  rcvbuf: { needs: [number(0, 100_000_000)] },
  'redirect-gateway': { needs: [], may: Array.from({ length: 8 }, () => gatewayFlag) },
  'remote-random': { needs: [] },
  'reneg-bytes': { needs: [number()] },
  'reneg-pkts': { needs: [number()] },
  'reneg-sec': { needs: [number()], may: [number()] },
  'replay-window': { needs: [number(64, 65536)], may: [number(0, 600)] },
  'resolv-retry': { needs: [(arg) => arg === 'infinite' || number(0, 86400)(arg)] },
  route: {
    needs: [isIPv4],
    may: [(arg) => arg === 'default' || isIPv4(arg), isGateway, number(0, 65535)],
    repeats: true,
  },
  'route-delay': { needs: [], may: [number(0, 3600), number(0, 3600)] },
  'route-ipv6': { needs: [(arg) => arg.includes(':') && parseNetwork(arg) !== undefined], repeats: true },
  'route-metric': { needs: [number(0, 65535)] },
  'route-nopull': { needs: [] },
  'server-poll-timeout': { needs: [number(1, 3600)] },
  setenv: { needs: [oneOf('opt'), oneOf('block-outside-dns')] },
  sndbuf: { needs: [number(0, 100_000_000)] },
  'tls-cert-profile': { needs: [oneOf('legacy', 'preferred', 'suiteb')] },
  'tls-cipher': { needs: [isTlsList] },
  'tls-ciphersuites': { needs: [isTlsList] },
  'tls-groups': { needs: [isTlsList] },
  'tls-timeout': { needs: [number(1, 3600)] },
  'tls-version-max': { needs: [oneOf('1.2', '1.3')] },
  'tls-version-min': { needs: [oneOf('1.2', '1.3')], may: [oneOf('or-highest')] },
  topology: { needs: [oneOf('subnet', 'net30', 'p2p')] },
  'tran-window': { needs: [number(1, 1_000_000)] },
  'tun-mtu': { needs: [number(576, 9000)] },
  verb: { needs: [number(0, 4)] },
  'verify-x509-name': {
    needs: [matches(/^(?!\s)[\x20-\x21\x23-\x5b\x5d-\x7e]{1,200}$/)],
    may: [oneOf('subject', 'name', 'name-prefix')],
  },
};

const ruleOf = (name: string): Rule | undefined => (Object.hasOwn(rules, name) ? rules[name] : undefined);

export const isKnownOption = (name: string): boolean => ruleOf(name) !== undefined;
export const mayRepeat = (name: string): boolean => ruleOf(name)?.repeats === true;

export function isAllowedOption({ name, args }: { name: string; args: readonly string[] }): boolean {
  const rule = ruleOf(name);
  if (!rule) return false;
  const checks = [...rule.needs, ...(rule.may ?? [])];
  if (args.length < rule.needs.length || args.length > checks.length) return false;
  return args.every((arg, index) => checks[index]?.(arg) === true) && agree(name, args);
}

/** OpenVPN refuses to start when the restart comes before two pings. */
function agree(name: string, args: readonly string[]): boolean {
  return name !== 'keepalive' || Number(args[1]) >= 2 * Number(args[0]);
}
