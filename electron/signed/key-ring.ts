import { z } from 'zod';
import { endOfTime, verifyDocument, type DocumentType, type SignedDocument } from './document.ts';
import { Refusal, SignedError } from './errors.ts';
import type { Keeper } from './keeper.ts';
import { isDevelopmentKey } from './keys.ts';
import { parsePublicKey, verifySignature, type PublicKey } from './minisign.ts';

/** The second line of a .pub file of minisign; undefined for what is none, or is the development key. */
function readKey(line: string): PublicKey | undefined {
  try {
    const key = parsePublicKey(line);
    return isDevelopmentKey(key) ? undefined : key;
  } catch {
    return undefined;
  }
}

const keyLine = z.string().refine((line) => readKey(line) !== undefined);
const newKeysSchema = z.strictObject({
  schema: z.literal(1),
  version: z.int().min(1).max(1_000_000_000),
  issuedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  /** The one in use and the spare one. */
  keys: z.tuple([keyLine, keyLine]).refine(([one, other]) => readKey(one)?.keyId !== readKey(other)?.keyId),
});
type NewKeys = z.infer<typeof newKeysSchema>;

export const newKeysDocument: DocumentType<NewKeys> = {
  kind: 'keys',
  maxBytes: 16 * 1024,
  schema: newKeysSchema,
  versionOf: ({ version }) => version,
};

/**
 * Who may sign what comes from outside. New keys come in a document of their own, signed by both keys of the app (the two
 * .minisig files one after the other), so that nobody who has stolen one can bring in another. They take the place of the
 * app's own: an old key is worth nothing then. A newer app brings them as its own, and the document is forgotten.
 */
export interface KeyRing {
  outside(): readonly PublicKey[];
  /** Gives the version of new keys. Throws SignedError. */
  verify(signed: SignedDocument): number;
  /** The new keys that are in use; undefined while it is the app's own. */
  renewed(): { document: SignedDocument; version: number } | undefined;
  /** After new keys were kept. */
  reload(): Promise<void>;
}

export async function openKeyRing(ownKeys: readonly PublicKey[], keeper: Keeper): Promise<KeyRing> {
  let current: { document: SignedDocument; version: number; keys: PublicKey[] } | undefined;
  const read = (document: SignedDocument): { version: number; keys: PublicKey[] } => {
    const { version, keys } = verifyNewKeys(document, ownKeys, 0);
    return { version, keys: keys.map(parsePublicKey) };
  };
  const reload = async (): Promise<void> => {
    const document = await keeper.read('keys');
    try {
      current = document && { document, ...read(document) };
    } catch (error) {
      // Of an older app, whose keys are not ours any more.
      if (!(error instanceof Refusal)) throw error;
      current = undefined;
    }
  };
  await reload();
  return {
    outside: () => current?.keys ?? ownKeys,
    verify: (signed) => verifyNewKeys(signed, ownKeys, current?.version ?? 0).version,
    renewed: () => current,
    reload,
  };
}

function verifyNewKeys({ bytes, signature }: SignedDocument, keys: readonly PublicKey[], floor: number): NewKeys {
  const [first = '', second, more] = signature.split(/(?<=\n)(?=untrusted comment:)/);
  if (bytes.length > newKeysDocument.maxBytes) throw new SignedError('keys', 'size');
  const by = verifySignature(bytes, first, keys, 'keys');
  const others = keys.filter(({ keyId }) => keyId !== by.keyId);
  if (second === undefined || others.length === 0) throw new SignedError('keys', 'signature-both');
  if (more !== undefined) throw new SignedError('keys', 'signature-format');
  verifySignature(bytes, second, others, 'keys');
  return verifyDocument(newKeysDocument, { bytes, signature: first }, { keys, floor, now: endOfTime }).document;
}
