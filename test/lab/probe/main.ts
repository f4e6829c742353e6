import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { serveOrders } from '../system/daemon.ts';
import type { Look, ProbeOrder } from './orders.ts';

// Looks at the network from the client's place, for the lab's own tests: bytes out, what came back.

/** After an answer, another one is waited for this long: an injector's and the true one. */
const secondAnswerMs = 150;

/** On a busy machine a timer may be due before answers that lie ready have been read: they are read first. */
const afterSilence = (waitMs: number, act: () => void): NodeJS.Timeout => setTimeout(() => setImmediate(act), waitMs);

serveOrders((order) => look(order as ProbeOrder));

async function look(order: ProbeOrder): Promise<Look | null> {
  switch (order.kind) {
    case 'start':
      return null;
    case 'udp':
      return lookUdp(order);
    case 'tcp':
      return lookTcp(order);
    case 'tls':
      return lookTls(order);
  }
}

function lookUdp({ address, port, payload, waitMs }: Extract<ProbeOrder, { kind: 'udp' }>): Promise<Look> {
  const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
  const replies: Look['replies'] = [];
  return new Promise((resolve) => {
    let open = true;
    const finish = (end: string): void => {
      clearTimeout(timer);
      if (open) socket.close();
      open = false;
      resolve({ end, replies });
    };
    let timer = afterSilence(waitMs, () => replies.length === 0 && finish('silent'));
    socket.on('error', (error: NodeJS.ErrnoException) => finish(error.code ?? error.message));
    let sentMs = 0;
    socket.on('message', (message) => {
      replies.push({ hex: message.toString('hex'), afterMs: performance.now() - sentMs });
      clearTimeout(timer);
      timer = setTimeout(() => finish('answered'), secondAnswerMs);
    });
    socket.connect(port, address, () => {
      sentMs = performance.now();
      socket.send(Buffer.from(payload, 'hex'));
    });
  });
}

function lookTcp({ address, port, payload, waitMs }: Extract<ProbeOrder, { kind: 'tcp' }>): Promise<Look> {
  const beginMs = performance.now();
  const socket = connect({ host: address, port });
  const replies: Look['replies'] = [];
  return new Promise((resolve) => {
    const finish = (end: string): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ end, replies });
    };
    const timer = afterSilence(waitMs, () => finish(socket.connecting ? 'silent' : 'open'));
    socket.on('error', (error: NodeJS.ErrnoException) => finish(error.code ?? error.message));
    socket.on('data', (chunk) => replies.push({ hex: chunk.toString('hex'), afterMs: performance.now() - beginMs }));
    socket.on('end', () => finish('ended'));
    socket.on('connect', () => socket.write(Buffer.from(payload, 'hex')));
  });
}

function lookTls({ address, name, waitMs }: Extract<ProbeOrder, { kind: 'tls' }>): Promise<Look> {
  const socket = connectTls({ host: address, port: 443, servername: name });
  return new Promise((resolve) => {
    const finish = (end: string): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ end, replies: [] });
    };
    const timer = afterSilence(waitMs, () => finish('silent'));
    socket.on('error', (error: NodeJS.ErrnoException) => finish(error.code ?? error.message));
    socket.on('end', () => finish('ended'));
    socket.on('secureConnect', () => finish('secure'));
  });
}
