import type { ListsText } from '../types.ts';

export const lists: ListsText = {
  title: 'Lists',
  text: 'Sawt knows servers and services from two signed lists. It looks for newer ones only when you ask, tells nobody who you are, and uses the tunnel when you are connected.',
  servers: 'List of servers from {date}',
  services: 'List of services from {date}',
  expired: 'The list of servers is old. It still works, but some servers may have moved.',
  button: 'Look for newer lists',
  asking: 'Looking…',
  kinds: { servers: 'List of servers', catalogue: 'List of services', keys: 'Keys of the lists' },
  outcomes: {
    updated: '{list}: a newer one is in use now.',
    unchanged: '{list}: you have the newest.',
    refused: '{list}: refused. The one you had stays in use.',
    unreachable: '{list}: not reached. The one you had stays in use.',
  },
  refused: {
    title: 'What was offered could not be trusted',
    text: 'Its signature was wrong, it was older than yours, or it contradicted itself, as forged lists do. Nothing of it was used, and there is nothing for you to do.',
  },
  unreachable: {
    title: 'No place with the lists could be reached',
    text: 'This network may block them. Connect first, then look again: the way then leads through the tunnel.',
  },
  handOn: {
    title: 'Hand the lists on',
    text: 'For somebody whose network lets no list through. The lists hold no secret, and whoever takes them checks their signature.',
    save: 'Save as a file',
    show: 'Show as QR codes',
    picture: 'Picture {number} of {total}',
    picturesHelp: 'The other person needs all of them, as photographs or as saved pictures, in any order.',
    back: 'Back',
    next: 'Next',
    savePicture: 'Save this picture',
    hide: 'Hide them',
    take: 'Take a list from somebody',
    drop: 'Drop the file or the pictures here',
    choose: 'Choose files…',
    help: 'One .sawt file, all pictures of a set at once, or a list with its .minisig. It is used only when its signature is right and it is newer than yours.',
    taking: 'Checking the signature…',
  },
};
