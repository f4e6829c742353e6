import { NetFailure, type ByteStream } from '../net/net.ts';

/** The little of HTTP/1.1 (RFC 9112) that probes need: one request, one bounded response. */

const headMax = 16 * 1024;

export interface HttpResponse {
  status: number;
  headers: ReadonlyMap<string, string>;
  /** At most `bodyMax` bytes of it. */
  body: Uint8Array;
}

export interface HttpRequest {
  method: 'GET' | 'POST';
  host: string;
  path: string;
  headers?: Readonly<Record<string, string>>;
  bodyMax: number;
}

export function encodeHttpRequest({ method, host, path, headers = {} }: HttpRequest): Uint8Array {
  const lines = [
    `${method} ${path} HTTP/1.1`,
    `Host: ${host}`,
    'User-Agent: Mozilla/5.0',
    ...(method === 'POST' ? ['Content-Length: 0'] : []),
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  return new TextEncoder().encode(`${lines.join('\r\n')}\r\n\r\n`);
}

/** Reads one response and leaves the stream behind its body. Rejects with NetFailure when it breaks off or is nonsense. */
export async function readHttpResponse(stream: ByteStream, bodyMax: number): Promise<HttpResponse> {
  const received = await readUntil(stream, new Uint8Array(0), (bytes) => indexOfBlankLine(bytes) >= 0, headMax);
  const headEnd = indexOfBlankLine(received);
  if (headEnd < 0) throw new NetFailure(received.length > headMax ? malformed : 'eof_error', received.length);
  const { status, headers } = parseHead(new TextDecoder('latin1').decode(received.subarray(0, headEnd)));
  const length = bodyLength(status, headers);
  const chunked = headers.get('transfer-encoding')?.toLowerCase() === 'chunked';
  const isWhole = (bytes: Uint8Array): boolean =>
    chunked ? endsWithLastChunk(bytes) : length !== null && bytes.length >= length;
  const raw = await readUntil(stream, received.slice(headEnd + 4), isWhole, bodyMax);
  const body = chunked ? dechunk(raw) : raw;
  return { status, headers, body: body.slice(0, Math.min(bodyMax, length ?? bodyMax)) };
}

/** Reads on until the condition holds, the stream ends, or more than `max` bytes are there. */
async function readUntil(
  stream: ByteStream,
  start: Uint8Array<ArrayBuffer>,
  isEnough: (bytes: Uint8Array) => boolean,
  max: number,
): Promise<Uint8Array<ArrayBuffer>> {
  let bytes = start;
  while (!isEnough(bytes) && bytes.length <= max) {
    const part = await stream.read();
    if (part === null) break;
    bytes = joined(bytes, part);
  }
  return bytes;
}

const malformed = 'unknown_failure: malformed HTTP';

function parseHead(head: string): { status: number; headers: Map<string, string> } {
  const [first = '', ...lines] = head.split('\r\n');
  const status = /^HTTP\/1\.[01] (\d{3})(?: |$)/.exec(first)?.[1];
  if (status === undefined) throw new NetFailure(malformed, head.length);
  const headers = new Map<string, string>();
  for (const line of lines.slice(0, 100)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return { status: Number(status), headers };
}

/** Null when only the end of the stream or of the chunks tells. */
function bodyLength(status: number, headers: ReadonlyMap<string, string>): number | null {
  if (status === 204 || status === 304 || status < 200) return 0;
  const text = headers.get('content-length');
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null;
}

function endsWithLastChunk(bytes: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(bytes.subarray(-7)).endsWith('0\r\n\r\n');
}

/** As much of the chunks as there is; a body that breaks off is still evidence. */
function dechunk(bytes: Uint8Array): Uint8Array {
  let rest = bytes;
  let body = new Uint8Array(0);
  for (let chunks = 0; chunks < 1000; chunks += 1) {
    const lineEnd = rest.findIndex((byte, index) => byte === 13 && rest[index + 1] === 10);
    const size = lineEnd < 0 ? NaN : parseInt(new TextDecoder('latin1').decode(rest.subarray(0, lineEnd)), 16);
    if (!(size > 0)) break;
    body = joined(body, rest.subarray(lineEnd + 2, lineEnd + 2 + size));
    rest = rest.subarray(lineEnd + 2 + size + 2);
  }
  return body;
}

function indexOfBlankLine(bytes: Uint8Array): number {
  return bytes.findIndex(
    (byte, index) => byte === 13 && bytes[index + 1] === 10 && bytes[index + 2] === 13 && bytes[index + 3] === 10,
  );
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(a.length + b.length);
  whole.set(a);
  whole.set(b, a.length);
  return whole;
}
