import { Refusal } from '../signed/errors.ts';

/** Rules that only a server list is held to, and why they matter. */
const listRules = {
  'repeated-id': { code: 'list-invalid', why: 'two entries have the same id' },
  'repeated-key': {
    code: 'list-poisoned',
    why: 'one key stands for several servers of a provider that gives each its own',
  },
  'repeated-address': { code: 'list-poisoned', why: 'one address stands for more than two servers' },
  'bad-rows': { code: 'list-poisoned', why: 'too many of its entries are wrong' },
  empty: { code: 'list-invalid', why: 'no usable server is in it' },
} as const;
export type ListRule = keyof typeof listRules;

/** A list that contradicts itself, as forged ones do. */
export class ListError extends Refusal {
  override readonly name = 'ListError';
  declare readonly rule: ListRule;

  constructor(rule: ListRule) {
    super('servers', rule, listRules[rule]);
  }
}

/** Rules for making a profile from the list. */
const generateRules = {
  'other-provider': 'the imported profile is of another provider, whose keys this server does not know',
  'no-shared-login':
    'this provider gives each server its own key, so that an imported profile opens only its own server',
  'no-wireguard': 'this server does not speak WireGuard',
  'no-openvpn': 'this server does not speak OpenVPN, as far as is known',
  'server-name': 'the imported profile knows its server by a name of its own, and that of this server is not known',
  'several-peers': 'the imported profile joins several servers, so that it is not one of a provider',
  port: 'this server does not answer on that port',
} as const;
export type GenerateRule = keyof typeof generateRules;

/** No profile can be made from the list as asked. */
export class GenerateError extends Error {
  override readonly name = 'GenerateError';
  readonly code = 'provider-mismatch';
  readonly rule: GenerateRule;

  constructor(rule: GenerateRule) {
    super(`No profile was made: ${generateRules[rule]}.`);
    this.rule = rule;
  }
}
