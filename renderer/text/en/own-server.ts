import { counter } from '../format.ts';
import type { OwnServerText } from '../types.ts';

const count = counter('en');

export const ownServer: OwnServerText = {
  title: 'A server of your own',
  intro:
    'An address that nobody else uses is the hardest to block. Rent a small Linux server abroad (Debian or Ubuntu); Sawt makes one script that turns it into your VPN.',
  people: count({ one: '{n} device', other: '{n} devices' }),
  endpoint: 'Address or name of the server',
  devices: 'For how many devices',
  callsOnly: 'Only calls go through it (advanced)',
  make: 'Make the script',
  look: 'Check',
  lookAt: 'Check the server {server}',
  lookFirst: 'Can this network reach it?',
  working: { making: 'Making keys and files…', looking: 'Asking the server…' },
  steps: {
    copy: 'Copy the script to the server:',
    run: 'Run it there; it takes a few minutes:',
    check: 'See whether it answers, then connect with the new profile above.',
  },
  files: 'A file and a QR code for each device are in {folder}. Two devices need two numbers.',
  secret: 'All these files are secret. Give each one only to the person it is for.',
  doors: { ssh: 'SSH', web: 'Web', udp: 'UDP', wireguard: 'WireGuard', openvpn: 'OpenVPN', relay: 'Relay' },
  results: {
    answers: 'answers',
    closed: 'the way is open, nobody listens',
    silent: 'nothing came back',
    unreachable: 'no way from this computer',
  },
  conclusions: {
    ready: 'The server is ready.',
    'only-tcp':
      'OpenVPN answers and WireGuard does not: something holds back its UDP. Open the port in your host’s firewall, or connect with the profile marked TCP.',
    'only-udp':
      'WireGuard answers and OpenVPN does not. Connect with WireGuard, and open the TCP port in your host’s firewall.',
    'not-set-up':
      'The server is there, but its VPN does not answer. Run the script on it, and open the ports in your host’s firewall.',
    reachable: 'This network lets you reach the server. Whether UDP passes shows once it is set up.',
    silent:
      'Nothing came back: the address is wrong, the server is off, or this network blocks it. Try another address or another network.',
    'name-not-found': 'This name has no address here: it is wrong, or blocked. Use the address itself.',
  },
  split: {
    title: 'Advanced: calls only',
    text: 'Only the call services with known addresses, and all look-ups, go through the tunnel; the rest stays as it is and is not protected. Calls that go straight to the other person stay outside too, so the whole tunnel is the better choice.',
    button: 'Make a copy for calls only',
    mark: 'calls only',
    connected:
      'Calls only: the call services with known addresses, and all look-ups, go through the tunnel. Everything else goes outside, unprotected, as this profile wants it.',
    checked:
      'Only the services whose calls go through the tunnel were checked again. The others go outside, and stay as they were.',
  },
};
