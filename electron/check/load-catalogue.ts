import { X509Certificate } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { verifyDocument, type DocumentType, type SignedDocument, type Trust } from '../signed/document.ts';
import { SignedError } from '../signed/errors.ts';
import { readSigned } from '../signed/files.ts';
import type { PublicKey } from '../signed/minisign.ts';
import { newestOf, type InUse, type Verified } from '../signed/newest.ts';
import { catalogueSchema, type Catalogue } from './catalogue.ts';
import { CatalogueError } from './errors.ts';

const fileName = 'catalogue.json';
const maxRootBytes = 64 * 1024;

const catalogueDocument: DocumentType<Catalogue> = {
  kind: 'catalogue',
  /** Fifteen times what eighteen services need. */
  maxBytes: 1024 * 1024,
  schema: catalogueSchema,
  versionOf: ({ version }) => version,
};
export const maxCatalogueBytes = catalogueDocument.maxBytes;

export interface CatalogueSources {
  /** `resources/catalogue`: the catalogue that came with the app, and its private roots in `ca/NAME.pem`. */
  folder: string;
  /** What an update has left. */
  kept?: SignedDocument | undefined;
  /** Who may sign a catalogue from outside. */
  releaseKeys: readonly PublicKey[];
  now: Date;
}

export interface LoadedCatalogue extends Omit<InUse<Verified<Catalogue>>, 'verified'> {
  catalogue: Catalogue;
  /** PEM text by name. An update may name them, not bring others. */
  privateRoots: ReadonlyMap<string, string>;
}

/**
 * The newest sound catalogue; see `newestOf`. When the app's own is bad, throws SignedError where somebody may have
 * changed it, and CatalogueError where it is signed and yet cannot be used.
 */
export async function loadCatalogue({ folder, kept, releaseKeys, now }: CatalogueSources): Promise<LoadedCatalogue> {
  const privateRoots = await readRoots(join(folder, 'ca'));
  try {
    const { verified, ...inUse } = newestOf({
      bundled: await readSigned(join(folder, fileName), 'catalogue', maxCatalogueBytes),
      kept,
      now,
      releaseKeys,
      verify: (document, trust) => verifyCatalogue(document, trust, privateRoots),
      versionOf: catalogueDocument.versionOf,
    });
    return { ...inUse, catalogue: verified.document, privateRoots };
  } catch (error) {
    throw error instanceof SignedError ? (damaged(error) ?? error) : error;
  }
}

/** By the rules of every signed document; its targets may name only roots that are there. Throws SignedError. */
export function verifyCatalogue(
  signed: SignedDocument,
  trust: Trust,
  privateRoots: ReadonlyMap<string, string>,
): Verified<Catalogue> {
  const verified = verifyDocument(catalogueDocument, signed, trust);
  verified.document.services.forEach((service, index) => {
    const missing = [...service.messages, ...service.calls].some(
      (target) => target.kind === 'tls' && target.ca !== null && !privateRoots.has(target.ca),
    );
    if (missing) throw new SignedError('catalogue', 'schema', `services.${index}`);
  });
  return verified;
}

/** Nobody's attack: the file of the app is not there, or this version of the app cannot read it. */
function damaged(error: SignedError): CatalogueError | undefined {
  const { rule, place } = error;
  switch (rule) {
    case 'missing':
      return new CatalogueError(fileName, null, `${fileName} or its signature cannot be read; install Sawt again.`);
    case 'json':
      return new CatalogueError(fileName, null, `${fileName} is not JSON; install Sawt again.`, { cause: error });
    case 'schema':
      return new CatalogueError(
        fileName,
        place,
        `${fileName}, ${place ?? ''}: not what a catalogue has there; install Sawt again.`,
      );
    default:
      return undefined;
  }
}

export async function readRoots(folder: string): Promise<Map<string, string>> {
  const names = await readdir(folder).catch(() => [] as string[]);
  const roots = new Map<string, string>();
  for (const name of names.filter((each) => each.endsWith('.pem')).sort()) {
    const text = await readText(join(folder, name), `ca/${name}`);
    try {
      new X509Certificate(text);
    } catch (cause) {
      throw new CatalogueError(`ca/${name}`, null, `ca/${name} holds no certificate; install Sawt again.`, { cause });
    }
    roots.set(name.slice(0, -'.pem'.length), text);
  }
  return roots;
}

async function readText(path: string, shown: string): Promise<string> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new CatalogueError(shown, null, `${shown} cannot be read; install Sawt again.`, { cause });
  }
  if (text.length > maxRootBytes) throw new CatalogueError(shown, null, `${shown} is too large; install Sawt again.`);
  return text;
}
