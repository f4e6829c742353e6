export type ListErrorCode = 'list-signature' | 'list-rollback' | 'list-poisoned' | 'list-invalid' | 'provider-mismatch';

/** Rules a whole list can fail, and why that matters. The id of the rule is what `sawt servers verify` names. */
export const listRules = {
  'signature-format': 'the signature is not one of minisign',
  'signature-key': 'it is signed with a key that Sawt does not trust',
  'signature-list': 'the list is not the one that was signed',
  'signature-comment': 'the comment of the signature was changed',
  size: 'it is larger than a list can be',
  json: 'it is not JSON',
  schema: 'it has not the shape of a list',
  dates: 'it expires before it was issued',
  'issued-in-future': 'it says that it was issued in the future',
  'version-floor': 'it is older than one that was used before',
  'repeated-id': 'two entries have the same id',
  'repeated-key': 'one key stands for several servers of a provider that gives each its own',
  'repeated-address': 'one address stands for more than two servers',
  'bad-rows': 'too many of its entries are wrong',
  empty: 'no usable server is in it',
  missing: 'its file or its signature is not there',
} as const;
export type ListRule = keyof typeof listRules;

/** Rules for making a profile from the list. */
export const generateRules = {
  'other-provider': 'the imported profile is of another provider, whose keys this server does not know',
  'no-shared-login':
    'this provider gives each server its own key, so that an imported profile opens only its own server',
  'no-wireguard': 'this server does not speak WireGuard',
  'several-peers': 'the imported profile joins several servers, so that it is not one of a provider',
  port: 'this server does not answer on that port',
} as const;
export type GenerateRule = keyof typeof generateRules;

const codes: Partial<Record<ListRule, ListErrorCode>> = {
  'signature-format': 'list-signature',
  'signature-key': 'list-signature',
  'signature-list': 'list-signature',
  'signature-comment': 'list-signature',
  'version-floor': 'list-rollback',
  'repeated-key': 'list-poisoned',
  'repeated-address': 'list-poisoned',
  'bad-rows': 'list-poisoned',
};

/** A list that was refused as a whole, or a profile that cannot be made from it. */
export class ListError extends Error {
  override readonly name = 'ListError';
  readonly code: ListErrorCode;
  readonly rule: ListRule | GenerateRule;

  constructor(rule: ListRule | GenerateRule) {
    super(isListRule(rule) ? refusal(rule) : `No profile was made: ${generateRules[rule]}.`);
    this.code = isListRule(rule) ? (codes[rule] ?? 'list-invalid') : 'provider-mismatch';
    this.rule = rule;
  }
}

function refusal(rule: ListRule): string {
  return `The server list was refused: ${listRules[rule]} (rule ${rule}). Get the list again from a source you trust.`;
}

function isListRule(rule: ListRule | GenerateRule): rule is ListRule {
  return rule in listRules;
}
