import type { z } from 'zod';
import { AccountError, type AccountErrorCode } from './errors.ts';
import { exchange, HttpsFailure, type HttpsAnswer, type HttpsFailureKind, type HttpsRequest } from './https.ts';
import type { AccountProvider } from './provider.ts';
import { trustOf } from './trust.ts';

/** One call of a provider's interface, as its recipe words it. */
export interface ApiRequest<T> {
  method: HttpsRequest['method'];
  /** Which of the provider's origins. */
  origin: string;
  path: string;
  bearer?: string;
  basic?: string;
  json?: unknown;
  form?: Readonly<Record<string, string>>;
  /** Shape of the answer; null: whatever comes with a good status will do. */
  expects: z.ZodType<T> | null;
  /** What the provider's own way of saying no means. `body` is undefined when it is not JSON. */
  failure?: (status: number, body: unknown) => AccountErrorCode | undefined;
  /** Bad statuses that are fine all the same; nothing is read of them. */
  tolerates?: readonly number[];
  /** Lists are longer than answers about one account. */
  maxBytes?: number;
  /** What the answer is, where it is not JSON from end to end: JSON in its first line and something else after it, or text. */
  reads?: 'first-line' | 'text';
}

export interface ProviderApi {
  readonly provider: AccountProvider;
  call<T>(request: ApiRequest<T>): Promise<T>;
  /** The same to one server of the provider, which is not in its data. */
  callServer<T>(request: Omit<ApiRequest<T>, 'origin'>, server: ApiServer): Promise<T>;
}

export interface ApiServer {
  origin: string;
  /** Dialled instead of looking the name up. */
  address?: string;
  /** PEM: whom to trust beside the public authorities; left out: the provider's own and nobody else. */
  besides?: readonly string[];
}

export interface ApiOptions {
  provider: AccountProvider;
  /** PEM: the provider's own authority, if it has one. */
  authority: string | undefined;
  /** PEM: more roots that this computer trusts. */
  extraRoots: string | undefined;
  signal: AbortSignal;
  connectMs?: number;
  limitMs?: number;
  /** In place of the system's resolver. */
  lookUp?: HttpsRequest['lookUp'];
}

/** An answer about one account is below 4 KiB everywhere. */
const maxAnswerBytes = 64 * 1024;
const connectLimitMs = 5000;
const exchangeLimitMs = 10_000;

const codes: Record<HttpsFailureKind, AccountErrorCode> = {
  unreachable: 'provider-unreachable',
  certificate: 'captive-page',
  slow: 'provider-slow',
  'too-large': 'provider-answer-invalid',
};

/** Speaks to one provider until `signal` ends it. Calls reject with AccountError, or AbortError. */
export function openApi(options: ApiOptions): ProviderApi {
  const { provider, authority, extraRoots, signal, lookUp } = options;
  const { connectMs = connectLimitMs, limitMs = exchangeLimitMs } = options;
  /** Where the main origin was found last. */
  let lastWay: Way;
  const common = { connectMs, limitMs, signal, ...(lookUp && { lookUp }) };
  return {
    provider,
    call: async (request) => {
      const origin = provider.api[request.origin];
      if (origin === undefined) throw new Error(`${provider.id} has no origin ${request.origin}`);
      const trust = trustOf(undefined, extraRoots);
      const wanted = { ...common, ...wordsOf(request), url: new URL(request.path, origin), trust };
      const isMain = request.origin === 'main';
      const ways = isMain ? [...new Set([lastWay, undefined, ...provider.apiAddresses])] : [undefined];
      const { answer, way } = await anyway(provider, wanted, ways);
      if (isMain) lastWay = way;
      return read(provider, request, answer);
    },
    callServer: async (request, { origin, address, besides }) => {
      const trust = besides ? trustOf(undefined, extraRoots, besides) : trustOf(authority, extraRoots);
      const wanted = { ...common, ...wordsOf(request), url: new URL(request.path, origin), trust };
      return read(provider, request, (await anyway(provider, wanted, [address])).answer);
    },
  };
}

function wordsOf(
  request: Omit<ApiRequest<unknown>, 'origin'>,
): Pick<HttpsRequest, 'method' | 'headers' | 'body' | 'maxBytes'> {
  const { method, bearer, basic, json, form, maxBytes = maxAnswerBytes } = request;
  const authorization = bearer !== undefined ? `Bearer ${bearer}` : basic !== undefined ? `Basic ${basic}` : undefined;
  const type = json !== undefined ? 'application/json' : form ? 'application/x-www-form-urlencoded' : undefined;
  const body = json !== undefined ? JSON.stringify(json) : form && new URLSearchParams(form).toString();
  return {
    method,
    headers: {
      'user-agent': 'sawt',
      ...(authorization !== undefined && { authorization }),
      ...(type !== undefined && { 'content-type': type }),
    },
    ...(body !== undefined && { body }),
    maxBytes,
  };
}

/** An address to dial; undefined: the one that the name leads to. */
type Way = string | undefined;

/**
 * One way after the other, where the ones before lead nowhere or to somebody else. A request that may have arrived is not
 * repeated: it could take a second device.
 */
async function anyway(
  provider: AccountProvider,
  request: HttpsRequest,
  ways: readonly Way[],
): Promise<{ answer: HttpsAnswer; way: Way }> {
  const failures: HttpsFailure[] = [];
  for (const [index, way] of ways.entries()) {
    // While another way is left, less patience with this one.
    const connectMs = index < ways.length - 1 ? request.connectMs / 2 : request.connectMs;
    try {
      return { answer: await exchange({ ...request, connectMs, ...(way !== undefined && { address: way }) }), way };
    } catch (error) {
      if (!(error instanceof HttpsFailure)) throw error;
      failures.push(error);
      if (error.sent) break;
    }
  }
  // That somebody else answered says more than that nobody did.
  const telling = failures.find(({ kind }) => kind === 'certificate') ?? failures.at(-1);
  throw new AccountError(codes[telling?.kind ?? 'unreachable'], provider, null, { cause: telling });
}

function read<T>(provider: AccountProvider, request: Omit<ApiRequest<T>, 'origin'>, answer: HttpsAnswer): T {
  const { status, headers } = answer;
  const fail = (code: AccountErrorCode): AccountError =>
    new AccountError(code, provider, code === 'too-many-requests' ? waitSecondsOf(headers['retry-after']) : null);
  if (status >= 300 && status < 400) throw fail('captive-page');
  if (request.tolerates?.includes(status)) return undefined as T;
  const body = contentOf(answer.body, request.reads);
  const own = request.failure?.(status, body);
  if (own !== undefined) throw fail(own);
  if (status === 429) throw fail('too-many-requests');
  if (status < 200 || status >= 300) throw fail('provider-answer-invalid');
  if (isPage(answer)) throw fail('captive-page');
  if (request.expects === null) return undefined as T;
  const parsed = request.expects.safeParse(body);
  if (!parsed.success) throw fail('provider-answer-invalid');
  return parsed.data;
}

function contentOf(bytes: Buffer, reads: ApiRequest<unknown>['reads']): unknown {
  const text = bytes.toString('utf8');
  if (reads === 'text') return text;
  try {
    return JSON.parse(reads === 'first-line' ? (text.split('\n', 1)[0] ?? '') : text);
  } catch {
    return undefined;
  }
}

const isPage = ({ headers, body }: HttpsAnswer): boolean =>
  /^text\/html\b/i.test(headers['content-type'] ?? '') || /^\s*</.test(body.subarray(0, 64).toString('latin1'));

/** Retry-After (RFC 9110 §10.2.3): seconds, or a date. More than a day is no wait that a person can be told of. */
function waitSecondsOf(value: string | undefined): number | null {
  if (value === undefined) return null;
  const seconds = /^\d{1,9}$/.test(value) ? Number(value) : Math.ceil((Date.parse(value) - Date.now()) / 1000);
  return seconds > 0 && seconds <= 86_400 ? seconds : null;
}
