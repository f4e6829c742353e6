/** Failure strings (ooni/spec df-007) that have words of their own; any other is shown as it is. */
const knownFailures = [
  'generic_timeout_error',
  'timed_out',
  'connection_refused',
  'connection_reset',
  'connection_aborted',
  'eof_error',
  'host_unreachable',
  'network_unreachable',
  'network_down',
  'permission_denied',
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

/** Rules that find the trouble on this computer itself. */
const localRules = ['S4', 'L1', 'L2'] as const;
export type LocalRule = (typeof localRules)[number];

export function isLocalRule(rule: string): rule is LocalRule {
  return (localRules as readonly string[]).includes(rule);
}

/** Why an import drops a line, as people need to know it. */
export type DropKind =
  | 'runs-command'
  | 'uses-files'
  | 'opens-control'
  | 'set-by-sawt'
  | 'proxy'
  | 'tells-server'
  | 'outdated'
  | 'weak-cipher'
  | 'repeated'
  | 'malformed'
  | 'other-program'
  | 'other';

/** The importer's own words for a reason, and the kind that they belong to. */
const dropReasons: readonly [RegExp, DropKind][] = [
  [/^(runs a command|allows commands|loads a program|can carry any other)/, 'runs-command'],
  [/^(reads|writes) a file/, 'uses-files'],
  [/^(lets another program steer|would let the running tunnel change)/, 'opens-control'],
  [/^(Sawt (sets|decides)|a random port is used|only the server itself)/, 'set-by-sawt'],
  [/^connects through a proxy/, 'proxy'],
  [/^tells the server/, 'tells-server'],
  [/^is no longer needed/, 'outdated'],
  [/^names a cipher/, 'weak-cipher'],
  [/^is given again/, 'repeated'],
  [/^(has no value|is not a setting|belongs into|its quotes)/, 'malformed'],
  [/^only AmneziaWG/, 'other-program'],
];

/** The kind of a reason; `other` for words that we do not know. */
export function dropKind(reason: string): DropKind {
  return dropReasons.find(([words]) => words.test(reason))?.[1] ?? 'other';
}
