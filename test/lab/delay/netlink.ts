/** nfnetlink_queue (linux/netfilter/nfnetlink_queue.h): how the kernel hands packets over and takes verdicts. */

const subsystem = 0x0300; // NFNL_SUBSYS_QUEUE << 8
const messageTypes = { packet: subsystem, verdict: subsystem | 1, config: subsystem | 2 } as const;
const headerBytes = 20; // nlmsghdr, then nfgenmsg
const flagRequest = 1;
const flagAcknowledge = 4;
const errorType = 2;

export const verdicts = { drop: 0, accept: 1 } as const;

function attribute(type: number, data: Buffer): Buffer {
  const padded = Buffer.alloc((4 + data.length + 3) & ~3);
  padded.writeUInt16LE(4 + data.length, 0);
  padded.writeUInt16LE(type, 2);
  data.copy(padded, 4);
  return padded;
}

function message(type: number, flags: number, queue: number, attributes: readonly Buffer[]): Buffer {
  const body = Buffer.concat([Buffer.alloc(headerBytes), ...attributes]);
  body.writeUInt32LE(body.length, 0);
  body.writeUInt16LE(type, 4);
  body.writeUInt16LE(flags, 6);
  body.writeUInt16BE(queue, 18);
  return body;
}

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

/** Messages that bind a queue, ask for 64 bytes of each packet, and make room for `length` packets. Both are acknowledged. */
export function bindMessages(queue: number, length: number): Buffer[] {
  const flags = flagRequest | flagAcknowledge;
  const bind = attribute(1, Buffer.from([1, 0, 0, 0])); // NFQA_CFG_CMD: bind
  const copy = attribute(2, Buffer.from([0, 0, 0, 64, 2])); // NFQA_CFG_PARAMS: packets, 64 bytes of each
  const room = attribute(3, u32(length)); // NFQA_CFG_QUEUE_MAXLEN
  return [message(messageTypes.config, flags, queue, [bind]), message(messageTypes.config, flags, queue, [copy, room])];
}

export const verdictMessage = (queue: number, packet: number, verdict: number): Buffer =>
  message(messageTypes.verdict, flagRequest, queue, [attribute(2, Buffer.concat([u32(verdict), u32(packet)]))]);

export type FromKernel = { kind: 'packet'; id: number } | { kind: 'acknowledged'; error: number };

/** All messages of one read; `error` of an acknowledgement is 0 or a negative errno. */
export function readMessages(bytes: Buffer): FromKernel[] {
  const found: FromKernel[] = [];
  for (let at = 0; at + 16 <= bytes.length;) {
    const length = bytes.readUInt32LE(at);
    const type = bytes.readUInt16LE(at + 4);
    if (length < 16 || at + length > bytes.length) break;
    if (type === errorType) found.push({ kind: 'acknowledged', error: bytes.readInt32LE(at + 16) });
    if (type === messageTypes.packet) {
      const id = packetId(bytes.subarray(at + headerBytes, at + length));
      if (id !== undefined) found.push({ kind: 'packet', id });
    }
    at += (length + 3) & ~3;
  }
  return found;
}

/** NFQA_PACKET_HDR (attribute 1) starts with the id under which the kernel keeps the packet. */
function packetId(attributes: Buffer): number | undefined {
  for (let at = 0; at + 8 <= attributes.length;) {
    const length = attributes.readUInt16LE(at);
    if ((attributes.readUInt16LE(at + 2) & 0x7fff) === 1) return attributes.readUInt32BE(at + 4);
    if (length < 4) return undefined;
    at += (length + 3) & ~3;
  }
  return undefined;
}
