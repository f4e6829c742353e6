/** What Sawt takes only when it is signed. */
export type DocumentKind = 'servers' | 'catalogue' | 'keys';

export type RefusalCode = 'list-signature' | 'list-rollback' | 'list-poisoned' | 'list-invalid';

interface Why {
  code: RefusalCode;
  /** Fits after "was refused: ". */
  why: string;
}

/** Rules that every signed document is held to. The id of the rule is what `sawt servers verify` names. */
const rules = {
  'signature-format': { code: 'list-signature', why: 'the signature is not one of minisign' },
  'signature-key': { code: 'list-signature', why: 'it is signed with a key that Sawt does not trust' },
  'signature-list': { code: 'list-signature', why: 'it is not what was signed' },
  'signature-comment': { code: 'list-signature', why: 'the comment of the signature was changed' },
  'signature-both': { code: 'list-signature', why: 'new keys must be signed by both of the keys that are trusted now' },
  size: { code: 'list-invalid', why: 'it is larger than it can be' },
  json: { code: 'list-invalid', why: 'it is not JSON' },
  schema: { code: 'list-invalid', why: 'it has not the shape of one' },
  dates: { code: 'list-invalid', why: 'it expires before it was issued' },
  'issued-in-future': { code: 'list-invalid', why: 'it says that it was issued in the future' },
  'version-floor': { code: 'list-rollback', why: 'it is older than one that was used before' },
  frozen: { code: 'list-rollback', why: 'it has expired, and nothing newer is offered' },
  redirect: { code: 'list-invalid', why: 'the mirror wanted to lead to another place' },
  missing: { code: 'list-invalid', why: 'its file or its signature is not there' },
} as const satisfies Record<string, Why>;
export type SignedRule = keyof typeof rules;

const names: Record<DocumentKind, string> = {
  servers: 'The server list',
  catalogue: 'The catalogue of services',
  keys: 'The list of keys',
};

/** Something signed, or to be signed, was refused as a whole. `rule` names why, for people and programs. */
export class Refusal extends Error {
  override readonly name: string = 'Refusal';
  readonly code: RefusalCode;
  readonly rule: string;

  constructor(kind: DocumentKind, rule: string, { code, why }: Why) {
    super(`${names[kind]} was refused: ${why} (rule ${rule}). Get it again from a source you trust.`);
    this.code = code;
    this.rule = rule;
  }
}

/** Refused by a rule for every signed document. */
export class SignedError extends Refusal {
  override readonly name = 'SignedError';
  declare readonly rule: SignedRule;
  /** Path inside the document, for the rule `schema`; never a value. */
  readonly place: string | null;

  constructor(kind: DocumentKind, rule: SignedRule, place: string | null = null) {
    super(kind, rule, rules[rule]);
    this.place = place;
  }
}
