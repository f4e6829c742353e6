/** Failure strings (ooni/spec df-007) that have words of their own; any other is shown as it is. */
export const knownFailures = [
  'generic_timeout_error',
  'timed_out',
  'connection_refused',
  'connection_reset',
  'connection_aborted',
  'eof_error',
  'host_unreachable',
  'network_unreachable',
  'network_down',
  'dns_nxdomain_error',
  'dns_no_answer',
  'dns_refused_error',
  'dns_servfail_error',
  'dns_server_misbehaving',
  'dns_bogon_error',
  'ssl_invalid_hostname',
  'ssl_unknown_authority',
  'ssl_invalid_certificate',
  'ssl_failed_handshake',
  'interrupted',
] as const;
export type KnownFailure = (typeof knownFailures)[number];

export function isKnownFailure(failure: string): failure is KnownFailure {
  return (knownFailures as readonly string[]).includes(failure);
}

/** Kinds of lines that an import drops, by what they would have done. */
export type KnownDirective = 'runs-command' | 'changes-system' | 'reads-file' | 'sets-up-interface' | 'opens-control';

const directives: ReadonlyMap<string, KnownDirective> = new Map(
  Object.entries({
    'runs-command': [
      'preup',
      'postup',
      'predown',
      'postdown',
      'up',
      'down',
      'up-restart',
      'down-pre',
      'route-up',
      'route-pre-down',
      'ipchange',
      'script-security',
      'tls-verify',
      'client-connect',
      'client-disconnect',
      'learn-address',
      'auth-user-pass-verify',
      'plugin',
      'iproute',
      'setenv',
    ],
    'sets-up-interface': ['table', 'fwmark', 'saveconfig', 'listenport', 'dev', 'dev-node', 'mark', 'lport', 'local'],
    'changes-system': [
      'route',
      'route-ipv6',
      'redirect-gateway',
      'dhcp-option',
      'user',
      'group',
      'chroot',
      'cd',
      'nice',
    ],
    'reads-file': ['config', 'log', 'log-append', 'status', 'writepid', 'askpass', 'tmp-dir', 'daemon', 'syslog'],
    'opens-control': ['management', 'management-client', 'management-hold', 'management-query-passwords'],
  } satisfies Record<KnownDirective, string[]>).flatMap(([kind, names]) =>
    names.map((name): [string, KnownDirective] => [name, kind as KnownDirective]),
  ),
);

/** What a dropped directive would have done; undefined for one that we know nothing about. */
export function directiveKind(directive: string): KnownDirective | undefined {
  return directives.get(directive.toLowerCase());
}
