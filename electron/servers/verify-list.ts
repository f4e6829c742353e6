import { z } from 'zod';
import { verifyDocument, type DocumentType, type SignedDocument, type Trust } from '../signed/document.ts';
import type { PublicKey } from '../signed/minisign.ts';
import { checkWhole, keepWhatShrank } from './list-rules.ts';
import { ListError } from './errors.ts';
import { createRowReader, providerSchema, type RowRule } from './rows.ts';
import type { Server, ServerList } from './types.ts';

export interface VerifiedList {
  document: ServerList;
  key: PublicKey;
  /** Entries that were left out; `row` from 0. */
  dropped: { row: number; rule: RowRule }[];
  /** Providers whose older entries were kept. */
  kept: string[];
}

/** Room for some 8,000 servers with their sources; a list of all that our providers have would need a quarter of it. */
export const maxListBytes = 4 * 1024 * 1024;

const envelopeSchema = z.strictObject({
  schema: z.literal(1),
  listVersion: z.int().min(1).max(1_000_000_000),
  issuedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  providers: z.array(providerSchema).min(1).max(100),
  servers: z.array(z.unknown()).max(20_000),
});

const listDocument: DocumentType<z.infer<typeof envelopeSchema>> = {
  kind: 'servers',
  maxBytes: maxListBytes,
  schema: envelopeSchema,
  versionOf: ({ listVersion }) => listVersion,
};

/**
 * The list by the rules of every signed document, then by its own. With `older`, a list that was verified before, its
 * entries stay where the new one has lost too many. Throws SignedError and ListError with the rule that failed.
 */
export function verifyList(signed: SignedDocument, trust: Trust, older?: ServerList): VerifiedList {
  const { document: envelope, key } = verifyDocument(listDocument, signed, trust);
  const providers = new Map(envelope.providers.map((provider) => [provider.id, provider]));
  if (providers.size < envelope.providers.length) throw new ListError('repeated-id');
  const readRow = createRowReader(providers);
  const servers: Server[] = [];
  const dropped: VerifiedList['dropped'] = [];
  for (const [row, value] of envelope.servers.entries()) {
    const result = readRow(value);
    if (typeof result === 'string') dropped.push({ row, rule: result });
    else servers.push(result);
  }
  checkWhole(servers, providers, dropped.length);
  const list: ServerList = { ...envelope, servers };
  const { list: document, kept } = older ? keepWhatShrank(list, older) : { list, kept: [] };
  return { document, key, dropped, kept };
}
