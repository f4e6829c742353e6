import {
  exchange,
  HttpsFailure,
  type HttpsAnswer,
  type HttpsFailureKind,
} from '../../../electron/servers/accounts/https.ts';
import { trustOf } from '../../../electron/servers/accounts/trust.ts';

/** Why a provider's list could not be had, in one sentence. */
export class AskError extends Error {
  override readonly name = 'AskError';
}

export interface AskOptions {
  /** Of what we have, as the server itself named it. */
  entityTag: string | null;
  /** PEM: more roots that this computer trusts. */
  extraRoots: string | undefined;
  limitMs: number;
  signal: AbortSignal;
}

/** `body`: what the JSON said. `same`: what the entity tag stands for is still right (RFC 9110 §13.1.2). */
export type ListAnswer = { kind: 'same' } | { kind: 'list'; body: unknown; entityTag: string | null };

/** The longest list of today is below one megabyte. */
const maxBytes = 8 * 1024 * 1024;
const connectMs = 5000;

const failures: Readonly<Record<HttpsFailureKind, string>> = {
  unreachable: 'it cannot be reached from here',
  certificate: 'somebody else answered in its place: the log-in page of this network, or a filter',
  slow: 'it did not answer in time',
  'too-large': 'its answer is far longer than a list can be',
};

/** One GET, no redirect followed, nothing that names us but the program. Throws AskError. */
export async function askForList(
  url: URL,
  { entityTag, extraRoots, limitMs, signal }: AskOptions,
): Promise<ListAnswer> {
  const condition: Record<string, string> = entityTag === null ? {} : { 'if-none-match': entityTag };
  const headers = { 'user-agent': 'sawt', ...condition };
  const trust = trustOf(undefined, extraRoots);
  let answer: HttpsAnswer;
  try {
    answer = await exchange({ method: 'GET', url, headers, trust, maxBytes, connectMs, limitMs, signal });
  } catch (error) {
    if (error instanceof HttpsFailure) throw new AskError(failures[error.kind], { cause: error });
    throw error;
  }
  if (answer.status === 304 && entityTag !== null) return { kind: 'same' };
  return { kind: 'list', body: readJson(answer), entityTag: readTag(answer) };
}

function readJson({ status, headers, body }: HttpsAnswer): unknown {
  if (status === 429) throw new AskError(`it was asked too often and wants a pause${pauseOf(headers['retry-after'])}`);
  if (status >= 300 && status < 400) throw new AskError('it leads elsewhere, which is not followed');
  if (status !== 200) throw new AskError(`it answered with status ${status}`);
  const text = body.toString('utf8');
  if (/^\s*</.test(text)) throw new AskError('a page for people came in place of the list');
  try {
    return JSON.parse(text);
  } catch {
    throw new AskError('its answer is not JSON');
  }
}

/** Retry-After in seconds (RFC 9110 §10.2.3). */
const pauseOf = (value = ''): string => (/^\d{1,6}$/.test(value) ? ` of ${value} seconds` : '');

/** As it is to be sent back; one that could carry more than a tag is passed over. */
function readTag({ headers: { etag = '' } }: HttpsAnswer): string | null {
  return /^(W\/)?"[\x21\x23-\x7e]{1,200}"$/.test(etag) ? etag : null;
}
