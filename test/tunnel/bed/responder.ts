import { createSocket } from 'node:dgram';
import { ipBytes } from './ip-bytes.ts';

/**
 * A host of the world: answers STUN Binding (RFC 8489) on 3478 and echoes on 7, at every address given as an argument.
 * Prints a line when it listens.
 */
const cookie = 0x2112a442;

function bindingSuccess(request: Buffer, address: string, port: number): Buffer | undefined {
  if (request.length < 20 || request.readUInt16BE(0) !== 1 || request.readUInt32BE(4) !== cookie) return undefined;
  const bytes = ipBytes(address);
  const value = Buffer.alloc(4 + bytes.length);
  value[1] = bytes.length === 4 ? 1 : 2;
  value.writeUInt16BE(port ^ 0x2112, 2);
  bytes.forEach((byte, index) => (value[4 + index] = byte ^ (request[4 + index] ?? 0)));
  const header = Buffer.from(request.subarray(0, 20));
  header.writeUInt16BE(0x0101, 0);
  header.writeUInt16BE(4 + value.length, 2);
  const attribute = Buffer.from([0, 0x20, 0, value.length]);
  return Buffer.concat([header, attribute, value]);
}

function listen(
  host: string,
  port: number,
  answer: (request: Buffer, address: string, port: number) => Buffer | undefined,
) {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  socket.on('message', (request, sender) => {
    const reply = answer(request, sender.address, sender.port);
    if (reply) socket.send(reply, sender.port, sender.address, () => undefined);
  });
  return new Promise<void>((resolve) => socket.bind(port, host, resolve));
}

const hosts = process.argv.slice(2);
await Promise.all(hosts.flatMap((host) => [listen(host, 3478, bindingSuccess), listen(host, 7, (request) => request)]));
console.log('listening');
