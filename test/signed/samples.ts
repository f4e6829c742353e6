import { ed25519 } from '@noble/curves/ed25519.js';
import { z } from 'zod';
import type { DocumentType, SignedDocument } from '../../electron/signed/document.ts';
import { parsePublicKey, type PublicKey } from '../../electron/signed/minisign.ts';
import { sign, type SecretKey } from '../../scripts/servers/sign.ts';

/** A key for tests; the number is its id and its secret. */
export const secretOf = (number: number): SecretKey => ({
  keyId: Buffer.alloc(8, number),
  seed: Buffer.alloc(32, number),
});

/** The second line of its .pub file. */
export function publicLine({ keyId, seed }: SecretKey): string {
  return Buffer.concat([Buffer.from('Ed'), keyId, ed25519.getPublicKey(seed)]).toString('base64');
}

export const publicKeyOf = (number: number): PublicKey => parsePublicKey(publicLine(secretOf(number)));

const sampleSchema = z.strictObject({ version: z.int(), issuedAt: z.iso.datetime(), expiresAt: z.iso.datetime() });

/** A document of the simplest kind. */
export const sampleType: DocumentType<z.infer<typeof sampleSchema>> = {
  kind: 'servers',
  maxBytes: 1000,
  schema: sampleSchema,
  versionOf: ({ version }) => version,
};

export const sample = (version: number, changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  version,
  issuedAt: '2026-11-20T00:00:00.000Z',
  expiresAt: '2027-02-18T00:00:00.000Z',
  ...changes,
});

/** Signed by the key of that number. */
export function signedBy(number: number, value: unknown): SignedDocument {
  const bytes = Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
  return { bytes, signature: sign(bytes, secretOf(number), 'c') };
}
