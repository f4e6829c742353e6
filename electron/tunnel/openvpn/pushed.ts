import { isIP } from 'node:net';

export interface PushedOptions {
  resolvers: string[];
  searchDomains: string[];
}

const domain = /^(?=.{1,253}$)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*$/i;
const mostResolvers = 3;
const mostDomains = 6;

/** The options inside a log line of OpenVPN that tells of a PUSH_REPLY; undefined for any other line. */
export function pushReplyOf(log: string): string[] | undefined {
  const [, text] = /'PUSH_REPLY,(.*)'\s*(?:\(.*\))?$/.exec(log) ?? [];
  return text?.split(',');
}

/**
 * Resolvers and search domains in the server's or the profile's options: `dhcp-option` and, from OpenVPN 2.6 on, `dns`.
 * Only addresses and plain names survive; routes and everything else the server wishes are not taken from it.
 */
export function resolversIn(options: readonly string[]): PushedOptions {
  const resolvers: string[] = [];
  const searchDomains: string[] = [];
  for (const option of options) {
    const [name, ...words] = option.trim().split(/\s+/);
    if (name === 'dhcp-option') {
      const [type = '', value = ''] = words;
      if (/^DNS6?$/.test(type)) resolvers.push(value);
      if (/^DOMAIN(?:-SEARCH)?$/.test(type)) searchDomains.push(value);
    }
    if (name === 'dns' && words[0] === 'server' && words[2] === 'address') resolvers.push(...words.slice(3));
    if (name === 'dns' && words[0] === 'search-domains') searchDomains.push(...words.slice(1));
  }
  return {
    resolvers: [...new Set(resolvers.filter((value) => isIP(value) !== 0))].slice(0, mostResolvers),
    searchDomains: [...new Set(searchDomains.filter((value) => domain.test(value)))].slice(0, mostDomains),
  };
}
