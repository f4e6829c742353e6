import { join } from 'node:path';
import { z } from 'zod';
import { openJsonFile } from '../store/json-file.ts';
import { readPrivateFile, writePrivateFile } from '../store/private-file.ts';
import type { SignedDocument } from './document.ts';
import type { DocumentKind } from './errors.ts';
import { joinParcel, splitParcel } from './files.ts';

/** What updates have left: the last good document of each kind, and the highest version ever taken. */
export interface Keeper {
  read(kind: DocumentKind): Promise<SignedDocument | undefined>;
  floor(kind: DocumentKind): Promise<number>;
  /** The document must be verified. Throws StoreError. */
  keep(kind: DocumentKind, document: SignedDocument, version: number): Promise<void>;
}

const version = z.int().min(0);
const floorsSchema = z.strictObject({ servers: version, catalogue: version, keys: version });
const noFloors = { servers: 0, catalogue: 0, keys: 0 };

export function openKeeper(folder: string): Keeper {
  // Apart from the documents, so that losing one does not open the way back to an older one.
  const floors = openJsonFile(join(folder, 'floors.json'), floorsSchema, noFloors);
  const pathOf = (kind: DocumentKind): string => join(folder, `${kind}.signed`);
  return {
    async read(kind) {
      const parcel = await readPrivateFile(pathOf(kind)).catch(() => undefined);
      return parcel && splitParcel(parcel);
    },
    floor: async (kind) => (await floors.read())[kind],
    async keep(kind, document, version) {
      await writePrivateFile(pathOf(kind), Buffer.from(joinParcel(document)).toString('utf8'));
      const known = await floors.read();
      await floors.write({ ...known, [kind]: Math.max(known[kind], version) });
    },
  };
}
