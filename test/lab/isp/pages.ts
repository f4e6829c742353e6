import { createServer, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Credential } from '../system/certificates.ts';

/** Where the ISP sends who asks for something blocked, and who has not logged in yet. */
export const blockPageUrl = 'http://blocked.operator-page.net/';
export const logInUrl = 'http://login.hotspot.test/';

/** The whole answer of a filter that puts itself in a server's place. */
export const blockRedirect = [
  'HTTP/1.1 302 Found',
  `Location: ${blockPageUrl}`,
  'Content-Type: text/html',
  'Content-Length: 23',
  'Connection: close',
  '',
  '<title>Blocked</title>\n',
].join('\r\n');

/** A captive portal: whatever page is asked for, the answer leads to the log-in. */
export function createPortal(): Server {
  return createServer((request, response) => {
    request.resume();
    response.writeHead(302, { location: logInUrl, 'content-type': 'text/html', 'cache-control': 'no-store' });
    response.end('<title>Log in</title>Log in to use this network.\n');
  });
}

/** The man in the middle's own server. */
export function createInterceptor({ certificate, key }: Credential): ReturnType<typeof createSecureServer> {
  return createSecureServer({ cert: certificate, key }, (request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'text/html' }).end('<title>Page</title>\n');
  });
}
