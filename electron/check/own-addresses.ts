import type { Probe, Report } from './report.ts';

/** OONI's word for what was taken out. */
const scrubbed = '[scrubbed]';
const loopback = /^(127\.|0\.0\.0\.0$|::1?$)/;
const anyIpv4 = /(?<![\d.-])\d{1,3}(?:[.-]\d{1,3}){3}(?![\d-]|\.\d)/g;
const anyIpv6 = /(?<![0-9a-z:])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![0-9a-z:])/gi;

/**
 * The report without what tells who or where one is: the mapped address, the resolvers of the network, and `own`, the
 * addresses of this computer, wherever they stand. A resolver that the check asks as a public one, too, is nobody's own.
 * Page titles lose everything that looks like an address: block pages like to show their visitors theirs.
 */
export function withoutOwnAddresses(report: Report, own: readonly string[]): Report {
  const { network, probes } = report;
  const asked = new Set(probes.filter((probe) => !asksOwnResolver(probe)).map(({ address }) => address));
  const secrets = [...own, ...network.resolvers.filter((address) => !asked.has(address)), network.mapped ?? ''];
  const clean = replacer(secrets.filter((address) => address !== '' && !loopback.test(address)));
  const bare: Report = {
    ...report,
    network: { ...network, resolvers: [], mapped: null },
    probes: probes.map(bareProbe),
  };
  return mapStrings(bare, clean) as Report;
}

function bareProbe(probe: Probe): Probe {
  const { detail, ...rest } = probe;
  const address = asksOwnResolver(probe) ? null : probe.address;
  if (!detail) return { ...rest, address };
  const { title } = detail;
  return { ...rest, address, detail: { ...detail, ...(typeof title === 'string' && { title: bareTitle(title) }) } };
}

function asksOwnResolver({ kind, detail }: Probe): boolean {
  return kind === 'dns' && detail?.['resolver'] === 'system';
}

function bareTitle(title: string): string {
  return title.replace(anyIpv4, scrubbed).replace(anyIpv6, scrubbed);
}

/** Whole addresses only: 10.0.0.2 is not in 10.0.0.21. With hyphens too, as in the names that providers give their lines. */
function replacer(addresses: readonly string[]): (text: string) => string {
  if (addresses.length === 0) return (text) => text;
  const patterns = addresses.map((address) => {
    const literal = address.replace(/[^\w.:]/g, '\\$&');
    return address.includes(':')
      ? `(?<![0-9a-f:])${literal.replaceAll('.', '\\.')}(?![0-9a-f:])`
      : `(?<![\\d.])${literal.replaceAll('.', '[.-]')}(?!\\d|\\.\\d)`;
  });
  const pattern = new RegExp(patterns.join('|'), 'gi');
  return (text) => text.replace(pattern, scrubbed);
}

function mapStrings(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [change(key), mapStrings(item, change)]));
}
