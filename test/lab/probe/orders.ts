import type { Lab } from '../lab.ts';
import { startOwn, type OwnHelper } from '../system/helper.ts';

/** Payloads are hexadecimal. `waitMs`: how long silence lasts before it counts. */
export type ProbeOrder =
  | { kind: 'start' }
  | { kind: 'udp'; address: string; port: number; payload: string; waitMs: number }
  | { kind: 'tcp'; address: string; port: number; payload: string; waitMs: number }
  | { kind: 'tls'; address: string; name: string; waitMs: number };

/** `end`: a system error code, or `answered` `silent` (UDP), `open` `ended` `silent` (TCP), `secure` (TLS). */
export interface Look {
  end: string;
  replies: { hex: string; afterMs: number }[];
}

/** Sends bytes from the client of a lab and tells what came back. */
export interface Prober {
  look(order: Exclude<ProbeOrder, { kind: 'start' }>): Promise<Look>;
  stop(): Promise<void>;
}

export async function startProber(lab: Lab): Promise<Prober> {
  const helper: OwnHelper = await startOwn({
    name: 'lab-probe',
    namespace: 'client',
    onDeath: () => undefined,
    config: { kind: 'start' } satisfies ProbeOrder,
    env: { NODE_EXTRA_CA_CERTS: lab.clientEnv['NODE_EXTRA_CA_CERTS'] },
  });
  return { look: async (order) => (await helper.request(order)) as Look, stop: () => helper.stop() };
}

/** A STUN Binding request without attributes (RFC 8489 §6.1); without the cookie as RFC 3489 §11.1 had it. */
export const bindingRequest = (style: 'modern' | 'classic'): string =>
  `00010000${style === 'modern' ? '2112a442' : '5a5a5a5a'}000102030405060708090a0b`;

/** An Allocate request for UDP without credentials (RFC 8656 §7.1). */
export const allocateRequest = '000300082112a442000102030405060708090a0b0019000411000000';

/** The same in Microsoft's dialect: magic cookie and version as attributes ([MS-TURN] §2.2.2). */
export const msAllocateRequest = '000300102112a442000102030405060708090a0b000f000472c64bc680080004' + '00000006';

/** A question for IPv4 addresses (RFC 1035 §4.1). */
export function nameQuery(name: string, type: 'A' | 'AAAA' = 'A'): string {
  const labels = name.split('.').map((label) => String.fromCharCode(label.length) + label);
  const question = Buffer.from(`${labels.join('')}\0`, 'latin1').toString('hex');
  return `beef01000001000000000000${question}${type === 'A' ? '0001' : '001c'}0001`;
}

/** Response code and, for one A record, its address: `0 1.2.3.4`, `3`, `0`. */
export function nameAnswer(hex: string): string {
  const bytes = Buffer.from(hex, 'hex');
  const code = bytes.readUInt8(3) & 15;
  return bytes.readUInt16BE(6) === 0 ? String(code) : `${code} ${[...bytes.subarray(-4)].join('.')}`;
}
