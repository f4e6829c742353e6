import { connect } from 'node:tls';
import { Duplex } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDestination } from './client-hello.ts';

/** The first bytes that Node's own TLS sends for a server name. */
function clientHello(servername: string | undefined): Promise<Buffer> {
  return new Promise((resolve) => {
    const socket = new Duplex({
      read: () => undefined,
      write: (chunk: Buffer, _encoding, done) => {
        resolve(chunk);
        done();
      },
    });
    connect({ socket, ...(servername === undefined ? {} : { servername }) }).on('error', () => undefined);
  });
}

describe('readDestination', () => {
  it('finds the server name of a real ClientHello', async () => {
    expect(readDestination(await clientHello('chat.signal.org'))).toEqual({ kind: 'sni', name: 'chat.signal.org' });
  });

  it('waits for the rest wherever a ClientHello is cut', async () => {
    const hello = await clientHello('chat.signal.org');
    for (let length = 0; length < hello.length; length++) {
      expect(readDestination(hello.subarray(0, length)).kind).toBe('incomplete');
    }
  });

  it('says that there is no name when there is none', async () => {
    expect(readDestination(await clientHello(undefined))).toEqual({ kind: 'unnamed' });
    expect(readDestination(Buffer.from('000e38aabb', 'hex'))).toEqual({ kind: 'unnamed' });
  });

  it('finds the Host header without its port, once it is whole', () => {
    const request = 'POST / HTTP/1.1\r\nhost: 149.154.167.51:80\r\nAccept: */*\r\n\r\n';
    expect(readDestination(Buffer.from(request))).toEqual({ kind: 'host', name: '149.154.167.51' });
    expect(readDestination(Buffer.from(request.slice(0, 25))).kind).toBe('incomplete');
    expect(readDestination(Buffer.from('GET / HTTP/1.0\r\n\r\n'))).toEqual({ kind: 'unnamed' });
  });

  it('never throws, whatever the bytes', () => {
    const hello = fc
      .uint8Array({ maxLength: 300 })
      .map((bytes) => Buffer.from([0x16, 3, 1, 0, bytes.length, ...bytes]));
    fc.assert(
      fc.property(fc.oneof(hello, fc.uint8Array({ maxLength: 400 })), (bytes) => {
        expect(['incomplete', 'sni', 'host', 'unnamed']).toContain(readDestination(Buffer.from(bytes)).kind);
      }),
    );
  });
});
