import type { AccountsText, AccountTroubles } from '../accounts-text.ts';

export const accounts: AccountsText = {
  title: 'From a provider, with or without an account',
  intro: 'With your account, Sawt gets a key from your provider and makes the profile. Some providers want no account.',
  provider: 'Provider',
  needsFile:
    '{provider} gives keys on its own site only. Log in there, download a WireGuard file, and add that file here; it opens all places of the provider that Sawt knows.',
  number: 'Account number',
  token: 'Access token',
  username: 'User name',
  password: 'Password',
  place: 'Place of the server',
  askPlaces: 'Show its places',
  askingPlaces: 'Asking for the places …',
  asksProvider: 'This asks the site of {provider}.',
  forWhom: 'The key is for',
  purposes: { computer: 'This computer', phone: 'My phone' },
  register: 'Get a key',
  working: 'Asking {provider} …',
  added: 'Added: {profile}',
  privacy: 'What you type goes to {provider} alone, and is not kept.',
  protocol: 'Kind of tunnel',
  protocols: { wireguard: 'WireGuard, the faster one', openvpn: 'OpenVPN, for networks that block WireGuard' },
  makeProfile: 'Make the profile',
  needsOpenVpnFile:
    'Sawt does not carry what the servers of {provider} are known by: first add one OpenVPN file from its site. The user name and the password for OpenVPN also stand there; they can be others than those of your account.',
  openVpnPrivacy:
    'The user name and the password stay in the profile on this computer; servers of {provider} ask for them each time.',
  free: {
    noAccount: 'No account is needed.',
    strangers: {
      title: 'Computers of strangers',
      text: 'These servers belong to volunteers whom nobody has checked. Whoever runs one can see which sites you visit, keeps records for weeks, and may be your operator or the police. Use it only when nothing else works, and for nothing that could harm you.',
      accept: 'I know this, and want such a server all the same.',
    },
  },
  keys: {
    title: 'Keys from here',
    since: 'since {date}',
    giveBack: 'Give back',
    giveBackLabel: 'Give the key back: {provider}',
    forget: 'Forget it here',
    onSite: 'This provider takes keys back on its site only:',
    returned: 'Done. Profiles made with this key no longer work once the provider has it back.',
  },
  phone: {
    ownKey: 'Give the phone its own key',
    ownKeyText: 'Your provider allows a second key, so that both can be connected at once.',
  },
};

export const accountTroubles: AccountTroubles = {
  'account-form': {
    what: 'This does not look like an account of this provider.',
    means: 'Something may be missing or one character too many. Nothing was sent.',
    todo: 'Copy it again from the provider’s site.',
  },
  'account-refused': {
    what: 'The provider does not know this account.',
    means: 'The number, the name or the password is wrong. No key was registered.',
    todo: 'Type it again, exactly as the provider’s site shows it.',
  },
  'account-inactive': {
    what: 'No time is left on this account.',
    means: 'The provider knows it, but gives no key for it.',
    todo: 'Renew it on the provider’s site, then try again.',
  },
  'account-needs-file': {
    what: 'This provider gives keys on its own site only.',
    means: 'Sawt cannot ask for one.',
    todo: 'Log in there, download a WireGuard file, and add that file here.',
  },
  'consent-needed': {
    what: 'These servers are computers of strangers.',
    means:
      'Whoever runs one can see which sites you visit and keeps records. It may be your operator. Nothing was made.',
    todo: 'Choose another provider, or say that you want it all the same.',
  },
  'too-many-devices': {
    what: 'This account has as many devices as it may have.',
    means: 'The provider gives no further key until one is given back.',
    todo: 'Remove a device on the provider’s site, or give back a key below, then try again.',
  },
  'too-many-requests': {
    what: 'The provider wants a pause.',
    means: 'It was asked too often from this network.',
    todo: 'Wait a little, then try again.',
  },
  'provider-unreachable': {
    what: 'The provider’s site cannot be reached.',
    means: 'This network may be blocking it. No key was registered.',
    todo: 'Try from another network, or connect with another profile first: it works through a tunnel too.',
  },
  'provider-slow': {
    what: 'The provider did not answer in time.',
    means: 'It may be busy, or the network slows it down.',
    todo: 'Try again in a moment.',
  },
  'provider-answer-invalid': {
    what: 'Sawt does not understand the provider’s answer.',
    means: 'The provider may have changed its service since this version was made.',
    todo: 'Download a WireGuard file on its site, and add that file here.',
  },
  'captive-page': {
    what: 'Something else answered in place of the provider.',
    means: 'It may be the log-in page of this Wi-Fi, or a filter.',
    todo: 'Log in to the network, or use another one, then try again.',
  },
};
