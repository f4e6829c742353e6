import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NetFailure, type ByteStream } from '../../../electron/check/net/net.ts';
import { encodeHttpRequest, readHttpResponse } from '../../../electron/check/probes/http-message.ts';

/** A stream that hands these texts out, one a read, then ends. */
function streamOf(...parts: (string | Uint8Array)[]): ByteStream {
  const left = parts.map((part) => (typeof part === 'string' ? new TextEncoder().encode(part) : part));
  return { write: () => undefined, close: () => undefined, read: () => Promise.resolve(left.shift() ?? null) };
}
const bodyOf = async (stream: ByteStream, max = 1000): Promise<string> =>
  new TextDecoder().decode((await readHttpResponse(stream, max)).body);

describe('an HTTP request', () => {
  it('is RFC 9112: request line, Host, and a length where a body could be', () => {
    const text = new TextDecoder().decode(
      encodeHttpRequest({
        method: 'POST',
        host: '149.154.167.51',
        path: '/',
        headers: { Connection: 'close' },
        bodyMax: 1,
      }),
    );
    expect(text).toBe(
      'POST / HTTP/1.1\r\nHost: 149.154.167.51\r\nUser-Agent: Mozilla/5.0\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
    );
  });
});

describe('an HTTP response', () => {
  it('is read from pieces that break anywhere', async () => {
    const response = await readHttpResponse(
      streamOf(
        'HTTP/1.1 30',
        '2 Found\r\nLocation: http://x.org/\r\nContent-Le',
        'ngth: 4\r\n\r',
        '\nab',
        'cd, not this',
      ),
      1000,
    );
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe('http://x.org/');
    expect(new TextDecoder().decode(response.body)).toBe('abcd');
  });

  it('without a length ends with its stream', async () => {
    expect(await bodyOf(streamOf('HTTP/1.0 200 OK\r\n\r\n', 'one ', 'two'))).toBe('one two');
  });

  it('in chunks is put together', async () => {
    const head = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';
    expect(await bodyOf(streamOf(head, '4\r\nabcd\r\n3\r\n', 'efg\r\n0\r\n\r\n'))).toBe('abcdefg');
  });

  it('of 204 has no body to wait for', async () => {
    const stream = streamOf('HTTP/1.1 204 No Content\r\n\r\n');
    expect(await bodyOf({ ...stream, read: once(() => stream.read()) })).toBe('');
  });

  it('keeps no more of the body than wanted', async () => {
    expect(await bodyOf(streamOf('HTTP/1.1 200 OK\r\n\r\n', 'x'.repeat(5000)), 10)).toBe('xxxxxxxxxx');
  });

  it('that breaks off in its head is a closed stream', async () => {
    await expect(readHttpResponse(streamOf('HTTP/1.1 200 OK\r\nA: b'), 10)).rejects.toMatchObject({
      failure: 'eof_error',
    });
  });

  it('made of hostile bytes ends in a response or a NetFailure', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 200 })), fc.boolean(), async (parts, withHead) => {
        const head = withHead ? ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'] : [];
        const size = await readHttpResponse(streamOf(...head, ...parts), 100).then(
          ({ body }) => body.length,
          (error: unknown) => (error instanceof NetFailure ? 0 : Infinity),
        );
        expect(size).toBeLessThanOrEqual(100);
      }),
    );
  });
});

/** The first read only; another one would hang a real connection that stays open. */
function once(read: ByteStream['read']): ByteStream['read'] {
  let reads = 0;
  return () => {
    reads += 1;
    return reads === 1 ? read() : Promise.reject(new Error('waited for a body'));
  };
}
