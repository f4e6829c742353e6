import { attributeTypes, encodeStun, messageTypes, type StunAttribute, type StunMessage } from './stun.ts';

/** TURN Allocate without credentials: a relay that is there answers 401 with its realm (RFC 8656 §7.2, RFC 8489 §9.2.4). */

export type TurnDialect = 'rfc8656' | 'ms';

const protocolUdp = 17;
/** [MS-TURN] §2.2.2.1 Magic Cookie and §2.2.2.17 MS-Version (6: the version current clients name). */
const ms = { magicCookie: 0x000f, cookieValue: Uint8Array.of(0x72, 0xc6, 0x4b, 0xc6), version: 0x8008 } as const;

/** `transaction`: 16 bytes as stunTransaction makes them. */
export function encodeAllocate(dialect: TurnDialect, transaction: Uint8Array): Uint8Array {
  const attributes: StunAttribute[] =
    dialect === 'ms'
      ? [
          { type: ms.magicCookie, value: ms.cookieValue },
          { type: ms.version, value: Uint8Array.of(0, 0, 0, 6) },
        ]
      : [{ type: attributeTypes.requestedTransport, value: Uint8Array.of(protocolUdp, 0, 0, 0) }];
  return encodeStun(messageTypes.allocateRequest, transaction, attributes);
}

export type AllocateAnswer =
  | { kind: 'unauthorized'; realm: string | null }
  /** Any other error of the relay; it is there, and speaks TURN. */
  | { kind: 'error'; code: number | null }
  /** A relay for everybody. */
  | { kind: 'allocated' };

/** Undefined when the message does not answer an Allocate. */
export function readAllocateAnswer(message: StunMessage): AllocateAnswer | undefined {
  if (message.type === messageTypes.allocateSuccess) return { kind: 'allocated' };
  if (message.type !== messageTypes.allocateError) return undefined;
  if (message.errorCode === 401) return { kind: 'unauthorized', realm: message.realm };
  return { kind: 'error', code: message.errorCode };
}
