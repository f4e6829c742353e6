import type { Text } from '../types.ts';
import { accountTroubles } from './accounts.ts';

export const place: Text['place'] = {
  line: 'line {line}',
  directive: 'entry {directive}',
  tool: 'Program: {tool}',
  wait: 'It asks for {waitSeconds} seconds.',
  missing: 'Missing pictures: {missing}',
};

export const troubles: Text['troubles'] = {
  ...accountTroubles,
  'bad-request': {
    what: 'Sawt did not understand its own window.',
    means: 'The two do not fit together. Nothing was changed.',
    todo: 'Close the window and start Sawt again.',
  },
  'not-found': {
    what: 'What you chose is no longer there.',
    means: 'It may have been removed in another window.',
    todo: 'Choose something else.',
  },
  busy: {
    what: 'Sawt is still busy with something else.',
    means: 'Only one connection or check can run at a time.',
    todo: 'Wait a moment and try again.',
  },
  cancelled: {
    what: 'It was stopped.',
    means: 'Everything is as it was before.',
    todo: 'You can start again at any time.',
  },
  internal: {
    what: 'Something went wrong in Sawt itself.',
    means: 'This is a fault in the program, not in your network.',
    todo: 'Try again; if it comes back, start Sawt again.',
  },
  'profile-invalid': {
    what: 'This is not a profile that Sawt can read.',
    means: 'Something is missing, or it is not written the way WireGuard or OpenVPN write it.',
    todo: 'Download the file again from your provider, and choose the WireGuard or OpenVPN one.',
  },
  'profile-dangerous': {
    what: 'This profile was refused for safety.',
    means: 'It contains something that could take over this computer.',
    todo: 'Do not use it in another program either. Get a new file straight from the provider.',
  },
  'profile-unsupported': {
    what: 'Sawt cannot use this kind of profile yet.',
    means: 'It is made for another program or another way of connecting.',
    todo: 'Ask the provider for a plain WireGuard (.conf) or OpenVPN (.ovpn) file.',
  },
  'relay-invalid': {
    what: 'This is not a relay that Sawt can read.',
    means: 'A relay’s file is JSON and names its addresses, a user and a password. Nothing was kept.',
    todo: 'Choose the relay.json that came with your own server, or ask whoever lends the relay for its RTCIceServer.',
  },
  'profile-too-large': {
    what: 'This file is too large for a profile.',
    means: 'Profiles are small texts; this must be something else.',
    todo: 'Choose the .conf or .ovpn file.',
  },
  'profile-in-use': {
    what: 'This profile is in use at the moment.',
    means: 'It cannot be removed while you are connected through it.',
    todo: 'Disconnect first.',
  },
  'storage-failed': {
    what: 'Sawt could not save this.',
    means: 'The disk may be full, or writing may not be allowed. What was saved before is untouched.',
    todo: 'Make some room on the disk and try again.',
  },
  'catalogue-invalid': {
    what: 'The list of services is damaged.',
    means: 'Without it Sawt does not know what to check.',
    todo: 'Install Sawt again.',
  },
  'list-signature': {
    what: 'A list that Sawt works with was refused.',
    means: 'Its signature is wrong, so somebody may have changed it.',
    todo: 'Keep using your own profiles, and install Sawt again from the official place.',
  },
  'list-rollback': {
    what: 'The list of servers was refused.',
    means: 'It is older than the one you already have; somebody may want you to use old servers.',
    todo: 'Keep using the newer list; there is nothing to do.',
  },
  'list-poisoned': {
    what: 'The list of servers was refused.',
    means: 'Some entries contradict each other, as forged ones do.',
    todo: 'Keep using your own profiles.',
  },
  'list-invalid': {
    what: 'The list of servers cannot be read.',
    means: 'It is damaged or made for another version.',
    todo: 'Keep using your own profiles.',
  },
  'list-incomplete': {
    what: 'Some pictures of the list are missing.',
    means: 'A list is spread over several pictures, and only all of them together can be checked. Nothing was changed.',
    todo: 'Choose all pictures at once, the missing ones too.',
  },
  'not-a-list': {
    what: 'There is no signed list in these files.',
    means: 'They hold something else, a picture cannot be read, or they do not belong together. Nothing was changed.',
    todo: 'Choose one .sawt file, all sharp pictures of one set and no others, or a list with its .minisig.',
  },
  'provider-mismatch': {
    what: 'This server belongs to another provider than your profile.',
    means: 'Your key would not open it.',
    todo: 'Choose a server of the same provider.',
  },
  'tool-missing': {
    what: 'A program that Sawt needs for connecting is missing.',
    means: 'Nothing was changed in your network.',
    todo: 'Install it, then connect again.',
  },
  'permission-refused': {
    what: 'The system did not allow Sawt to set up the tunnel.',
    means: 'This needs administrator rights. Nothing was changed.',
    todo: 'Start Sawt as administrator (with sudo), or confirm the question of the system.',
  },
  'no-endpoint': {
    what: 'This profile names no server.',
    means: 'Sawt does not know where to connect.',
    todo: 'Get a complete file from your provider.',
  },
  'no-base-route': {
    what: 'This computer has no connection to the Internet.',
    means: 'A tunnel needs a network underneath.',
    todo: 'Connect to the Wi-Fi or plug in the cable, then try again.',
  },
  'name-not-resolved': {
    what: 'The address of the VPN server could not be found.',
    means: 'The network may be hiding its name, or the name is wrong.',
    todo: 'Use a profile that gives the server as a number, such as 203.0.113.3.',
  },
  'handshake-silent': {
    what: 'The VPN server did not answer.',
    means: 'It may be down, or this network blocks this kind of tunnel.',
    todo: 'Try another server; if none answers, try a profile for OpenVPN over TCP.',
  },
  'handshake-rejected': {
    what: 'The VPN server turned us away.',
    means: 'Your key or certificate is no longer valid there.',
    todo: 'Get a new profile from your provider.',
  },
  'no-traffic': {
    what: 'The server answered, but nothing comes back through the tunnel.',
    means: 'The server does not pass traffic on, or the network holds it up.',
    todo: 'Try another server.',
  },
  'another-tunnel': {
    what: 'Another VPN is already on.',
    means: 'Two at once get in each other’s way. Sawt did not touch the other one.',
    todo: 'Switch the other VPN off, then connect here.',
  },
  'firewall-failed': {
    what: 'The lock against leaks could not be set.',
    means: 'Without it Sawt does not connect, so that nothing gets out unprotected.',
    todo: 'Repair the network and try again; if it stays, another firewall program may be in the way.',
  },
  'lock-gone': {
    what: 'The lock against leaks is gone.',
    means: 'Another program removed it, or the computer was restarted: traffic may be going out unprotected.',
    todo: 'Connect again, or repair the network.',
  },
  'program-died': {
    what: 'The program that carries the tunnel has stopped.',
    means: 'The tunnel is gone.',
    todo: 'Connect again. If it keeps happening, try another profile.',
  },
  'server-silent': {
    what: 'The VPN server has stopped answering.',
    means: 'What belongs in the tunnel is held until the server answers again, so nothing leaks.',
    todo: 'Connect to another server, or disconnect to go on without protection.',
  },
  'connect-interrupted': {
    what: 'Connecting was interrupted.',
    means: 'Traffic may still be held, so that nothing leaks.',
    todo: 'Connect again, or repair the network.',
  },
  'record-damaged': {
    what: 'Sawt’s record of the connection is damaged.',
    means: 'Sawt cannot tell what it changed in the network.',
    todo: 'Repair the network.',
  },
  'password-needed': {
    what: 'The server asks for a user name and a password.',
    means: 'None are kept with this profile.',
    todo: 'Connect again and type what your VPN provider gave you.',
  },
  'password-wrong': {
    what: 'The server refused the user name or the password.',
    means:
      'One of them is mistyped, or no longer valid. Some providers also refuse when too many devices are connected.',
    todo: 'Type them again. Many providers have a password for the VPN that is not the one of their website.',
  },
  'not-supported': {
    what: 'This is not possible on this computer yet.',
    means: 'The system, or this version of Sawt, lacks what is needed.',
    todo: 'Use your profile with the official app of WireGuard or OpenVPN.',
  },
  'network-change-failed': {
    what: 'A network setting could not be changed.',
    means: 'Sawt stopped halfway and took back what it had done.',
    todo: 'Repair the network and try again.',
  },
};
