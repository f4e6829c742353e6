import type { ControlRole, ExplanationCase } from '../check/explain/cases.ts';

/**
 * Why a judgement is as it is, in plain English: what the command line prints and the English window shows. To explain a
 * new row of the decision table, name it in electron/check/explain/cases.ts and write its two sentences here and in
 * renderer/text/fr/why.ts and renderer/text/ar/why.ts.
 */
export interface Explained {
  /** What was seen and what it comes to: one sentence. */
  means: string;
  /** The observation that would overturn it: ends the sentence "This would no longer hold if ...". */
  overturned: string;
}

const confirmed = 'the same came again, with its controls working, or if it worked once';

export const explanations: Record<ExplanationCase, Explained> = {
  OK: {
    means: 'It answered as it should.',
    overturned: 'it failed repeatedly while neutral servers still answered',
  },
  NT: {
    means: 'Its servers for this answer members only, so that nobody can test them fairly without an account.',
    overturned: 'a server of its own answered strangers, or something held for the whole network',
  },
  NR: {
    means: 'The time ran out before this was tried.',
    overturned: 'the check were given more time',
  },
  RS: {
    means: 'Its makers have shut the service down, whatever a network does.',
    overturned: 'its makers brought it back',
  },
  R1: {
    means:
      'What spoke against calls in the earlier check is gone: neutral servers that were silent then answer now. Its own servers were not asked.',
    overturned: 'those neutral servers fell silent again',
  },
  N0: {
    means: 'Nothing answered from outside this network, so nothing can be said about any service.',
    overturned: 'anything at all answered from outside',
  },
  N1: {
    means:
      'Well-known pages come altered and no neutral site shows its own certificate: a sign-in page stands in the way.',
    overturned: 'those pages came unaltered, as they do after signing in',
  },
  N2: {
    means:
      'Most neutral sites fail here and a few pass: chosen sites only are let through, and a failure says nothing about this service itself.',
    overturned: 'most of the neutral sites answered',
  },
  N3: {
    means: 'It failed, but no neutral server was seen to work after it, so the line itself may have failed.',
    overturned: 'it failed again and a neutral server worked right after it',
  },
  N4: {
    means: 'The tries disagree, or there were too few of them.',
    overturned: 'several tries ended in the same way',
  },
  N5: {
    means: 'It was silent, but this line loses so many packets that chance may be the reason.',
    overturned: 'it were silent on a line that loses less, or answered once',
  },
  C1: {
    means:
      'This computer itself refused to send the packets: a firewall or a security program on it, or Sawt itself while it holds back all traffic. The network never saw them.',
    overturned: 'they failed in the same way once that program lets Sawt through',
  },
  C2: {
    means:
      'This computer’s clock is wrong, so that no certificate seems valid; nothing can be judged by one until it is set.',
    overturned: 'neutral sites were still out of date with the right date and time set',
  },
  D1: {
    means:
      'The network’s name server gave no address for it, each time it was asked, though it answers for neutral names and the address exists.',
    overturned: 'the same name server gave the right address when asked again',
  },
  D2: {
    means: 'The network’s name server gave an address that no public server can have.',
    overturned: 'encrypted DNS gave the same address: it would then be meant so',
  },
  D3: {
    means: 'The network’s name server led to a stranger’s machine, while the service answers at its right address.',
    overturned: 'that machine showed the service’s own certificate',
  },
  D5: {
    means: 'Two different answers came to one question: somebody on the way slipped in a false one.',
    overturned: 'each question got one answer only when asked again',
  },
  D7: {
    means: 'None of the servers for encrypted DNS can be used, while other encrypted pages load.',
    overturned: 'one of those servers answered',
  },
  D8: {
    means: 'Its name is gone everywhere: neither this network nor encrypted DNS knows it. The service has changed.',
    overturned: 'encrypted DNS gave an address for it again',
  },
  T1: {
    means: 'Connections to its servers vanish without an answer, while a neutral site connects right after them.',
    overturned:
      'one connection came about, or the same happened through a tunnel: the service itself would be down then',
  },
  T2: {
    means: 'Connections to its servers are refused at once, while a neutral site connects right after them.',
    overturned:
      'one connection came about, or the same happened through a tunnel: the service itself would be down then',
  },
  T3: {
    means: 'A router says that its servers cannot be reached, while a neutral site connects right after.',
    overturned: 'one connection came about',
  },
  S1: {
    means: 'Connections are cut the moment they name this service: it is the name that decides, not the address.',
    overturned: 'a neutral name were cut off at this address as well, or this name passed elsewhere',
  },
  S2: {
    means: 'Connections fall silent the moment they name this service: it is the name that decides, not the address.',
    overturned: 'bytes came back, or a neutral name fell silent at this address as well',
  },
  S3: {
    means:
      'Connections to its address break off under any name, while its name passes elsewhere: it is the address that decides.',
    overturned: 'a neutral name were answered at this address',
  },
  S4: {
    means: 'Somebody on the way answers in its place, with a certificate that no known authority has signed.',
    overturned: 'the service’s own certificate were shown at this address',
  },
  'S4-local': {
    means:
      'The same stranger signs the certificates of unrelated sites: a program on this computer or a company’s proxy opens encrypted connections, and behind it services cannot be judged.',
    overturned: 'neutral sites showed their own certificates',
  },
  H1: {
    means:
      'A page that is not the service’s own comes in its place: services that have nothing in common lead to it, or it has no name.',
    overturned: 'that page proved to be the service’s own',
  },
  H2: {
    means: 'The connection stands until the page is asked for, and is cut then, each time.',
    overturned: 'any answer came to such a request',
  },
  U0: {
    means:
      'No UDP answer came from anywhere, while web pages load. (A firewall on this computer that drops packets without a word would look the same.)',
    overturned: 'any UDP answer came',
  },
  U1: {
    means: 'The usual port of calls, UDP 3478, is closed: the same packets are answered on other ports.',
    overturned: 'anybody answered on port 3478',
  },
  U2: {
    means:
      'Packets that begin a call (STUN) are answered on no port, while other UDP is: they are recognised and dropped.',
    overturned: 'any STUN answer came',
  },
  U3: {
    means:
      'Its own servers for calls, which normally answer anybody, are silent at several addresses, while others’ servers and its messages work.',
    overturned: 'one of its servers for calls answered',
  },
  U4: {
    means: 'No relay for calls answers when asked for a line, though simpler packets pass.',
    overturned: 'one relay answered, be it with a refusal',
  },
  U6: {
    means:
      'Flows like those of a call begin and are then cut: their first packets are answered and later ones are not, while a fresh flow passes.',
    overturned: 'one such flow went on to its end',
  },
  U7: {
    means:
      'Far more packets to and from its call servers are lost than to and from neutral ones, at the same time and pace.',
    overturned: 'neutral packets were lost as often',
  },
  U9: {
    means:
      'Packets that look like the first ones of this service’s calls are dropped on their way to a server that answers others like them, of the same kind and size. The service itself was not asked.',
    overturned: 'such a packet were answered, or one without the marks of this service were dropped as well',
  },
  G1: {
    means:
      'It works, but connections that name it are slowed down: the same page of a neutral server came several times slower under its name than under the server’s own.',
    overturned: 'one page under its name came about as fast as under the neutral one',
  },
  L1: {
    means: 'This line loses many packets, whoever they are for; no service is singled out.',
    overturned: 'next to all packets to neutral servers were answered',
  },
  K1: {
    means: 'A call to your own relay was set up and its sound came through well, both ways.',
    overturned: 'such a call went badly when rehearsed again',
  },
  K2: {
    means:
      'A call to your own relay began and was then cut, while the relay went on answering: something on the way stops calls that have begun.',
    overturned: 'such a call went on to its end, or the relay proved to cut it by itself',
  },
  K3: {
    means:
      'A call to your own relay was set up and then nothing of it came through, while the relay went on answering: something on the way knows calls by their look.',
    overturned: 'the sound of one such call came through, or the relay proved to hold it back by itself',
  },
  K4: {
    means:
      'Your own relay cannot be reached this way, though it, or others like it, can be another way. This network stops it, or the relay’s own firewall does.',
    overturned: 'the relay answered this way, or proved to be closed to it',
  },
  K5: {
    means:
      'A call to your own relay came through badly: packets were lost or late on the way there and back. Only this one way was looked at.',
    overturned: 'such a call came through well when rehearsed again',
  },
  'U4-single': {
    means: 'Its servers for calls answer; only its relay is silent, which may be our list’s age.',
    overturned: 'the relays of other services fell silent too',
  },
  'D1-unproved': {
    means:
      'The network’s name server gave no address for it, but the proof is missing: a second try, a neutral name, or a trusted answer to compare with.',
    overturned: confirmed,
  },
  'D2-unproved': {
    means: 'An impossible address came for its name, but too little is known about this server for that to count.',
    overturned: confirmed,
  },
  'D3-unproved': {
    means: 'Its name led to another machine, but too little is known about this server for that to count.',
    overturned: confirmed,
  },
  'D5-unproved': {
    means: 'Two different answers came to one question, and no trusted way tells which of them is right.',
    overturned: 'encrypted DNS could be asked',
  },
  'D8-unproved': {
    means: 'Encrypted DNS does not know its name, but this network’s own name server did not say the same.',
    overturned: 'both of them said the same',
  },
  'T1-unproved': {
    means: 'Connections were not answered, but too little is known about these servers for their silence to count.',
    overturned: confirmed,
  },
  'T2-unproved': {
    means: 'Connections were refused, but too little is known about these servers for that to count.',
    overturned: confirmed,
  },
  'T3-unproved': {
    means: 'A router turned connections away, but too little is known about these servers for that to count.',
    overturned: confirmed,
  },
  'S1-unproved': {
    means:
      'The connection was cut after it named the service, but the comparisons that would show why are missing or disagree.',
    overturned: 'a neutral name at this address, or this name at a neutral address, were tried with a clear result',
  },
  'S2-unproved': {
    means:
      'The connection fell silent after it named the service, but the comparisons that would show why are missing or disagree.',
    overturned: 'a neutral name at this address, or this name at a neutral address, were tried with a clear result',
  },
  'S3-unproved': {
    means: 'Connections broke off under any name, but too little is known about this server for that to count.',
    overturned: confirmed,
  },
  'S4-unproved': {
    means: 'Its certificate is not the expected one, but its makers may have changed it.',
    overturned: 'the same stranger signed for this name at a neutral address too, or the expected certificate came',
  },
  'H1-unproved': {
    means: 'Its page leads to a place that we do not know, which may be its own new home.',
    overturned: 'unrelated services led to the same place',
  },
  'H2-unproved': {
    means: 'The page was asked for in vain, but not each time in the same way.',
    overturned: confirmed,
  },
  'U3-unproved': {
    means:
      'Its servers for calls are silent, but the proof is missing: a second address, working controls, or a silence beyond chance.',
    overturned: confirmed,
  },
  'U6-unproved': {
    means:
      'A flow broke off, but the proof is missing: a repeat, a fresh flow that passes, or a neutral flow that goes on.',
    overturned: confirmed,
  },
  unproved: {
    means: 'Something points to a block, but the proof is missing: a repeat or a control that works.',
    overturned: confirmed,
  },
};

/** What each control showed; places: {target}, {address}, and {name}, the server name that was given. */
export const controlSentences: Record<ControlRole, string> = {
  'neutral-site': 'The neutral site {target} answered with its own certificate: the line itself worked.',
  'neutral-name': 'The network’s name server answered for the neutral name {target}.',
  'neutral-stun': 'The neutral server {target} answered the same kind of packet.',
  'neutral-flow': 'A flow with the same load to the neutral server {target} went on.',
  'plain-packet': '{target}, the server named for this, answered packets without these marks.',
  'old-stun': '{target} answered the old form of the same packet, without its tell-tale mark.',
  'time-server': '{target} answered other UDP packets, which ask for the time.',
  'public-resolver': 'The public name server {address} answered.',
  'encrypted-dns': 'Encrypted DNS at {address} answered.',
  'other-name-passes': 'The same address spoke when it was given the neutral name {name}.',
  'other-name-fails': 'The same address did not speak under the neutral name {name} either.',
  'other-address-passes': 'The same name {name} was let through at the neutral address {address}.',
  'other-address-fails': 'The same name {name} met the same end at the neutral address {address}.',
  'trusted-name': 'Encrypted DNS at {address} has an address for {target}.',
  'trusted-name-fails': 'Encrypted DNS at {address} gave no address for {target}.',
  'other-resolver': 'The public name server {address}, asked in the clear, gave an address for {target}.',
  'other-resolver-fails': 'The public name server {address}, asked in the clear, gave no address for {target}.',
  'own-server': 'The service itself answered at {target}: it is up.',
};
