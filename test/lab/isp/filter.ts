import { connect, createServer, type Server, type Socket } from 'node:net';
import { Transform, type TransformCallback } from 'node:stream';
import ipaddr from 'ipaddr.js';
import { coversName, slowKbitPerS, type WebRule } from '../censor/censor.ts';
import { readDestination } from './client-hello.ts';
import { blockRedirect } from './pages.ts';

/** A ClientHello that long is no ClientHello. */
const helloMax = 20_000;

export interface FilterTargets {
  rules(): readonly WebRule[];
  /** Unix socket of the server that plays man in the middle. */
  interceptor: string;
}

/**
 * Transparent proxy behind nftables' TPROXY: a connection's local address is its true destination. It finishes the TCP
 * handshake itself, so a dead server looks like one that hangs up.
 */
export function createFilter(targets: FilterTargets): Server {
  return createServer({ noDelay: true, allowHalfOpen: true }, (client) => {
    const host = ipaddr.process(client.localAddress ?? '::').toString();
    const server = connect({ host, port: client.localPort ?? 0, noDelay: true, allowHalfOpen: true });
    const link = new Link(client, server);
    let seen = Buffer.alloc(0);
    const look = (chunk: Buffer): void => {
      seen = Buffer.concat([seen, chunk]);
      const destination = readDestination(seen);
      if (destination.kind === 'incomplete' && seen.length < helloMax) return;
      client.off('data', look);
      const name = 'name' in destination ? destination.name : undefined;
      const rule = targets
        .rules()
        .find(({ match, names }) => match === destination.kind && coversName(names, name ?? ''));
      link.act(rule?.action ?? 'pass', seen, targets.interceptor);
    };
    client.on('data', look);
  });
}

/** Both halves of a proxied connection. Until something else is decided they share their end. */
class Link {
  readonly #client: Socket;
  readonly #server: Socket;
  #joined = true;

  constructor(client: Socket, server: Socket) {
    this.#client = client;
    this.#server = server;
    server.on('error', () => this.#joined && client.resetAndDestroy());
    server.on('end', () => this.#joined && client.end());
    client.on('error', () => undefined); // its close follows
    client.on('end', () => this.#joined && server.end());
    client.on('close', () => server.destroy());
  }

  act(action: WebRule['action'] | 'pass', seen: Buffer, interceptor: string): void {
    if (action === 'pass') return this.#connectTo(this.#server, seen);
    if (action === 'slow') return this.#connectTo(this.#server, seen, new Trickle());
    this.#joined = false;
    this.#server.resetAndDestroy();
    switch (action) {
      case 'reset':
        this.#client.resetAndDestroy();
        break;
      case 'silence':
        this.#client.resume();
        break;
      case 'fin':
        this.#client.resume();
        this.#client.end();
        break;
      case 'page':
        this.#client.resume();
        this.#client.end(blockRedirect);
        break;
      case 'mitm':
        this.#connectTo(connect({ path: interceptor }), seen);
    }
  }

  #connectTo(server: Socket, seen: Buffer, through?: Transform): void {
    server.on('error', () => this.#client.destroy());
    server.write(seen);
    this.#client.pipe(server);
    if (through) server.pipe(through).pipe(this.#client);
    else server.pipe(this.#client);
  }
}

/** Bytes of one segment. */
const segment = 1400;

/** Lets bytes through at the pace of a throttled connection, segment by segment, each once its time has passed. */
class Trickle extends Transform {
  #freeAt = 0;

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    const next = (at: number): void => {
      if (at >= chunk.length) {
        done();
        return;
      }
      const part = chunk.subarray(at, at + segment);
      const startAt = Math.max(this.#freeAt, performance.now());
      this.#freeAt = startAt + (part.length * 8) / slowKbitPerS;
      setTimeout(() => {
        this.push(part);
        next(at + part.length);
      }, this.#freeAt - performance.now());
    };
    next(0);
  }
}
