/** What a whole report comes to, in one sentence. */
export type Headline =
  | 'offline'
  | 'portal'
  | 'own-firewall'
  | 'wrong-clock'
  | 'inspected'
  | 'no-udp'
  | 'restricted'
  | 'nothing-judged'
  | 'all-ok'
  | 'calls-blocked'
  | 'calls-hampered'
  | 'some-calls'
  | 'services-blocked';

/** What the comparison after connecting comes to. */
export type ComparisonHeadline = 'all-fixed' | 'some-fixed' | 'none-fixed' | 'nothing-was-blocked' | 'unknown';
