import type { KnockedDoor, OwnServerCheck, OwnServerConclusion, OwnServerKit } from '../../api/schema.ts';
import { columns } from '../output.ts';

/** What was written for a server of one's own, and the way on. */
export function kitText({ server, folder, script, relay, files, profiles }: OwnServerKit): string {
  const ports = [
    ...(server.wireguardPort === null ? [] : [`WireGuard on UDP port ${server.wireguardPort}`]),
    ...(server.openvpnPort === null ? [] : [`OpenVPN on TCP port ${server.openvpnPort}`]),
  ];
  return [
    `${server.id}  ${server.endpoint}  (${ports.join(', ')})`,
    `Written to ${folder}; all of it is secret:`,
    ...[script, ...files].map((path) => `  ${path}`),
    `  ${relay}  (the call relay on it)`,
    '',
    'What to do now:',
    `  1. Copy the script to the server:   scp ${script} root@${server.endpoint}:`,
    `  2. Run it there:                    ssh root@${server.endpoint} 'sh server.sh; rm server.sh'`,
    `  3. See whether it answers:          sawt own-server check ${server.id}`,
    ...profiles.map(({ id, kind }) => `     and connect with ${kind}:`.padEnd(38) + `sawt connect ${id}`),
    `  4. Rehearse a call by its relay:    sawt relay set ${relay}; sawt check --depth full`,
    ...(files.length > 0 ? ['Give each person the files of one number. Two devices need two numbers.'] : []),
  ].join('\n');
}

const doorWords: Record<KnockedDoor['what'], string> = {
  ssh: 'SSH',
  web: 'web',
  udp: 'any UDP',
  wireguard: 'WireGuard',
  openvpn: 'OpenVPN',
  relay: 'relay',
};
const resultWords: Record<KnockedDoor['result'], string> = {
  answers: 'answers',
  closed: 'the way is open, nobody listens',
  silent: 'nothing came back',
  unreachable: 'no way from this computer',
};

export const conclusionWords: Record<OwnServerConclusion, string> = {
  ready: 'The server is ready.',
  'only-tcp':
    "OpenVPN answers and WireGuard does not: this network holds back its UDP, or the host's own firewall does. Open the UDP port there, or connect with the OpenVPN profile.",
  'only-udp':
    "WireGuard answers and OpenVPN does not: connect with the WireGuard profile, and open OpenVPN's TCP port in the host's own firewall.",
  'not-set-up':
    "The server is there but its VPN does not answer: run the script on it, and open the ports in the host's own firewall.",
  reachable: 'This network lets you reach the server. Whether UDP gets through shows only when it is set up.',
  silent:
    'Nothing came back from this address: it is wrong, the server is off, or this network blocks it. Try another network, or another address.',
  'name-not-found': 'The name has no address on this network; it is wrong, or blocked. Use the address itself.',
};

/** Door by door, and what it means; what asks for action is said on standard error. */
export function ownServerCheckText({ host, address, doors, conclusion }: OwnServerCheck): string {
  const rows = doors.map(({ what, transport, port, result, rttMs }) => [
    doorWords[what],
    `${transport} ${port}`,
    resultWords[result] + (rttMs === null ? '' : ` (${Math.round(rttMs)} ms)`),
  ]);
  const good = conclusion === 'ready' || conclusion === 'reachable';
  return [
    host === address || address === null ? host : `${host} (${address})`,
    columns(rows),
    ...(good ? [conclusionWords[conclusion]] : []),
  ]
    .filter((line) => line !== '')
    .join('\n');
}
