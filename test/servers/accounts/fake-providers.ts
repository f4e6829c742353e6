import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { openApi, type ApiOptions, type ProviderApi } from '../../../electron/servers/accounts/api.ts';
import { loadAccountProviders } from '../../../electron/servers/accounts/load-providers.ts';
import type { AccountProvider } from '../../../electron/servers/accounts/provider.ts';
import type { Mood, Office, ProviderApi as FakeApi } from '../../lab/world/providers/api.ts';
import { keyOf, resources } from '../samples.ts';

const vectors = join(import.meta.dirname, '..', '..', 'vectors', 'check');
const pem = (name: string): string => readFileSync(join(vectors, name), 'utf8');
/** The authority of the test's servers. */
export const testRoot = pem('ca.pem');

export interface LocalServer {
  port: number;
  /** What was asked, in order. */
  asked: string[];
  close(): void;
}

/** A server on loopback that is `good.example` to whom trusts the test's root. */
export async function serveLocally(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  certificate = 'leaf',
): Promise<LocalServer> {
  const asked: string[] = [];
  const credential = { cert: pem(`${certificate}.pem`), key: pem(`${certificate}.key`) };
  const server: Server = createServer(credential, (request, response) => {
    asked.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { port: (server.address() as AddressInfo).port, asked, close };
}

/** The office of a provider whose tunnels nobody uses. */
export function quietOffice(mood: Mood = 'open'): Office & { registered: string[] } {
  const registered: string[] = [];
  return {
    mood,
    memory: new Map(),
    registered,
    register: (publicKey, constant) => {
      registered.push(publicKey);
      return Promise.resolve({ v4: constant ?? `10.66.0.${registered.length}`, v6: '2001:db8:66::1' });
    },
    unregister: (publicKey) => {
      registered.splice(registered.indexOf(publicKey), 1);
      return Promise.resolve();
    },
    serverKey: () => Promise.resolve(keyOf(1)),
    listed: () => [],
  };
}

/** The lab's fake of a provider behind a server on loopback. */
export async function serveFake(fake: FakeApi, office: Office): Promise<LocalServer> {
  return serveLocally((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const url = new URL(request.url ?? '/', `https://${request.headers.host ?? 'host'}`);
      const { method = '', headers } = request;
      const body = Buffer.concat(chunks).toString();
      const said = await fake(
        { method, path: url.pathname, query: url.searchParams, host: url.hostname, headers, body },
        office,
      );
      const text = said.text ?? (said.json === undefined ? '' : JSON.stringify(said.json));
      response.writeHead(said.status, { 'content-type': said.type ?? 'application/json' }).end(text);
    })();
  });
}

/** A provider as it is shipped, but at a server on loopback, which is found by its address only. */
export async function movedTo(port: number, id: string): Promise<AccountProvider> {
  const { providers } = await loadAccountProviders(join(resources, 'accounts'));
  const provider = providers.find((one) => one.id === id);
  if (!provider) throw new Error(`no provider ${id}`);
  const api = Object.fromEntries(Object.keys(provider.api).map((name) => [name, `https://good.example:${port}`]));
  return { ...provider, api, apiAddresses: ['127.0.0.1'] };
}

/** A resolver that leads nowhere, without asking anybody. */
export const knowsNoName: NonNullable<ApiOptions['lookUp']> = (name, _options, done) => {
  done(Object.assign(new Error(`no such name: ${name}`), { code: 'ENOTFOUND' }), '', 4);
};

/** A resolver for which every name leads to loopback. */
export const knowsLoopback: NonNullable<ApiOptions['lookUp']> = (_name, options, done) =>
  options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4);

export function apiTo(
  provider: AccountProvider,
  options: Partial<Pick<ApiOptions, 'limitMs' | 'signal' | 'lookUp'>> = {},
): ProviderApi {
  const usual = { limitMs: 5000, signal: new AbortController().signal, lookUp: knowsNoName };
  return openApi({ provider, authority: undefined, extraRoots: testRoot, ...usual, ...options });
}
