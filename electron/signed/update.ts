import { createHash } from 'node:crypto';
import type { SignedDocument } from './document.ts';
import { DownloadError, type DownloadFailure, type DownloadOptions } from './download.ts';
import { Refusal, SignedError, type DocumentKind } from './errors.ts';
import { maxSignatureBytes } from './files.ts';
import { nameOf, raceMirrors, type Mirror, type RaceOptions } from './mirrors.ts';

/** What became of one document. */
export interface DocumentUpdate {
  kind: DocumentKind;
  /** `refused`: for safety; what was in use stays. `unreachable`: no mirror gave anything. */
  outcome: 'updated' | 'unchanged' | 'refused' | 'unreachable';
  /** In use now; null when there is none of its kind. */
  version: number | null;
  previousVersion: number | null;
  /** Name of the mirror that was taken. */
  mirror: string | null;
  /** The rule by which what a mirror offered was refused. */
  rule: string | null;
  /** Every mirror that failed: the rule it broke, or why nothing came from it. */
  failures: { mirror: string; rule: string | null; failure: DownloadFailure | null }[];
}

export interface UpdateRequest {
  kind: DocumentKind;
  /** File name at the mirrors, with `.minisig` beside it. */
  name: string;
  maxBytes: number;
  /** What is in use. */
  current: { document: SignedDocument; version: number; expired: boolean } | undefined;
  /** Throws Refusal; gives the version. */
  verify: (offered: SignedDocument) => Promise<number>;
  /** Makes what was verified the one in use. */
  keep: (taken: SignedDocument, version: number) => Promise<void>;
}

export interface UpdateNetwork extends RaceOptions {
  mirrors: readonly Mirror[];
  download: (url: URL, options: DownloadOptions) => Promise<Uint8Array | null>;
}

/** For a signature, and for a document of some MiB over a slow line. */
const signatureLimitMs = 15_000;
const documentLimitMs = 60_000;

/**
 * Asks the mirrors for one document. A mirror that offers what is in use already ends the search, unless that has
 * expired: then somebody may be holding us there, and the others are asked too. Throws the signal's reason, and what
 * `keep` throws.
 */
export async function updateDocument(request: UpdateRequest, network: UpdateNetwork): Promise<DocumentUpdate> {
  const { kind, current } = request;
  const { winner, failures } = await raceMirrors(
    network.mirrors,
    (mirror, signal) => fetchFrom(mirror, request, { ...network, signal }),
    network,
  );
  const told = failures.map(({ mirror, error }) => tell(mirror, error));
  const previousVersion = current?.version ?? null;
  const rest = { kind, previousVersion, failures: told };
  if (!winner) {
    const rule = told.find((failure) => failure.rule !== null)?.rule ?? null;
    const outcome = rule === null ? 'unreachable' : 'refused';
    return { ...rest, outcome, version: previousVersion, mirror: null, rule };
  }
  const { mirror, value } = winner;
  if (value) await request.keep(value.document, value.version);
  const version = value?.version ?? previousVersion;
  return { ...rest, outcome: value ? 'updated' : 'unchanged', version, mirror: nameOf(mirror), rule: null };
}

/** Undefined: it is what is in use. */
async function fetchFrom(
  mirror: Mirror,
  request: UpdateRequest,
  network: UpdateNetwork,
): Promise<{ document: SignedDocument; version: number } | undefined> {
  const { current, verify } = request;
  const offered = await fetchOffered(mirror, request, network);
  const version = offered && (await verify(offered));
  if (offered && version !== undefined && (current === undefined || version > current.version))
    return { document: offered, version };
  if (current?.expired) throw new SignedError(request.kind, 'frozen');
  return undefined;
}

/**
 * The signature first: some 350 bytes tell whether there is anything new. While a mirror is being filled it may hold the
 * document of one version and the signature of another; one that has changed meanwhile is asked once more.
 */
async function fetchOffered(
  mirror: Mirror,
  { kind, name, maxBytes, current, verify }: UpdateRequest,
  { download, signal }: UpdateNetwork,
): Promise<SignedDocument | undefined> {
  const { addresses } = mirror;
  const fetchSignature = async (have: string | undefined): Promise<string | undefined> => {
    const url = new URL(`${name}.minisig`, mirror.url);
    const options = { maxBytes: maxSignatureBytes, limitMs: signatureLimitMs, addresses, signal };
    const bytes = await download(url, have === undefined ? options : { ...options, have: entityTag(have) });
    const text = bytes && Buffer.from(bytes).toString('utf8');
    return text === null || text === have ? undefined : text;
  };
  const signature = await fetchSignature(current?.document.signature);
  if (signature === undefined) return undefined;
  const bytes = await download(new URL(name, mirror.url), { maxBytes, limitMs: documentLimitMs, addresses, signal });
  if (!bytes) throw new SignedError(kind, 'missing');
  const offered = { bytes, signature };
  try {
    await verify(offered);
    return offered;
  } catch (error) {
    if (!(error instanceof SignedError) || error.rule !== 'signature-list') throw error;
    const again = await fetchSignature(signature);
    if (again === undefined) throw error;
    return { bytes, signature: again };
  }
}

/** Of our own making: a tag that a mirror has chosen could tell one user from another when it is shown again. */
const entityTag = (signature: string): string => createHash('sha256').update(signature).digest('hex');

function tell(mirror: Mirror, error: unknown): DocumentUpdate['failures'][number] {
  const name = nameOf(mirror);
  if (error instanceof Refusal) return { mirror: name, rule: error.rule, failure: null };
  if (!(error instanceof DownloadError)) throw error;
  const { failure } = error;
  return { mirror: name, rule: failure === 'size' || failure === 'redirect' ? failure : null, failure };
}
