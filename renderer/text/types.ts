import type { ErrorCode } from '../../electron/api/errors.ts';
import type {
  Attempt,
  Change,
  KnockedDoor,
  ControlRole,
  ExplanationCase,
  DocumentUpdate,
  Mechanism,
  OwnServerConclusion,
  Probe,
  ProfileSummary,
  Quality,
  RehearsalOutcome,
  Report,
  Stage,
  Strength,
  TunnelErrorCode,
  Verdict,
  Verified,
  WarningCode,
  Signature,
  SignatureReason,
} from '../../electron/api/schema.ts';
import type { HistoryText } from './history-text.ts';
import type { BestText, LoginText } from './connecting-text.ts';
import type { RelayText } from './relay-text.ts';
import type { AccountsText } from './accounts-text.ts';
import type { Headline, ComparisonHeadline } from './headlines.ts';
import type { DropKind, KnownFailure, LocalRule } from './words.ts';

/** A sentence with places, `{name}`: filled by the part `Phrase`, or by `fill` where only plain text can stand. */
export type Template = string;
/** A number in a sentence, in the grammatical form that the language asks for. */
type Counted = (count: number) => string;

type TunnelKind = Exclude<Report['network']['tunnel'], 'none'>;

interface Sentences {
  title: string;
  text: string;
}

/** What happened, what it means, what to do. */
export interface Trouble {
  what: string;
  means: string;
  todo: string;
}

export interface ShellText {
  /** The program's name as people of this language write it. */
  name: string;
  skip: string;
  navigation: string;
  screens: { check: string; connect: string; history: string; settings: string };
  practice: string;
  lost: Sentences;
  cancel: string;
  undo: string;
  tryAgain: string;
  copy: string;
  copied: string;
  status: {
    label: string;
    disconnected: string;
    /** {stage} */
    connecting: Template;
    /** {profile} */
    connected: Template;
    blocked: string;
    failed: string;
    disconnect: string;
    disconnecting: string;
    letTrafficOut: string;
  };
}

export interface CheckText {
  intro: { title: string; text: string; button: string; quiet: string; sends: string };
  running: { title: string; text: string; stop: string; progress: string };
  again: string;
  makeCallsWork: string;
  /** {when}, {seconds}, {date} */
  facts: Template;
  columns: { service: string; messages: string; calls: string; why: string };
  verdicts: Record<Verdict, string>;
  pending: string;
  confirming: string;
  headlines: Record<Headline, Sentences>;
  /** Why, when a verdict names how: one sentence about the network. */
  mechanisms: Record<Mechanism, string>;
  /** Row U9: what became of packets that look like a service's calls, never that the service was tested. */
  signature: {
    title: string;
    intro: string;
    /** Before anything is sent: what such a filter may do to the server. */
    warning: string;
    servers: string;
    button: string;
    /** The servers that were named cannot be used: what it takes. */
    refused: string;
    heading: string;
    results: Record<Signature['result'], string>;
    spoiled: string;
    /** Why nothing is said about a service. */
    reasons: Record<SignatureReason, string>;
    /** {service} */
    finding: Template;
    reason: string;
  };
  /** In place of `mechanisms.local`, where the rule tells what on this computer it is. */
  local: Record<LocalRule, string>;
  /** Why, when a verdict names no mechanism. */
  noMechanism: Record<Verdict, string>;
  /** A service that its makers shut down: its mark instead of a verdict, and why. */
  retired: {
    mark: string;
    /** {date} */
    since: Template;
    /** {service} */
    successor: Template;
  };
  /** Put before the reason when messages and calls have different ones. */
  aboutMessages: string;
  aboutCalls: string;
  /** Added to the reason of degraded calls. */
  degradedCalls: string;
  tunnelOn: Record<TunnelKind, string>;
  /** {service}, {messages}, {calls}: for screen readers, as each row is judged. */
  announced: Template;
}

export interface QualityText {
  /** What the line is worth to a call. */
  ratings: Record<Quality['rating'], string>;
  /** {rtt}, {jitter}, {lost}, {sent}, {upper} */
  figures: Template;
  /** A call to the user's own relay. */
  call: {
    /** By the way that went best. */
    outcomes: Record<RehearsalOutcome, string>;
    /** What the list of ways is, for screen readers. */
    ways: string;
    /** {way}: protocol and port. */
    way: Record<RehearsalOutcome, Template>;
    /** {lost}, {sent}, {upper}: of the direction that lost more. */
    loss: Template;
  };
}

export interface EvidenceText {
  /** {service} */
  show: Template;
  button: string;
  messages: string;
  calls: string;
  network: string;
  intro: string;
  none: string;
  controlMark: string;
  strength: Record<Strength, string>;
  /** {rule} */
  rule: Template;
  /** {target}; for `dns` and `doh` also {address}, the resolver asked. */
  probes: Record<Probe['kind'], Template>;
  probesWithResolver: Record<'dns' | 'doh', Template>;
  steps: Record<NonNullable<Probe['operation']>, string>;
  failures: Record<KnownFailure, string>;
  answered: string;
  silent: string;
  /** Of a flow: first answers came, later ones did not. */
  cut: string;
  failed: string;
  /** {ms} */
  took: Template;
  columns: { when: string; tried: string; seen: string };
}

/** Why a judgement is as it is. */
export interface WhyText {
  /** {condition}: the clause `overturned` of a case. */
  overturned: Template;
  /** Title above the sentences about controls. */
  controls: string;
  cases: Record<ExplanationCase, { means: string; overturned: string }>;
  /** What each control showed: {target}, {address}, {name}. */
  roles: Record<ControlRole, Template>;
}

export interface ConnectText {
  title: string;
  intro: string;
  law: string;
  add: {
    title: string;
    help: string;
    drop: string;
    choose: string;
    pasteLabel: string;
    pasteHint: string;
    pasteButton: string;
    pastedName: string;
    working: string;
  };
  outcome: {
    title: string;
    /** {name} */
    added: Template;
    /** {file} */
    refused: Template;
    /** {files} */
    needs: Template;
    endpoint: string;
    noEndpoint: string;
    nothingDropped: string;
    dropped: Counted;
    /** {line} */
    line: Template;
    warnings: string;
    discard: string;
    dropReasons: Record<DropKind, string>;
  };
  warnings: Record<WarningCode, string>;
  kinds: Record<ProfileSummary['kind'], string>;
  profiles: {
    title: string;
    rename: string;
    /** {name} */
    renameLabel: Template;
    save: string;
    remove: string;
    /** {name} */
    removeLabel: Template;
    /** {name} */
    removed: Template;
  };
  servers: {
    /** {provider} */
    title: Template;
    text: string;
    label: string;
    add: string;
    expired: string;
  };
  phone: {
    title: string;
    /** {profile} */
    text: Template;
    show: string;
    hide: string;
    /** What the picture is, for screen readers. {profile} */
    alt: Template;
    /** What to do on the phone, in order. */
    steps: readonly string[];
    oneDevice: string;
    secret: string;
    tooLong: string;
  };
  killSwitch: { label: string; text: string };
  connect: string;
  stagesTitle: string;
  /** {profile} */
  connectingTo: Template;
  stages: Record<Stage, Sentences>;
  stageState: { done: string; now: string; waiting: string };
  attempts: string;
  transports: Record<Attempt['transport'], string>;
  attemptResults: Record<Attempt['result'], string>;
  blocked: Sentences;
  repair: { button: string; leftovers: string; text: string; done: Counted; nothing: string; working: string };
  doctor: {
    title: string;
    /** {tool} */
    missing: Template;
    /** Before a command to copy. */
    install: string;
    user: string;
    noBackend: string;
    again: string;
  };
}

export interface ConnectedText {
  headlines: Record<ComparisonHeadline, Sentences>;
  title: string;
  before: string;
  after: string;
  changes: Record<Change, string>;
  /** In place of `changes.fixed` where only the network was seen to have changed, not the service's own relays. */
  expected: string;
  recheck: string;
  rechecking: string;
  noComparison: string;
  proof: string;
  traffic: string;
  exit: string;
  notMeasured: string;
  dns: Record<'inside' | 'outside', string>;
  ipv6: Record<Verified['ipv6'], string>;
  callsVerdict: Record<Verified['calls'], string>;
  killSwitchOn: string;
  /** {duration} */
  took: Template;
  disconnect: string;
}

export interface OwnServerText {
  title: string;
  intro: string;
  people: Counted;
  endpoint: string;
  devices: string;
  callsOnly: string;
  make: string;
  look: string;
  /** {server} */
  lookAt: Template;
  lookFirst: string;
  working: Record<'making' | 'looking', string>;
  /** The first two stand before a command to copy. */
  steps: Record<'copy' | 'run' | 'check', string>;
  /** {folder} */
  files: Template;
  secret: string;
  doors: Record<KnockedDoor['what'], string>;
  results: Record<KnockedDoor['result'], string>;
  conclusions: Record<OwnServerConclusion, string>;
  /** A profile for calls only: how it is made, its mark, and what a connection with it means. */
  split: Sentences & { button: string; mark: string; connected: string; checked: string };
}

/** Said where a VPN is on while a check runs, and does not carry all. */
export interface VpnText {
  aroundTitle: string;
  around: Record<NonNullable<Report['network']['aroundTunnel']>[number], string>;
}

export interface SettingsText {
  title: string;
  language: string;
  asSystem: string;
  theme: string;
  themes: Record<'system' | 'light' | 'dark', string>;
  notKept: string;
  about: string;
  privacy: string;
  /** {version} */
  version: Template;
}

export interface ListsText {
  title: string;
  text: string;
  /** {date} */
  servers: Template;
  services: Template;
  expired: string;
  button: string;
  asking: string;
  kinds: Record<DocumentUpdate['kind'], string>;
  /** {list} */
  outcomes: Record<DocumentUpdate['outcome'], Template>;
  refused: Sentences;
  unreachable: Sentences;
  /** From one person to another. */
  handOn: {
    title: string;
    text: string;
    save: string;
    show: string;
    /** {number}, {total} */
    picture: Template;
    picturesHelp: string;
    back: string;
    next: string;
    savePicture: string;
    hide: string;
    take: string;
    drop: string;
    choose: string;
    help: string;
    taking: string;
  };
}

/** Everything people read in the window, in one language. A missing sentence does not compile. */
export interface Text {
  shell: ShellText;
  check: CheckText;
  quality: QualityText;
  evidence: EvidenceText;
  why: WhyText;
  connect: ConnectText;
  connected: ConnectedText;
  history: HistoryText;
  settings: SettingsText;
  ownServer: OwnServerText;
  lists: ListsText;
  accounts: AccountsText;
  best: BestText;
  login: LoginText;
  relay: RelayText;
  troubles: Record<ErrorCode | TunnelErrorCode, Trouble>;
  vpn: VpnText;
  /** {line}, {directive}, {tool}, {waitSeconds}, {missing} */
  place: { line: Template; directive: Template; tool: Template; wait: Template; missing: Template };
}
