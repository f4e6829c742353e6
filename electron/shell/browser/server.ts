import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { serveApi, type Events } from '../../api/server.ts';
import type { Handlers } from '../../api/schema.ts';
import type { BuiltFiles } from '../built-files.ts';
import { contentSecurityPolicy, securityHeaders } from '../page-security.ts';
import { createGate, type Gate } from './gate.ts';
import { webSocketPort } from './web-socket-port.ts';

export interface BrowserServerOptions {
  files: BuiltFiles;
  handlers: Handlers;
  events: Events;
  /** Whether the address works once only: it stands in a browser's arguments, which other users may read. */
  oneTime: boolean;
  /** Called with the number of windows each time one comes or goes. */
  onWindows?: (count: number) => void;
}

export interface BrowserServer {
  /** The address to open, with its token. */
  url: string;
  close(): Promise<void>;
}

/** An import of the largest file, as base64 in JSON, with room for a few more. */
const maxMessageBytes = 32 * 1024 * 1024;

/** Serves window and API on a free port of 127.0.0.1, to nobody but the holder of the token. */
export async function startBrowserServer(options: BrowserServerOptions): Promise<BrowserServer> {
  const http = createServer();
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(0, '127.0.0.1', resolve);
  });
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  const gate = createGate(address.port, options.oneTime);
  const headers = securityHeaders(contentSecurityPolicy([`ws://${gate.host}`]));

  http.on('request', (request, response) => answer(request, response, gate, headers, options.files));
  const windows = serveWindows(options);
  http.on('upgrade', (request, socket, head) => {
    if (request.url === '/api' && gate.admitsSocket(request.headers)) windows.handleUpgrade(request, socket, head);
    else refuseUpgrade(socket);
  });
  return {
    url: `http://${gate.host}/?t=${gate.token}`,
    close: async () => {
      windows.close();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  gate: Gate,
  headers: Record<string, string>,
  files: BuiltFiles,
): void {
  const end = (status: number, more: Record<string, string> = {}, body: Uint8Array | string = ''): void => {
    response.writeHead(status, { ...headers, 'content-length': String(Buffer.byteLength(body)), ...more });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
  if (!gate.isOurHost(request.headers.host)) return end(421);
  if (request.method !== 'GET' && request.method !== 'HEAD') return end(405, { allow: 'GET, HEAD' });
  const base = `http://${gate.host}`;
  if (!URL.canParse(request.url ?? '', base)) return end(400);
  const { pathname, searchParams } = new URL(request.url ?? '', base);
  const token = searchParams.get('t');
  if (pathname === '/' && token !== null) {
    const cookie = gate.exchange(token);
    return cookie === undefined ? end(403) : end(303, { location: '/index.html', 'set-cookie': cookie });
  }
  if (!gate.hasCookie(request.headers.cookie)) return end(403);
  const file = files.get(pathname === '/' ? '/index.html' : pathname);
  if (!file) return end(404);
  end(200, { 'content-type': file.contentType }, file.bytes);
}

interface Windows {
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

function serveWindows({ handlers, events, onWindows }: BrowserServerOptions): Windows {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes, perMessageDeflate: false });
  return {
    handleUpgrade: (request, socket, head) =>
      sockets.handleUpgrade(request, socket, head, (webSocket) => {
        onWindows?.(sockets.clients.size);
        // The set forgets a client only after its own listeners ran.
        webSocket.on('close', () => setImmediate(() => onWindows?.(sockets.clients.size)));
        serveApi(webSocketPort(webSocket), handlers, events);
      }),
    close: () => {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
    },
  };
}

function refuseUpgrade(socket: Duplex): void {
  socket.on('error', () => undefined); // the other side may be gone already
  socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
}
