import type { Endpoint } from '../../electron/check/net/net.ts';
import type { Surroundings } from './surroundings.ts';

/** The Host header of a request. */
export const hostOf = (request: string): string => /\r\nhost: *([^\r\n]+)/i.exec(request)?.[1] ?? '';

/** What a web server at that address answers (RFC 9112). */
export function responseOf({ world }: Surroundings, { address }: Endpoint, request: string): Buffer {
  const { status, body } = world.page(address, hostOf(request), request.split(' ')[1] ?? '/');
  const head = `HTTP/1.1 ${status} X\r\nContent-Type: text/html\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
  return Buffer.from(head + body);
}
