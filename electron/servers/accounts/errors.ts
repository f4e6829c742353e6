/** Whom a sentence is about. */
export interface Named {
  name: string;
  /** Where a person looks after the account. */
  website: string;
}

type Sentence = (about: Named, waitSeconds: number | null) => string;

const retry = 'Nothing was registered; try again';

/** What can go wrong between an account and a profile: what happened, what it means, what to do. Never what was typed. */
const sentences = {
  'account-form': ({ name, website }) =>
    `This is not how an account of ${name} is written. Nothing was sent; copy it again from ${website}.`,
  'account-refused': ({ name, website }) =>
    `${name} does not know this account, or the password is wrong. Nothing was registered; look at ${website} and type it again.`,
  'account-inactive': ({ name, website }) =>
    `${name} knows this account, but no time is left on it. Nothing was registered; renew it at ${website}.`,
  'account-needs-file': ({ name, website }) =>
    `${name} cannot be asked for a key from here. Download a WireGuard file at ${website} and import it.`,
  'consent-needed': ({ name }) =>
    `The servers of ${name} are computers of strangers: whoever runs one can see where you go, keeps records, and may be your operator. Nothing was made; add --accept-strangers if you want it all the same.`,
  'too-many-devices': ({ name, website }) =>
    `This account has as many devices as ${name} allows. Remove one at ${website}, or with "sawt accounts remove", then try again.`,
  'too-many-requests': ({ name }, waitSeconds) =>
    `${name} was asked too often and wants a pause. ${retry} ${waitSeconds === null ? 'in a few minutes' : `in ${waitSeconds} seconds`}.`,
  'provider-unreachable': ({ name }) =>
    `${name} cannot be reached: this network may block it. ${retry} from another network, or through a tunnel that is up.`,
  'provider-slow': ({ name }) =>
    `${name} did not answer in time. It may be busy, or the network slows it down. ${retry} in a moment.`,
  'provider-answer-invalid': ({ name, website }) =>
    `${name} gave an answer that Sawt does not understand. Download a WireGuard file at ${website} and import it instead.`,
  'captive-page': ({ name }) =>
    `Something else answered in place of ${name}: the log-in page of this network, or a filter. Log in to the network, or use another one. ${retry} then.`,
} satisfies Record<string, Sentence>;

export type AccountErrorCode = keyof typeof sentences;

export class AccountError extends Error {
  override readonly name = 'AccountError';
  readonly code: AccountErrorCode;
  /** Name of the provider, for a translated sentence. */
  readonly provider: string;
  /** How long the provider wants to be left alone; null when it did not say. */
  readonly waitSeconds: number | null;

  constructor(code: AccountErrorCode, about: Named, waitSeconds: number | null = null, options?: ErrorOptions) {
    super(sentences[code](about, waitSeconds), options);
    this.code = code;
    this.provider = about.name;
    this.waitSeconds = waitSeconds;
  }
}
