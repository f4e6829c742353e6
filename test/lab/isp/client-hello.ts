/** What the first bytes of a TCP connection say about where they want to go. */
export type Destination =
  | { kind: 'incomplete' }
  | { kind: 'sni'; name: string }
  | { kind: 'host'; name: string }
  /** Neither TLS with a server name nor HTTP with a Host header. */
  | { kind: 'unnamed' };

const unnamed: Destination = { kind: 'unnamed' };
const incomplete: Destination = { kind: 'incomplete' };

/** Reads bytes gathered so far, so that a ClientHello split over packets is understood all the same. */
export function readDestination(bytes: Buffer): Destination {
  if (bytes.length === 0) return incomplete;
  return bytes[0] === 0x16 ? readClientHello(bytes) : readHostHeader(bytes);
}

/** Joins the handshake records (RFC 8446 §5.1) and looks for server_name (RFC 6066 §3). */
function readClientHello(bytes: Buffer): Destination {
  const fragments: Buffer[] = [];
  for (let at = 0; at + 5 <= bytes.length && bytes[at] === 0x16; at += 5 + bytes.readUInt16BE(at + 3)) {
    fragments.push(bytes.subarray(at + 5, at + 5 + bytes.readUInt16BE(at + 3)));
  }
  const handshake = Buffer.concat(fragments);
  if (handshake.length < 4) return incomplete;
  if (handshake[0] !== 1) return unnamed;
  if (handshake.length < 4 + handshake.readUIntBE(1, 3)) return incomplete;
  try {
    return readServerName(handshake.subarray(4));
  } catch (error) {
    if (error instanceof RangeError) return unnamed; // lengths that lead out of the message
    throw error;
  }
}

function readServerName(hello: Buffer): Destination {
  let at = 2 + 32; // version, random
  at += 1 + hello.readUInt8(at); // session id
  at += 2 + hello.readUInt16BE(at); // cipher suites
  at += 1 + hello.readUInt8(at); // compression methods
  const end = at + 2 + hello.readUInt16BE(at);
  at += 2;
  while (at + 4 <= end) {
    const type = hello.readUInt16BE(at);
    if (type === 0) {
      const name = hello.subarray(at + 9, at + 9 + hello.readUInt16BE(at + 7)).toString('latin1');
      return { kind: 'sni', name: name.toLowerCase() };
    }
    at += 4 + hello.readUInt16BE(at + 2);
  }
  return unnamed;
}

function readHostHeader(bytes: Buffer): Destination {
  const text = bytes.toString('latin1');
  if (!/^[A-Z]{0,8}$|^[A-Z]{3,8} /.test(text.slice(0, 9))) return unnamed;
  const named = /\r\nhost: *([^\r\n]+?)(:\d+)?\r\n/i.exec(text);
  if (named?.[1] !== undefined) return { kind: 'host', name: named[1].toLowerCase() };
  return text.includes('\r\n\r\n') ? unnamed : incomplete;
}
