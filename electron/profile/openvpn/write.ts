import type { OpenVpnProfile } from '../types.ts';
import { quoteWord } from './tokens.ts';

/** An .ovpn file from fields that were checked. `secret` says how keys and passwords are shown. */
export function writeOpenVpn(profile: OpenVpnProfile, secret: (value: string) => string): string {
  const { remotes, options, userPass, tlsAuth } = profile;
  const lines = [
    'client',
    'dev tun',
    'nobind',
    'persist-key',
    'persist-tun',
    'remote-cert-tls server',
    ...remotes.map(
      ({ host, port, transport }) => `remote ${host} ${port} ${transport === 'tcp' ? 'tcp-client' : 'udp'}`,
    ),
    ...options.map(({ name, args }) => [name, ...args.map(quote)].join(' ')),
    ...(userPass && userPass.username === undefined ? ['auth-user-pass'] : []),
    ...(tlsAuth?.direction === undefined ? [] : [`key-direction ${tlsAuth.direction}`]),
  ];
  const { username, password } = userPass ?? {};
  const credentials = [username ?? [], password === undefined ? [] : secret(password)].flat().join('\n');
  return [
    ...lines,
    ...block('ca', profile.ca),
    ...block('cert', profile.cert),
    ...block('key', profile.key, secret),
    ...block('extra-certs', profile.extraCerts),
    ...block('tls-auth', tlsAuth?.key, secret),
    ...block('tls-crypt', profile.tlsCrypt, secret),
    ...block('tls-crypt-v2', profile.tlsCryptV2, secret),
    ...block('auth-user-pass', credentials === '' ? undefined : credentials),
    '',
  ].join('\n');
}

function block(name: string, text: string | undefined, shown = (value: string): string => value): string[] {
  return text === undefined ? [] : [`<${name}>`, shown(text), `</${name}>`];
}

function quote(arg: string): string {
  const quoted = quoteWord(arg);
  if (quoted === undefined) throw new TypeError('An argument that no rule allows came as far as the writer.');
  return quoted;
}
