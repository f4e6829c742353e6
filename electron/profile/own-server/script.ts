import { isIP } from 'node:net';
import { insideOf, personAddresses } from './profiles.ts';
import { personName, type OwnServer, type Person } from './record.ts';
import { relayPorts } from './relay.ts';

const place = '#:settings:#';

/**
 * The script that makes the server: `template` (resources/own-server/server.sh) with the server's settings in it. It names
 * those who may come in, so who is revoked is left out of the next one. Holds the server's secrets, and nobody else's.
 */
export function writeServerScript(server: OwnServer, template: string, resolvers: readonly string[]): string {
  const [before, after, ...more] = template.split(`${place}\n`);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new TypeError('The template of the script has not one place for settings.');
  }
  return before + settingsOf(server, resolvers) + after;
}

function settingsOf(server: OwnServer, resolvers: readonly string[]): string {
  const { endpoint, createdAt, wireguard, openvpn, relay, authority, people } = server;
  const { wireguard4, wireguard6, openvpn4, openvpn6 } = insideOf(server);
  const admitted = people.filter(({ revoked }) => !revoked);
  const lines = [
    `# --- settings of this server, first made on ${createdAt.slice(0, 10)} ---`,
    '',
    set('endpoint', endpoint),
    set('public_address', isIP(endpoint) === 4 ? endpoint : ''),
    set('resolvers', resolvers.join(' ')),
    set('tunnel_networks4', `${wireguard4}.0/24, ${openvpn4}.0/24`),
    set('tunnel_networks6', `${wireguard6}:/64, ${openvpn6}:/64`),
    '',
    '# An empty port: this server has none.',
    set('wireguard_port', wireguard ? String(wireguard.port) : ''),
    set('wireguard_key', wireguard?.privateKey ?? ''),
    set('wireguard_addresses', `${wireguard4}.1/24, ${wireguard6}:1/64`),
    text('wireguard_people', admitted.map((person) => peerSection(server, person)).join('\n')),
    '',
    set('openvpn_port', openvpn ? String(openvpn.port) : ''),
    set('openvpn_network4', `${openvpn4}.0 255.255.255.0`),
    set('openvpn_network6', `${openvpn6}:/64`),
    set('openvpn_people', admitted.map(personName).join(' ')),
    text('openvpn_authority', authority.certificate),
    text('openvpn_certificate', openvpn?.server.certificate ?? ''),
    text('openvpn_key', openvpn?.server.privateKey ?? ''),
    text('openvpn_tls_crypt', openvpn?.tlsCrypt ?? ''),
    '',
    set('relay_port', String(relayPorts.plain)),
    set('relay_tls_port', String(relayPorts.tls)),
    set('relay_range', relayPorts.range),
    set('relay_spare', relayPorts.spare),
    set('relay_realm', relay.realm),
    set('relay_user', relay.user),
    set('relay_password', relay.password),
    text('relay_certificate', relay.server.certificate),
    text('relay_key', relay.server.privateKey),
  ];
  return `${lines.join('\n')}\n`;
}

function peerSection(server: OwnServer, person: Person): string {
  return [
    '[Peer]',
    `# ${personName(person)}`,
    `PublicKey = ${person.publicKey}`,
    `PresharedKey = ${person.presharedKey}`,
    `AllowedIPs = ${personAddresses(server, person).join(', ')}`,
  ].join('\n');
}

/** Values are addresses, names, numbers, hexadecimal or base64; the shell must never see anything else in them. */
function set(name: string, value: string): string {
  if (!/^[A-Za-z0-9 .,:/+=_-]*$/.test(value)) throw new TypeError(`The setting ${name} cannot stand in a script.`);
  return `${name}='${value}'`;
}

/** A function that prints the text. Quoted, so that the shell replaces nothing in it. */
function text(name: string, value: string): string {
  if (/^END$/m.test(value)) throw new TypeError(`The text ${name} cannot stand in a script.`);
  return value === '' ? `${name}() { :; }` : `${name}() {\n  cat <<'END'\n${value}\nEND\n}`;
}
