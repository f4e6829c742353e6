import type { IncomingMessage, ServerResponse } from 'node:http';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { findProgram } from '../../system/programs.ts';
import type { CertifiedMaterial, Mood, Office, ProviderApi, Said } from './api.ts';
import { airvpn } from './airvpn.ts';
import { azirevpn } from './azirevpn.ts';
import { ivpn } from './ivpn.ts';
import type { ListProvider } from './known.ts';
import { listedServers, type ListChange } from './listed.ts';
import { mullvad } from './mullvad.ts';
import { nordvpn } from './nordvpn.ts';
import { ovpnCom } from './ovpn.com.ts';
import { pia } from './pia.ts';
import { riseup } from './riseup.ts';
import { surfshark } from './surfshark.ts';
import { vpngate } from './vpngate.ts';
import { windscribe } from './windscribe.ts';

const apis: Readonly<Record<ListProvider, ProviderApi>> = {
  ...{ mullvad, ivpn, azirevpn, nordvpn, surfshark, pia, airvpn, windscribe },
  'ovpn.com': ovpnCom,
  ...{ riseup, vpngate },
};

/** Device of the lab's WireGuard server; its control socket is a file, so that it is reached from any namespace. */
const device = 'wgs';
const run = promisify(execFile);
const wg = async (...args: string[]): Promise<string> => (await run(findProgram('wg'), args)).stdout.trim();

/** What all providers remember, and the next tunnel address that is free: 10.66.0.16 and up. */
const memories = new Map<ListProvider, Map<string, string>>();
let nextHost = 16;

function openOffice(provider: ListProvider, { mood, list, handsOut }: ProviderState): Office {
  const memory = memories.get(provider) ?? new Map<string, string>();
  memories.set(provider, memory);
  return {
    mood,
    ...(handsOut && { handsOut }),
    memory,
    register: async (publicKey, constant) => {
      const host = nextHost++;
      const v4 = constant ?? `10.66.0.${host}`;
      const v6 = `2001:db8:66::${host.toString(16)}`;
      await wg('set', device, 'peer', publicKey, 'allowed-ips', constant ? `${v4}/32` : `${v4}/32,${v6}/128`);
      return { v4, v6 };
    },
    unregister: async (publicKey) => {
      await wg('set', device, 'peer', publicKey, 'remove');
    },
    serverKey: () => wg('show', device, 'public-key'),
    listed: () => listedServers(provider, list),
  };
}

/** What a provider's people have done. */
export interface ProviderState {
  mood: Mood;
  list: ListChange;
  handsOut: CertifiedMaterial | undefined;
}

/** Answers one request to a provider's interface. */
export async function serveProvider(
  provider: ListProvider,
  state: ProviderState,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  if (answerInMood(state.mood, response)) return;
  const url = new URL(request.url ?? '/', `https://${request.headers.host ?? 'host'}`);
  const { method = '', headers } = request;
  const asked = {
    method,
    path: url.pathname,
    query: url.searchParams,
    host: url.hostname,
    headers,
    body: Buffer.concat(chunks).toString(),
  };
  sayUnlessKnown(request, response, await apis[provider](asked, openOffice(provider, state)));
}

/** Lists have an entity tag, as Mullvad's has (RFC 9110 §13.1.2). */
function sayUnlessKnown(request: IncomingMessage, response: ServerResponse, said: Said): void {
  const tag = `"${createHash('sha256')
    .update(JSON.stringify(said.json ?? ''))
    .digest('hex')}"`;
  if (request.method === 'GET') response.setHeader('etag', tag);
  if (request.method === 'GET' && request.headers['if-none-match'] === tag) say(response, { status: 304 });
  else say(response, said);
}

function say(response: ServerResponse, { status, json, text, type = 'application/json' }: Said): void {
  const body = text ?? (json === undefined ? '' : JSON.stringify(json));
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body);
}

/** True when the mood has answered in place of the interface. */
function answerInMood(mood: Mood, response: ServerResponse): boolean {
  switch (mood) {
    case 'busy':
      response.writeHead(429, { 'retry-after': '30', 'content-length': '0' }).end();
      return true;
    case 'slow': {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{');
      const timer = setInterval(() => response.write(' '), 200);
      response.once('close', () => clearInterval(timer));
      return true;
    }
    case 'oversized':
      say(response, { status: 200, json: { access_token: 'x'.repeat(9_000_000) } });
      return true;
    case 'page':
      say(response, { status: 200, text: '<!doctype html><title>Log in</title>', type: 'text/html; charset=utf-8' });
      return true;
    case 'redirect':
      response.writeHead(302, { location: 'https://login.portal.example/', 'content-length': '0' }).end();
      return true;
    case 'strange':
      say(response, { status: 200, json: { hello: 'world' } });
      return true;
    default:
      return false;
  }
}
