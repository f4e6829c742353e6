import type {
  Change,
  Connection,
  Mechanism,
  RankReason,
  Report,
  Stage,
  Standing,
  Strength,
  Verdict,
} from '../../api/schema.ts';

/** The words people read on the command line, in one place. Records over closed lists: a missing word does not compile. */

export const verdictWords: Record<Verdict, string> = {
  ok: 'works',
  blocked: 'blocked',
  degraded: 'hindered',
  stale: 'down itself',
  'not-testable': 'not testable',
  inconclusive: 'unclear',
  'not-run': 'not checked',
};

export const strengthWords: Record<Strength, string> = {
  weak: 'a weak sign',
  medium: 'a clear sign',
  strong: 'strong evidence',
  certain: 'certain',
};

/** How it is blocked, as the end of "... because". */
export const mechanismSentences: Record<Mechanism, string> = {
  'dns-nxdomain': 'the network says that its name does not exist',
  'dns-empty': 'the network answers its name with nothing',
  'dns-refused': 'the network refuses to look up its name',
  'dns-servfail': 'looking up its name fails only here',
  'dns-timeout': 'questions for its name are swallowed',
  'dns-bogon': 'its name leads to an impossible address',
  'dns-injection': 'a forged answer arrives for its name',
  'dns-redirect': 'its name leads to a foreign server',
  'doh-blocked': 'encrypted name look-ups are blocked',
  'tcp-drop': 'connections to its servers are swallowed',
  'tcp-reset': 'connections to its servers are cut off',
  icmp: 'the network says that its servers cannot be reached',
  'sni-reset': 'connections that name it are cut off',
  'sni-drop': 'connections that name it are swallowed',
  'tls-mitm': 'someone in between poses as its server',
  'http-blockpage': 'a block page comes instead of it',
  'http-reset': 'its pages are cut off',
  'udp-all': 'all UDP is blocked, and calls need it',
  'udp-port': 'the port that its calls use is blocked',
  'stun-dpi': 'the packets that set up calls are filtered',
  'media-ip': 'the servers that carry its calls are blocked',
  'turn-blocked': 'relays for calls are blocked',
  'flow-cut': 'connections are cut after their first packets',
  throttle: 'it is slowed down',
  loss: 'too many packets get lost for a call',
  'allow-list': 'only a few chosen sites are let through',
  portal: 'a log-in page stands in the way',
  local: "this computer's own firewall or antivirus is in the way",
};

export const networkSentences = {
  online: 'This network is online.',
  offline: 'This computer is offline: nothing answers. Check the cable or Wi-Fi, then try again.',
  portal: 'A log-in page stands in the way. Open any page in a browser, log in, then check again.',
  restricted: 'This network lets only very little through.',
} as const;

export const changeWords: Record<Change, string> = {
  fixed: 'now works',
  'still-blocked': 'still blocked',
  'newly-blocked': 'newly blocked',
  'same-ok': 'works as before',
  unknown: 'unclear',
};

export const stageWords: Record<Stage, string> = {
  starting: 'starting',
  handshake: 'waiting for the server to answer',
  traffic: 'sending something through the tunnel',
  calls: 'checking the calls that were blocked',
};

export const stateWords: Record<Connection['state'], string> = {
  disconnected: 'Not connected.',
  connecting: 'Connecting.',
  connected: 'Connected.',
  blocked: 'All traffic is held back: the tunnel is gone, and nothing may leave without it.',
  failed: 'Not connected: it failed.',
};

/** Why a server that answered stands below the one before it. */
export const rankReasonWords: Record<RankReason, string> = {
  best: 'the best for calls',
  reachable: 'answered less well',
  loss: 'loses more packets',
  rtt: 'is farther away',
  jitter: 'is less steady',
  transport: 'goes over TCP, which makes calls stutter',
  equal: 'as good',
};

/** What came of a server's probe. */
export const standingWords: Record<Standing, string> = {
  usable: 'answered',
  busy: 'is there, but busy',
  path: 'can be reached, the VPN was not tried',
  'psk-mismatch': 'is there, but this profile is not accepted',
  unreached: 'did not answer: blocked, gone, or it does not know this key',
};

/** What goes around a VPN that is on. */
export const aroundSentences: Record<NonNullable<Report['network']['aroundTunnel']>[number], string> = {
  udp: 'Careful: UDP, and calls with it, goes around the VPN: this network sees your calls and can block them.',
  tcp: 'Careful: TCP goes around the VPN: this network sees what you connect to.',
  ipv6: 'Careful: IPv6 goes around the VPN: this network sees what you reach by it.',
};
