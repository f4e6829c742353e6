import type { SignedDocument } from '../signed/document.ts';
import type { DocumentKind } from '../signed/errors.ts';
import type { Keeper } from '../signed/keeper.ts';
import type { PublicKey } from '../signed/minisign.ts';
import type { UpdateRequest } from '../signed/update.ts';

/** Where signed documents come from, and who may sign them. */
export interface SignedSources {
  keeper: Keeper;
  /** Keys of the maintainers: for what comes from outside. */
  releaseKeys: readonly PublicKey[];
  now: () => Date;
}

/** One kind of signed document, as updates and verifying see it. */
export interface SignedRoom {
  kind: DocumentKind;
  /** At the mirrors. */
  fileName: string;
  maxBytes: number;
  /** What is in use; rejects when the app's own is bad. */
  inUse(): Promise<NonNullable<UpdateRequest['current']>>;
  /** Would it be taken in place of the one in use? Gives its version; rejects with a Refusal. */
  verify(signed: SignedDocument, keys: readonly PublicKey[]): Promise<number>;
  /** After an update: what is in use is read anew. */
  reload(): Promise<void>;
}
