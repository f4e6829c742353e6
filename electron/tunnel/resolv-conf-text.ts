export interface TunnelResolvers {
  servers: readonly string[];
  searchDomains: readonly string[];
}

/** What stood at the place of resolv.conf before us; `original` in base64. */
export type Before = { kind: 'file'; original: string } | { kind: 'link'; target: string } | { kind: 'missing' };

const mark = '# Written by Sawt while connected; the original comes back on disconnect, or with "sawt repair".';
const lineLength = 76;

/**
 * Our resolv.conf(5). It carries what stood there before as comments: the journal is gone after a restart of the computer,
 * this file is not.
 */
export function resolvConf({ servers, searchDomains }: TunnelResolvers, before: Before): string {
  const data = Buffer.from(JSON.stringify(before)).toString('base64');
  return [
    mark,
    ...servers.map((server) => `nameserver ${server}`),
    ...(searchDomains.length > 0 ? [`search ${searchDomains.join(' ')}`] : []),
    ...(data.match(new RegExp(`.{1,${lineLength}}`, 'g')) ?? []).map((part) => `#=${part}`),
    '',
  ].join('\n');
}

/** What a text of ours says stood there before; undefined for any other text. */
export function beforeIn(text: string): Before | undefined {
  if (!text.startsWith(`${mark}\n`)) return undefined;
  const data = [...text.matchAll(/^#=(.*)$/gm)].map(([, part = '']) => part).join('');
  try {
    return parseBefore(JSON.parse(Buffer.from(data, 'base64').toString()));
  } catch {
    return undefined;
  }
}

function parseBefore(value: unknown): Before | undefined {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return undefined;
  if (value.kind === 'missing') return { kind: 'missing' };
  if (value.kind === 'file' && 'original' in value && typeof value.original === 'string') {
    return { kind: 'file', original: value.original };
  }
  if (value.kind === 'link' && 'target' in value && typeof value.target === 'string') {
    return { kind: 'link', target: value.target };
  }
  return undefined;
}
