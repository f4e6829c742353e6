import { endOfTime, isExpired, latest, type Dated, type SignedDocument, type Trust } from './document.ts';
import { Refusal } from './errors.ts';
import { developmentKey, isDevelopmentKey } from './keys.ts';
import type { PublicKey } from './minisign.ts';

/** What is in use, and what a person should know about it. */
export interface InUse<V> {
  verified: V;
  /** As it travels. */
  signed: SignedDocument;
  origin: 'bundled' | 'updated';
  /** True when signed with the development key that stands in the repository. */
  developmentKey: boolean;
  /** Past its expiry: still used, with a notice, so that nobody is locked out. */
  expired: boolean;
  /** The latest of the computer's clock and the documents' own dates: a blocked computer's clock may be years behind. */
  clock: Date;
  /** The one that is kept from an update was refused: the rule that it failed. */
  refusedUpdate?: string;
}

export interface Verified<T extends Dated> {
  document: T;
  key: PublicKey;
}

export interface NewestOptions<T extends Dated, V extends Verified<T>> {
  /** What came with the app. */
  bundled: SignedDocument;
  /** What an update has left; it may be missing. */
  kept: SignedDocument | undefined;
  now: Date;
  releaseKeys: readonly PublicKey[];
  /** Throws Refusal. `older`: what is known to be good already. */
  verify: (document: SignedDocument, trust: Trust, older?: V) => V;
  versionOf: (document: T) => number;
}

/**
 * The newest sound document. One from an update that is older or bad gives way to the one that came with the app, which
 * is never refused for its age: that would lock out a person who cannot get another. Throws Refusal when the app's own
 * is bad.
 */
export function newestOf<T extends Dated, V extends Verified<T>>(options: NewestOptions<T, V>): InUse<V> {
  const { bundled, kept, now, releaseKeys, verify, versionOf } = options;
  const own = verify(bundled, { keys: [...releaseKeys, developmentKey], floor: 0, now: endOfTime });
  const clock = latest(now, own.document);
  if (!kept) return inUse(own, bundled, 'bundled', clock);
  try {
    const updated = verify(kept, { keys: releaseKeys, floor: 0, now: clock }, own);
    return versionOf(updated.document) > versionOf(own.document)
      ? inUse(updated, kept, 'updated', latest(clock, updated.document))
      : inUse(own, bundled, 'bundled', clock);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ...inUse(own, bundled, 'bundled', clock), refusedUpdate: error.rule };
  }
}

function inUse<V extends Verified<Dated>>(
  verified: V,
  signed: SignedDocument,
  origin: InUse<V>['origin'],
  clock: Date,
): InUse<V> {
  const { document, key } = verified;
  const [isDevelopment, expired] = [isDevelopmentKey(key), isExpired(document, clock)];
  return { verified, signed, origin, developmentKey: isDevelopment, expired, clock };
}
