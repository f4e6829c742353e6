import type { ErrorCode } from '../../electron/api/errors.ts';
import type { ProfileSummary, RegisteredDeviceView } from '../../electron/api/schema.ts';
import type { Template, Trouble } from './types.ts';

/** What can go wrong between an account and a profile. */
export type AccountTroubles = Record<
  Extract<
    ErrorCode,
    | `account-${string}`
    | 'consent-needed'
    | 'too-many-devices'
    | 'too-many-requests'
    | `provider-${'unreachable' | 'slow' | 'answer-invalid'}`
    | 'captive-page'
  >,
  Trouble
>;

/** Getting a key from a provider. */
export interface AccountsText {
  title: string;
  intro: string;
  provider: string;
  /** {provider}; the address of its site follows. */
  needsFile: Template;
  number: string;
  token: string;
  username: string;
  password: string;
  place: string;
  askPlaces: string;
  askingPlaces: string;
  /** {provider} */
  asksProvider: Template;
  forWhom: string;
  purposes: Record<RegisteredDeviceView['purpose'], string>;
  register: string;
  /** {provider} */
  working: Template;
  /** {profile} */
  added: Template;
  /** {provider} */
  privacy: Template;
  protocol: string;
  protocols: Record<ProfileSummary['kind'], string>;
  makeProfile: string;
  /** {provider} */
  needsOpenVpnFile: Template;
  /** {provider} */
  openVpnPrivacy: Template;
  /** Of a provider that wants no account. */
  free: { noAccount: string; strangers: { title: string; text: string; accept: string } };
  keys: {
    title: string;
    /** {date} */
    since: Template;
    giveBack: string;
    /** {provider} */
    giveBackLabel: Template;
    forget: string;
    /** The address of the site follows. */
    onSite: string;
    returned: string;
  };
  phone: { ownKey: string; ownKeyText: string };
}
