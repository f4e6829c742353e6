import { lookup, type LookupAddress, type LookupOptions } from 'node:dns';
import type { IncomingMessage } from 'node:http';
import { request, type RequestOptions } from 'node:https';
import { isIP } from 'node:net';
import { readBoundedBody } from './bounded-body.ts';

/** Why a mirror gave nothing. `size` and `redirect` are its own doing; the others may be the network's. */
export type DownloadFailure = 'name' | 'connect' | 'tls' | 'status' | 'timeout' | 'size' | 'redirect';

export class DownloadError extends Error {
  override readonly name = 'DownloadError';
  readonly failure: DownloadFailure;

  constructor(failure: DownloadFailure, options?: ErrorOptions) {
    super(`The mirror gave nothing (${failure}).`, options);
    this.failure = failure;
  }
}

export interface DownloadOptions {
  maxBytes: number;
  /** In all, from the first packet to the last byte: a mirror that trickles is no mirror. */
  limitMs: number;
  /** Used when the name is not found: resolvers are the first thing that is blocked. The certificate must still be the name's. */
  addresses: readonly string[];
  /** The entity tag of what is there already, without quotes. */
  have?: string;
  signal: AbortSignal;
  /** For tests: port, trusted roots. */
  connection?: Pick<RequestOptions, 'port' | 'ca'>;
}

/** Everybody's requests look the same: no cookie, no version, no language, no identifier. */
const headers = { 'user-agent': 'Sawt', accept: '*/*', 'accept-encoding': 'identity' };

/**
 * One GET over TLS that this computer's roots vouch for; follows no redirect. Null: the server says that it is what is
 * there already (304). Throws DownloadError, or the signal's reason.
 */
export async function download(url: URL, options: DownloadOptions): Promise<Uint8Array | null> {
  const limit = AbortSignal.timeout(options.limitMs);
  const signal = AbortSignal.any([options.signal, limit]);
  try {
    const response = await get(url, options, signal);
    try {
      return await readAnswer(response, options);
    } finally {
      response.destroy();
    }
  } catch (error) {
    options.signal.throwIfAborted();
    if (error instanceof DownloadError) throw error;
    throw new DownloadError(limit.aborted ? 'timeout' : failureOf(error), { cause: error });
  }
}

function get(
  url: URL,
  { addresses, have, connection }: DownloadOptions,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const condition = have === undefined ? {} : { 'if-none-match': `"${have}"` };
    // Without an agent no connection and no TLS session outlives the request, by which one could be recognised.
    const settings = { agent: false, signal, lookup: lookUpOr(addresses), ...connection };
    request(url, { ...settings, headers: { ...headers, ...condition } }, resolve)
      .on('error', reject)
      .end();
  });
}

async function readAnswer(response: IncomingMessage, { maxBytes, have }: DownloadOptions): Promise<Uint8Array | null> {
  const { statusCode = 0 } = response;
  if (statusCode === 304 && have !== undefined) return null;
  if (statusCode >= 300 && statusCode < 400) throw new DownloadError('redirect');
  if (statusCode !== 200) throw new DownloadError('status');
  if (Number(response.headers['content-length'] ?? 0) > maxBytes) throw new DownloadError('size');
  const body = await readBoundedBody(response, maxBytes);
  if (!body) throw new DownloadError('size');
  return body;
}

type LookUp = NonNullable<RequestOptions['lookup']>;

function lookUpOr(addresses: readonly string[]): LookUp {
  return (host: string, options: LookupOptions, done: Parameters<LookUp>[2]) => {
    lookup(host, { ...options, all: true }, (error, found) => {
      const known = addresses.map((address): LookupAddress => ({ address, family: isIP(address) }));
      const all = error ? known : found;
      const [first] = all;
      if (!first) done(error, '', 0);
      else if (options.all) done(null, all);
      else done(null, first.address, first.family);
    });
  };
}

function failureOf(error: unknown): DownloadFailure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (/^(ENOTFOUND|EAI_)/.test(code)) return 'name';
  return /CERT|SSL|TLS|ISSUER|SELF_SIGNED|VERIFY|ALTNAME/.test(code) ? 'tls' : 'connect';
}
