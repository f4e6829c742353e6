import { createServer } from 'node:net';
import { addresses, ispPorts } from '../addresses.ts';
import type { NameRule, WebRule } from '../censor/censor.ts';
import type { Credential } from '../system/certificates.ts';
import { serveOrders } from '../system/daemon.ts';
import { readQuestion, type Zone } from '../system/dns-message.ts';
import { bindUdp, listenTcp, serveDnsStream } from '../system/sockets.ts';
import { createFilter } from './filter.ts';
import { createInterceptor, createPortal } from './pages.ts';
import { answerAsTold } from './resolver.ts';

// The ISP's machine room: its resolver, its log-in page, and the proxy that reads server names.

export interface IspStart {
  zone: Zone;
  /** Of an authority that nobody trusts. */
  interceptor: Credential;
  /** Unix socket for the proxy to reach the interceptor. */
  interceptorPath: string;
}

/** Replaces what the resolver and the proxy do. */
export interface IspOrder {
  names: readonly NameRule[];
  web: readonly WebRule[];
}

/** Listening socket that lab-transparent.pl opened for us. */
const filterSocket = 3;

let order: IspOrder = { names: [], web: [] };
let started = false;

serveOrders(async (message) => {
  if (started) order = message as IspOrder;
  else await start(message as IspStart);
  started = true;
});

async function start({ zone, interceptor, interceptorPath }: IspStart): Promise<void> {
  const answer = (query: Buffer): Buffer | undefined => {
    const question = readQuestion(query);
    return question && answerAsTold(order.names, zone, question);
  };
  const resolver = [addresses.ispLan.v4, addresses.ispLan.v6].flatMap((address) => [
    bindUdp(address, 53, (query, asker, socket) => {
      const reply = answer(query);
      if (reply !== undefined) socket.send(reply, asker.port, asker.address);
    }),
    listenTcp(
      createServer((socket) => serveDnsStream(socket, answer)),
      address,
      53,
    ),
    listenTcp(createPortal(), address, ispPorts.page),
  ]);
  const filter = createFilter({ rules: () => order.web, interceptor: interceptorPath });
  await Promise.all([
    ...resolver,
    new Promise<void>((resolve) => createInterceptor(interceptor).listen(interceptorPath, resolve)),
    new Promise<void>((resolve) => filter.listen({ fd: filterSocket }, resolve)),
  ]);
}
