import { isKnownOption } from './allowed.ts';

const reasons: readonly { because: string; directives: readonly string[] }[] = [
  {
    because: 'runs a command',
    directives: [
      ...[
        'up',
        'down',
        'route-up',
        'route-pre-down',
        'ipchange',
        'tls-verify',
        'auth-user-pass-verify',
        'learn-address',
      ],
      ...['client-connect', 'client-disconnect', 'client-crresponse', 'tls-crypt-v2-verify', 'dns-updown', 'iproute'],
      ...['up-delay', 'up-restart', 'down-pre'],
    ],
  },
  { because: 'allows commands to be run', directives: ['script-security'] },
  { because: 'loads a program into OpenVPN', directives: ['plugin', 'engine', 'providers', 'pkcs11-providers'] },
  { because: 'can carry any other directive', directives: ['config', 'setenv', 'setenv-safe', 'push', 'push-reset'] },
  {
    because: 'reads a file or a folder',
    directives: [
      ...['cd', 'chroot', 'capath', 'crl-verify', 'askpass', 'dh', 'client-config-dir', 'client-config-dir-exclusive'],
      ...[
        'verify-hash',
        'peer-fingerprint',
        'pkcs12',
        'pkcs11-id',
        'cryptoapicert',
        'auth-gen-token-secret',
        'tmp-dir',
      ],
    ],
  },
  {
    because: 'writes a file',
    directives: [
      ...['log', 'log-append', 'status', 'writepid', 'replay-persist', 'ifconfig-pool-persist', 'tls-export-cert'],
      ...['syslog', 'errors-to-stderr', 'echo'],
    ],
  },
  {
    because: 'lets another program steer the connection',
    directives: [
      ...['management', 'management-client', 'management-hold', 'management-query-passwords', 'management-query-proxy'],
      ...['management-query-remote', 'management-up-down', 'management-external-key', 'management-external-cert'],
      ...['management-client-auth', 'management-client-user', 'management-client-group', 'management-signal'],
      ...['management-forget-disconnect', 'management-log-cache', 'management-client-pf'],
    ],
  },
  {
    because: 'Sawt decides how the program runs',
    directives: [
      ...[
        'daemon',
        'inetd',
        'user',
        'group',
        'nice',
        'mlock',
        'setcon',
        'machine-readable-output',
        'suppress-timestamps',
      ],
      ...[
        'mute',
        'mark',
        'dev-node',
        'lladdr',
        'ifconfig',
        'ifconfig-ipv6',
        'ifconfig-noexec',
        'route-noexec',
        'script',
      ],
      ...[
        'route-gateway',
        'allow-pull-fqdn',
        'block-ipv6',
        'block-outside-dns',
        'register-dns',
        'ip-win32',
        'route-method',
      ],
      ...['bind', 'local', 'lport', 'multihome', 'bind-dev', 'persist-local-ip', 'persist-remote-ip', 'disable-dco'],
    ],
  },
  {
    because: 'connects through a proxy, which Sawt does not do',
    directives: [
      'http-proxy',
      'http-proxy-option',
      'http-proxy-user-pass',
      'http-proxy-retry',
      'socks-proxy',
      'socks-proxy-retry',
    ],
  },
  { because: 'tells the server about this computer', directives: ['push-peer-info'] },
  {
    because: 'is no longer needed',
    directives: [
      'tun-ipv6',
      'ncp-disable',
      'disable-occ',
      'key-method',
      'ignore-unknown-option',
      'link-mtu',
      'ns-cert-type',
    ],
  },
];
const reasonOf = new Map(
  reasons.flatMap(({ because, directives }) => directives.map((name) => [name, because] as const)),
);

/** Why a directive is not taken over. */
export function whyDropped(name: string): string {
  return (
    reasonOf.get(name) ??
    (isKnownOption(name)
      ? 'this value is not safe, or Sawt does not know it'
      : 'is not needed, or Sawt does not know it')
  );
}
