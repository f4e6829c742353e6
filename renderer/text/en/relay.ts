import type { RelayText } from '../relay-text.ts';

export const relay: RelayText = {
  title: 'Your relay for call rehearsals',
  text: 'With a relay of your own, Sawt can rehearse a short call and hear whether sound passes both ways. A server of your own comes with one (relay.json); somebody may also lend you one.',
  kept: 'A relay is kept, with the user name {user}. Its password is kept too and is not shown.',
  ownAuthority: 'It is recognised by a certificate of its own.',
  transports: { udp: 'UDP', tcp: 'TCP', tls: 'TLS' },
  drop: 'Drop relay.json here',
  choose: 'Choose a file…',
  help: 'The file holds a password. Sawt keeps it readable only by your user account.',
  pasteLabel: 'Or paste its text',
  pasteButton: 'Keep this relay',
  replace: 'Another relay takes the place of this one.',
  remove: 'Remove this relay',
  removeAsk: 'Its password is forgotten too. To use it again you need its file.',
  removeYes: 'Yes, remove it',
  deeper: 'Look deeper (rehearse a call)',
  deeperHelp: 'Calls your own relay for some seconds; nobody else hears it.',
};
