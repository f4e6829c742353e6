import { z } from 'zod';
import { ListError } from './errors.ts';
import { isDevelopmentKey } from './keys.ts';
import { checkWhole, keepWhatShrank } from './list-rules.ts';
import { verifySignature, type PublicKey } from './minisign.ts';
import { providerSchema, readRow, type RowRule } from './rows.ts';
import type { Server, ServerList } from './types.ts';

export interface ListToVerify {
  /** The exact bytes that were signed. */
  list: Uint8Array;
  /** The text of the .minisig file. */
  signature: string;
  keys: readonly PublicKey[];
  /** The highest version used so far: an older list is refused. */
  floor: number;
  now: Date;
  /** A list that was verified before, whose entries stay where the new one has lost too many. */
  older?: ServerList;
}

export interface VerifiedList {
  list: ServerList;
  /** Entries that were left out; `row` from 0. */
  dropped: { row: number; rule: RowRule }[];
  /** Providers whose older entries were kept. */
  kept: string[];
  developmentKey: boolean;
}

const maxListBytes = 1024 * 1024;
const dayMs = 86_400_000;

const envelopeSchema = z.strictObject({
  schema: z.literal(1),
  listVersion: z.int().min(1).max(1_000_000_000),
  issuedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  providers: z.array(providerSchema).min(1).max(100),
  servers: z.array(z.unknown()).max(20_000),
});

/**
 * Signature first, then shape, then sense; only the verified bytes are read. Past its expiry a list is still good: a
 * person whose network blocks updates must not be locked out. Throws ListError with the rule that failed.
 */
export function verifyList({ list: bytes, signature, keys, floor, now, older }: ListToVerify): VerifiedList {
  if (bytes.length > maxListBytes) throw new ListError('size');
  const key = verifySignature(bytes, signature, keys);
  const { servers: rows, ...envelope } = readEnvelope(bytes);
  if (envelope.listVersion < floor) throw new ListError('version-floor');
  const issued = Date.parse(envelope.issuedAt);
  if (Date.parse(envelope.expiresAt) <= issued) throw new ListError('dates');
  if (issued > now.getTime() + dayMs) throw new ListError('issued-in-future');

  const providers = new Map(envelope.providers.map((provider) => [provider.id, provider]));
  if (providers.size < envelope.providers.length) throw new ListError('repeated-id');
  const servers: Server[] = [];
  const dropped: VerifiedList['dropped'] = [];
  for (const [row, value] of rows.entries()) {
    const result = readRow(value, providers);
    if (typeof result === 'string') dropped.push({ row, rule: result });
    else servers.push(result);
  }
  checkWhole(servers, providers, dropped.length);
  const list: ServerList = { ...envelope, servers };
  return {
    ...(older ? keepWhatShrank(list, older) : { list, kept: [] }),
    dropped,
    developmentKey: isDevelopmentKey(key),
  };
}

function readEnvelope(bytes: Uint8Array): z.infer<typeof envelopeSchema> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new ListError('json');
  }
  const parsed = envelopeSchema.safeParse(value);
  if (!parsed.success) throw new ListError('schema');
  return parsed.data;
}
