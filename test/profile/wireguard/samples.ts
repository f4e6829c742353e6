import { linesOf } from '../../../electron/profile/text.ts';
import { parseWireGuard, type ParsedWireGuard } from '../../../electron/profile/wireguard/parse.ts';

/** Keys of no tunnel: 32 times the same byte. */
export const keyOf = (byte: number): string => Buffer.alloc(32, byte).toString('base64');
export const privateKey = keyOf(1);
export const publicKey = keyOf(2);
export const presharedKey = keyOf(3);

export const simple = `[Interface]
PrivateKey = ${privateKey}
Address = 10.2.0.2/32
DNS = 10.2.0.1

[Peer]
PublicKey = ${publicKey}
AllowedIPs = 0.0.0.0/0
Endpoint = 198.51.100.7:51820
`;

export const parse = (text: string): ParsedWireGuard =>
  parseWireGuard(linesOf(Buffer.from(text), 'test.conf'), 'test.conf');

/** The simple file with more lines in its [Interface] section. */
export const withInterface = (lines: string): string => simple.replace('\n\n[Peer]', `\n${lines}\n\n[Peer]`);
/** The simple file with more lines in its [Peer] section. */
export const withPeer = (lines: string): string => `${simple}${lines}\n`;
