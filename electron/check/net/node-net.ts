import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns';
import { existsSync, readFileSync } from 'node:fs';
import { connect, isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';
import { performance } from 'node:perf_hooks';
import { nameFailure } from './failures.ts';
import { NetFailure, type Endpoint, type LocalAddress, type Net, type UdpHandlers, type UdpSocket } from './net.ts';
import { tcpStream } from './node-stream.ts';

/** The real network. */
export const nodeNet: Net = {
  now: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  random: (size) => randomBytes(size),
  openUdp,
  connectTcp,
  interfaces,
  // A new one reads resolv.conf anew: the process-wide one keeps the servers of the time before a tunnel.
  resolvers: () => new Resolver().getServers().flatMap(parseResolver),
};

function openUdp(remote: Endpoint, handlers: UdpHandlers): UdpSocket {
  const socket = createSocket(isIPv6(remote.address) ? 'udp6' : 'udp4');
  let state: 'opening' | 'open' | 'closed' = 'opening';
  const waiting: Uint8Array[] = [];
  const fail = (error: unknown): void => {
    if (state !== 'closed') handlers.onFailure(nameFailure(error));
  };
  const sendNow = (bytes: Uint8Array): void => socket.send(bytes, (error) => error && fail(error));
  socket.on('error', fail);
  socket.on('message', (bytes) => {
    if (state === 'open') handlers.onMessage(bytes);
  });
  socket.on('connect', () => {
    if (state !== 'opening') return;
    state = 'open';
    waiting.forEach(sendNow);
  });
  socket.connect(remote.port, remote.address);
  return {
    send(bytes) {
      if (state === 'open') sendNow(bytes);
      else if (state === 'opening') waiting.push(bytes);
    },
    close() {
      if (state === 'closed') return;
      state = 'closed';
      socket.close();
    },
    localAddress: () => (state === 'open' ? socket.address().address : undefined),
  };
}

function connectTcp(remote: Endpoint, signal: AbortSignal): ReturnType<Net['connectTcp']> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(new NetFailure('interrupted'));
      return;
    }
    const socket = connect({ host: remote.address, port: remote.port, autoSelectFamily: false, noDelay: true });
    const fail = (error: unknown): void => reject(new NetFailure(nameFailure(error)));
    const abort = (): void => {
      // Reset rather than close: nothing of an abandoned probe should linger in routers on the way. One that does not
      // stand yet would wait for that until it does, and go on knocking for two minutes.
      if (socket.connecting) socket.destroy();
      else socket.resetAndDestroy();
      fail(new DOMException('aborted', 'AbortError'));
    };
    signal.addEventListener('abort', abort, { once: true });
    socket.once('close', () => signal.removeEventListener('abort', abort));
    socket.once('error', fail);
    socket.once('connect', () => {
      socket.removeListener('error', fail);
      resolve(tcpStream(socket));
    });
  });
}

function interfaces(): LocalAddress[] {
  return Object.entries(networkInterfaces()).flatMap(([name, addresses]) => {
    const device = tunnelDevice(name);
    return (addresses ?? []).map(({ address, family, internal }) => ({
      interface: name,
      address,
      family: family === 'IPv6' ? (6 as const) : (4 as const),
      internal,
      ...(device && { device }),
    }));
  });
}

/** Linux tells in sysfs (Documentation/ABI/testing/sysfs-class-net and sysfs-class-net-tun), whatever the name. */
function tunnelDevice(name: string): LocalAddress['device'] {
  const folder = `/sys/class/net/${name}`;
  try {
    if (existsSync(`${folder}/tun_flags`)) return 'tun';
    return readFileSync(`${folder}/uevent`, 'utf8').includes('DEVTYPE=wireguard') ? 'wireguard' : undefined;
  } catch {
    return undefined; // another system, or a device that has just gone
  }
}

/** `1.2.3.4`, `1.2.3.4:5353`, `fe80::1%eth0`, `[::1]:5353`: the forms of node:dns Resolver.getServers(). */
function parseResolver(text: string): Endpoint[] {
  const bracketed = /^\[([^\]]+)\](?::(\d+))?$/.exec(text);
  const plain = /^(\d+\.\d+\.\d+\.\d+)(?::(\d+))?$/.exec(text);
  const match = bracketed ?? plain;
  const address = match?.[1] ?? text;
  return address === '' ? [] : [{ address, port: Number(match?.[2] ?? 53) }];
}
