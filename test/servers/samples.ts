import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Provider, Server, ServerList } from '../../electron/servers/types.ts';
import { verifyList } from '../../electron/servers/verify-list.ts';
import type { Trust } from '../../electron/signed/document.ts';
import { developmentKey } from '../../electron/signed/keys.ts';
import { parseSecretKey, sign, type SecretKey } from '../../scripts/servers/sign.ts';

export const resources = join(import.meta.dirname, '..', '..', 'resources', 'servers');
export const developmentSecret: SecretKey = parseSecretKey(readFileSync(join(resources, 'development.key'), 'utf8'));
export const now = new Date('2026-11-24T12:00:00.000Z');

/** A key of no server that is no special point. */
export const keyOf = (number: number): string => {
  const bytes = Buffer.alloc(32, 7);
  bytes.writeUInt32LE(number, 0);
  return bytes.toString('base64');
};

export const provider: Provider = {
  id: 'acme',
  name: 'Acme',
  hostSuffixes: ['.acme.example'],
  sharedKey: false,
  oneKeyForAll: true,
  credential: 'An account.',
};

export const server = (number: number, changes: Partial<Server> = {}): Server => ({
  id: `acme/es-${number}`,
  provider: 'acme',
  country: 'ES',
  city: 'Madrid',
  hostname: `es-${number}.acme.example`,
  ipv4: `45.134.${number >> 8}.${number & 255}`,
  ipv6: null,
  wireguard: { publicKey: keyOf(number), ports: [51820, 53] },
  openvpn: null,
  confidence: 'H',
  asOf: '2026-08-21',
  sources: ['test'],
  ...changes,
});

export const list = (changes: Partial<Record<keyof ServerList, unknown>> = {}): Record<string, unknown> => ({
  schema: 1,
  listVersion: 5,
  issuedAt: '2026-11-20T00:00:00.000Z',
  expiresAt: '2027-02-18T00:00:00.000Z',
  providers: [provider],
  servers: Array.from({ length: 10 }, (_, index) => server(index + 1)),
  ...changes,
});

export const bytesOf = (value: unknown): Uint8Array =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));

export interface Taken {
  list: ServerList;
  dropped: { row: number; rule: string }[];
  kept: string[];
}

/** Signs the list, so that only what is said in it can be wrong, and verifies it. */
export function verifySigned(value: unknown, trust: Partial<Trust> = {}, older?: ServerList): Taken {
  const bytes = bytesOf(value);
  const signed = { bytes, signature: sign(bytes, developmentSecret, 'c') };
  const { document, dropped, kept } = verifyList(signed, { keys: [developmentKey], floor: 0, now, ...trust }, older);
  return { list: document, dropped, kept };
}
