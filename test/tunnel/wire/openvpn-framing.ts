import type { Framing } from './framing.ts';

/** First byte of every packet: opcode in the upper five bits, key number in the lower three (OpenVPN's ssl_pkt.h). */
const opcodes = { softReset: 3, control: 4, ack: 5, hardReset: 7, data: 9 };
/** With tls-crypt a control packet has opcode, session, number with time, and tag before its content. */
const leastControlBytes = 1 + 8 + 8 + 32 + 1;
/** Data: opcode with peer, number, tag of an AEAD cipher, and at least one byte. */
const leastDataBytes = 4 + 4 + 16 + 1;
const mostBytes = 1600;
/** Packets that the client itself lost before they got onto the wire leave gaps in the numbers. */
const mostMissing = 1000;

/** What a client of OpenVPN 2.6 with tls-crypt sends: only to sessions that it opened, data in rising numbers. */
export function openVpnFraming(): Framing {
  const sessions = new Set<string>();
  /** Number of the last data packet, by key. */
  const numbers = new Map<number, number>();
  let peer: number | undefined;

  function controlFault(opcode: number, payload: Buffer): string | undefined {
    if (payload.length < leastControlBytes) return `an OpenVPN control packet of ${payload.length} bytes`;
    const session = payload.toString('hex', 1, 9);
    if (opcode === opcodes.hardReset) {
      sessions.add(session);
      numbers.clear();
      peer = undefined;
    }
    return sessions.has(session) ? undefined : 'it names an OpenVPN session that was never opened';
  }

  function dataFault(key: number, payload: Buffer): string | undefined {
    if (sessions.size === 0) return 'OpenVPN data before any session';
    if (payload.length < leastDataBytes) return `OpenVPN data of ${payload.length} bytes`;
    peer ??= payload.readUIntBE(1, 3);
    if (payload.readUIntBE(1, 3) !== peer) return 'OpenVPN data of another peer';
    const number = payload.readUInt32BE(4);
    const ahead = number - (numbers.get(key) ?? 0);
    if (ahead < 1 || ahead > mostMissing) return `OpenVPN data with the number ${number} out of order`;
    numbers.set(key, number);
    return undefined;
  }

  return {
    hear: () => undefined,
    fault(payload) {
      if (payload.length > mostBytes) return `an OpenVPN packet of ${payload.length} bytes`;
      const first = payload[0] ?? 0;
      const opcode = first >> 3;
      if (opcode === opcodes.data) return dataFault(first & 7, payload);
      if (!Object.values(opcodes).includes(opcode)) return 'it is no OpenVPN packet of a client';
      return controlFault(opcode, payload);
    },
  };
}
