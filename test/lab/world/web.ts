import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server as HttpServer, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { createSecureContext, type SecureContext, type TlsOptions } from 'node:tls';
import ipaddr from 'ipaddr.js';
import { answerHonestly, readQuestion, type Zone } from '../system/dns-message.ts';
import { coversName } from '../censor/censor.ts';
import type { Credential } from '../system/certificates.ts';
import { worldNow, type WorldChange, type WorldTime } from './change.ts';
import type { Page, WorldPlan } from './plan.ts';

/** What is served; it may change while servers run. */
export interface Site {
  pages: WorldPlan['pages'];
  zone: Zone;
  /** Names, with those below them, that show the foreign certificate. */
  foreign: readonly string[];
  /** What time it is here. */
  time: Pick<WorldChange, 'time'>;
}

export interface SiteCredentials {
  credential: Credential;
  foreign: Credential;
  timed: Record<WorldTime, Credential>;
}

/**
 * Sites with TLS at one address; any server name gets the same certificate, as from a server that hosts many. The foreign
 * one is shown for such a name by its own hosts only.
 */
export function createSites(site: Site, address: string, credentials: SiteCredentials): HttpServer {
  return createSecureServer(
    secureOptions(site, address, credentials),
    (request, response) => void serve(site, request, response),
  );
}

/** The certificate of the world for every name, but another one where a change says so. */
export function secureOptions(
  site: Site,
  address: string,
  { credential: { certificate, key }, foreign, timed }: SiteCredentials,
): TlsOptions {
  const contextOf = (credential: Credential): SecureContext =>
    createSecureContext({ cert: credential.certificate, key: credential.key });
  const strange = contextOf(foreign);
  const ofTime = { earlier: contextOf(timed.earlier), later: contextOf(timed.later) };
  const isAtHome = (name: string): boolean => {
    const own = site.zone[name];
    return own !== undefined && [...own.v4, ...own.v6].includes(address);
  };
  const SNICallback: TlsOptions['SNICallback'] = (name, done) =>
    done(null, coversName(site.foreign, name) && isAtHome(name) ? strange : site.time.time && ofTime[site.time.time]);
  return { cert: certificate, key, SNICallback };
}

/** The same pages without TLS. */
export function createPlainSites(site: Site): HttpServer {
  return createServer((request, response) => void serve(site, request, response));
}

async function serve(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://host');
  if (url.pathname === '/dns-query') return serveDns(site.zone, request, url, response);
  request.resume();
  const address = ipaddr.process(request.socket.localAddress ?? '::').toString();
  // A machine that is addressed without a name answers the same whatever it is called.
  const page = findPage(site.pages, site.pages[address] ? address : hostOf(request), url.pathname);
  const tag = `"${createHash('sha256').update(page.body).digest('hex')}"`;
  if (request.headers['if-none-match'] === tag) {
    response.writeHead(304, { etag: tag }).end();
    return;
  }
  response.writeHead(page.status, {
    ...{ date: worldNow(site.time).toUTCString(), 'content-type': 'text/html', etag: tag },
    'content-length': Buffer.byteLength(page.body),
    ...(page.location !== undefined && { location: page.location }),
  });
  response.end(page.body);
}

/** The Host header without its port. */
const hostOf = ({ headers }: IncomingMessage): string => (headers.host ?? '').replace(/:\d+$/, '').toLowerCase();

/** A machine that is addressed without a name has its pages under its address. */
export function findPage(pages: WorldPlan['pages'], host: string, path: string): Page {
  const own = pages[host];
  return own?.[path] ?? own?.['*'] ?? { status: 200, body: `<title>${host}</title>It works.\n` };
}

/** DNS over HTTPS, RFC 8484 §4.1: POST with the message as body, or GET with it in `dns`. */
async function serveDns(zone: Zone, request: IncomingMessage, url: URL, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const query =
    request.method === 'POST' ? Buffer.concat(chunks) : Buffer.from(url.searchParams.get('dns') ?? '', 'base64url');
  const question = readQuestion(query);
  if (question === undefined) {
    response.writeHead(400).end();
    return;
  }
  const answer = answerHonestly(zone, question);
  response.writeHead(200, { 'content-type': 'application/dns-message', 'content-length': answer.length }).end(answer);
}
