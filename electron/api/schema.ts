import { z } from 'zod';
import type { Counts, ServiceOverTime } from '../check/over-time.ts';
import type { RelaySummary } from '../check/rehearsal/relay.ts';
import type { CheckEvent, Comparison, Report } from '../check/report.ts';
import type { OwnServerSummary } from '../profile/own-server/record.ts';
import type { QrImage } from '../profile/qr.ts';
import type { ProfileSummary } from '../profile/types.ts';
import type { OwnServerCheck } from '../servers/probe/own-server.ts';
import type { AccountProviderView } from '../servers/accounts/provider.ts';
import type { RegisteredDeviceView } from '../servers/accounts/device.ts';
import type { Sharing } from '../servers/accounts/sharing.ts';
import type { ProbedServer } from '../servers/probe/targets.ts';
import type { Server, ServerListStatus } from '../servers/types.ts';
import type { DocumentKind } from '../signed/errors.ts';
import type { DocumentUpdate } from '../signed/update.ts';
import type { Connection, Doctor, TunnelError } from '../tunnel/types.ts';
import type { ErrorRecord } from './errors.ts';

// A window knows the domain only through the contract.
export type {
  Change,
  CheckEvent,
  Comparison,
  Finding,
  Judgement,
  Mechanism,
  Probe,
  Quality,
  Rehearsal,
  RehearsalOutcome,
  RehearsedWay,
  Report,
  ServiceReport,
  Signature,
  SignatureReason,
  Strength,
  Verdict,
  Why,
} from '../check/report.ts';
export type { RelaySummary, RelayWay } from '../check/rehearsal/relay.ts';
export type { OwnServerSummary } from '../profile/own-server/record.ts';
export type { ControlRole, ExplanationCase } from '../check/explain/cases.ts';
export type { Counts, ServiceOverTime, Since } from '../check/over-time.ts';
export type { QrImage } from '../profile/qr.ts';
export type { DroppedLine, ProfileSummary, ProfileWarning, WarningCode } from '../profile/types.ts';
export type { KnockedDoor, OwnServerCheck, OwnServerConclusion } from '../servers/probe/own-server.ts';
export type { RegisteredDeviceView } from '../servers/accounts/device.ts';
export type { AccountProviderView } from '../servers/accounts/provider.ts';
export type { Sharing } from '../servers/accounts/sharing.ts';
export type { RankReason, Standing } from '../servers/probe/rank.ts';
export type { ProbedServer } from '../servers/probe/targets.ts';
export type { Provider, Server } from '../servers/types.ts';
export type { DocumentUpdate } from '../signed/update.ts';
export type { Attempt, Connection, Doctor, Stage, TunnelError, TunnelErrorCode, Verified } from '../tunnel/types.ts';

/**
 * The contract between the app and its fronts, declared once: the app's handlers, the channels over Electron IPC and
 * WebSocket, the renderer's client and the test double are all derived from it. Arguments are checked on arrival,
 * because a front is never trusted; results are our own.
 */

declare const resultType: unique symbol;
declare const eventType: unique symbol;
interface Call<Args extends z.ZodType, Result> {
  readonly args: Args;
  readonly [resultType]?: Result;
}
interface Event<Payload> {
  readonly [eventType]?: Payload;
}
const call =
  <Result>() =>
  <Args extends z.ZodType>(args: Args): Call<Args, Result> => ({ args });
const event = <Payload>(): Event<Payload> => ({});

const none = z.strictObject({});
const id = z.string().min(1).max(128);
/** What a person types to prove an account with a provider. */
const account = z.string().min(1).max(1000);
/** A user name or password for a VPN server. */
const credential = z.string().min(1).max(1000);
/** More than any relay needs: a file that was taken by mistake is answered in words about relays. */
const relayText = z.string().max(11_200_000);
/** 64 KiB of configuration text or 8 MiB of archive or picture, as base64. */
const fileBase64 = z.base64().max(11_200_000);

export interface AppInfo {
  version: string;
  front: 'electron' | 'browser' | 'cli';
  /** True in the practice network, so that the window says so. */
  practice: boolean;
  catalogue: { version: number; asOf: string };
}

export interface Settings {
  /** null: follow the system. */
  language: 'ar' | 'en' | 'fr' | null;
  theme: 'system' | 'light' | 'dark';
}

/** What one imported input became. `needs`: names of the files that it refers to and that did not come with it. */
export type ImportOutcome =
  | { input: string; ok: true; profile: ProfileSummary }
  | { input: string; ok: false; error: ErrorRecord; needs?: readonly string[] };

/** The list without its envelope, nearest first when a place was given. */
export interface ServersView extends Omit<ServerListStatus, 'list'> {
  listVersion: number;
  issuedAt: string;
  expiresAt: string;
  providers: ServerListStatus['list']['providers'];
  servers: Server[];
}

/** What was written for a server of one's own. All files are secret, and readable by their owner only. */
export interface OwnServerKit {
  server: OwnServerSummary;
  folder: string;
  /** Paths: the script to run on the server, and the relay for call rehearsals (RTCIceServer as JSON). */
  script: string;
  relay: string;
  /** Paths of the new people's files: `person-N.conf`, `.png` (QR code) and `.ovpn`. */
  files: string[];
  /** Of the first person, stored and ready to connect with. */
  profiles: ProfileSummary[];
}

/** A calls-only profile, and what it is made of. */
export interface SplitResult {
  profile: ProfileSummary;
  /** Ids of services whose addresses go through the tunnel, and of those that publish none. */
  inside: string[];
  without: string[];
  /** Date of the oldest fact that was used. */
  asOf: string | null;
}

/** Where a kit is written; an existing file is replaced only when forced. */
const kitPlace = { folder: z.string().min(1).max(4096).optional(), force: z.boolean().default(false) };
const split = z.enum(['full', 'calls']).default('full');
const people = z.int().min(1).max(50);
const port = z.int().min(1).max(65535);
/** A network as this computer tells it from others: a number in the order of first sight, and the person's own name for it. */
export interface HistoryNetwork {
  id: string;
  number: number;
  name: string | null;
  /** This computer is in it now. */
  here: boolean;
  /** By the checks made without a tunnel. */
  services: ServiceOverTime[];
}

/** One kept check. `ownTunnel`: made while a connection of Sawt stood; `tunnel`: as in its report. */
export interface HistorySummary {
  id: string;
  network: string;
  /** ISO 8601, UTC. */
  startedAt: string;
  state: Report['network']['state'];
  tunnel: Report['network']['tunnel'];
  ownTunnel: boolean;
  messages: Counts;
  calls: Counts;
}

/** Probed servers, best first. */
export interface ServersProbe {
  results: ProbedServer[];
  skipped: number;
  /** ISO 8601, UTC. */
  probedAt: string;
  /** Not asked now: this is what they answered at `probedAt`. */
  remembered: boolean;
}

/** A step of choosing the best server. `of`: how many were asked. */
export type ChoosingEvent =
  | { kind: 'ranked'; results: ProbedServer[] }
  | { kind: 'trying'; server: ProbedServer; of: number }
  | { kind: 'failed'; server: ProbedServer; error: TunnelError };

/** What `sawt servers verify` says of a list or a catalogue. */
export interface ListVerdict {
  ok: boolean;
  kind: DocumentKind;
  /** That failed. */
  rule: string | null;
  version: number | null;
  message: string;
}

/** What became of each signed document: the server list and the catalogue. */
export interface ListsUpdate {
  documents: DocumentUpdate[];
}

export const schema = {
  calls: {
    'app.info': call<AppInfo>()(none),
    'settings.get': call<Settings>()(none),
    'settings.set': call<Settings>()(
      z.strictObject({ language: z.enum(['ar', 'en', 'fr']).nullable(), theme: z.enum(['system', 'light', 'dark']) }),
    ),
    /** Runs a check and keeps the report in the history. Progress comes as `check` events. */
    'check.run': call<Report>()(
      z.strictObject({
        services: z.array(id).max(200).optional(),
        depth: z.enum(['quick', 'full']).default('quick'),
        timeoutMs: z.int().min(500).max(120_000).optional(),
        /** Keep our own address in the report. */
        reveal: z.boolean().default(false),
        /** The signature check, to servers whose owners agreed: `HOST[:PORT|:FIRST-LAST],...`. A filter may remember them. */
        signatures: z.string().min(1).max(1000).optional(),
        /** The JSON of a relay to rehearse calls by this once, where the depth is `full`; absent: the one that is kept. */
        relay: relayText.optional(),
      }),
    ),
    'check.cancel': call<null>()(none),
    /** The last check on this network; null when there was none. */
    'check.last': call<Report | null>()(none),
    /** Checks again and compares with the last check made without a tunnel. */
    'check.recheck': call<Comparison>()(z.strictObject({ services: z.array(id).max(200).optional() })),
    /** Keeps a relay for call rehearsals: the JSON of an RTCIceServer, with `ca` where its authority is no public one. */
    'relay.set': call<RelaySummary>()(z.strictObject({ text: relayText })),
    'relay.show': call<RelaySummary | null>()(none),
    'relay.remove': call<null>()(none),
    /** Kept checks, newest first, and the networks they were made in. */
    'history.list': call<{ networks: HistoryNetwork[]; entries: HistorySummary[] }>()(none),
    'history.show': call<{ entry: HistorySummary; report: Report }>()(z.strictObject({ id })),
    'history.compare': call<Comparison>()(z.strictObject({ before: id, after: id })),
    /** The checks made without a tunnel as OONI's measurements, one JSON document a line, oldest first. */
    'history.export': call<{ text: string; measurements: number; leftOut: number }>()(
      z.strictObject({ format: z.literal('ooni'), network: id.optional() }),
    ),
    'history.rename': call<{ id: string; number: number; name: string | null }>()(
      z.strictObject({ network: id, name: z.string().min(1).max(200).nullable() }),
    ),
    /** Of one network, or all. */
    'history.clear': call<{ removed: number }>()(z.strictObject({ network: id.optional() })),
    'profiles.list': call<ProfileSummary[]>()(none),
    'profiles.show': call<{ summary: ProfileSummary; text: string; lostInNetworkManager: string[] }>()(
      /**
       * `text` is the profile as it would be exported; secrets are masked unless reveal. `lostInNetworkManager`: directives
       * that its importer leaves out without a word.
       */
      z.strictObject({ id, reveal: z.boolean().default(false) }),
    ),
    /** For a phone, secrets included: a WireGuard profile as the code that its apps scan. */
    'profiles.qr': call<QrImage>()(z.strictObject({ id, format: z.enum(['png', 'svg', 'text']) })),
    /** A copy of the profile through which only calls go, or the profile itself made so. */
    'profiles.split': call<SplitResult>()(
      z.strictObject({ id, services: z.array(id).min(1).max(200).optional(), replace: z.boolean().default(false) }),
    ),
    'profiles.rename': call<ProfileSummary>()(z.strictObject({ id, name: z.string().min(1).max(200) })),
    'profiles.remove': call<null>()(z.strictObject({ id })),
    /** Forgets the user name and password that are kept with a profile; they are asked for again when connecting. */
    'profiles.forgetCredentials': call<ProfileSummary>()(z.strictObject({ id })),
    'profiles.import': call<ImportOutcome[]>()(
      z.strictObject({
        files: z
          .array(z.strictObject({ name: z.string().max(255), base64: fileBase64 }))
          .min(1)
          .max(50),
      }),
    ),
    'servers.list': call<ServersView>()(z.strictObject({ near: z.string().length(2).optional() })),
    /** A server list or a catalogue against its signature and every rule, as if it came from a mirror. */
    'servers.verify': call<ListVerdict>()(z.strictObject({ listBase64: fileBase64, signature: z.string().max(4096) })),
    /** What is in use, signature included, to be handed on: one file, or pictures of QR codes (PNG, base64). */
    'servers.export': call<{ fileName: string; base64: string } | { pictures: string[] }>()(
      z.strictObject({ kind: z.enum(['servers', 'catalogue']), form: z.enum(['file', 'pictures']) }),
    ),
    /** What was handed on: one such file, all pictures of a set, or a document with its .minisig. Verified as from a mirror. */
    'servers.import': call<ListsUpdate>()(
      z.strictObject({
        files: z
          .array(z.strictObject({ name: z.string().max(255), base64: fileBase64 }))
          .min(1)
          .max(120),
      }),
    ),
    /** Asks the mirrors for a newer server list and catalogue. The last good ones stay in use whatever comes. */
    'servers.update': call<ListsUpdate>()(none),
    /** Probes the servers of the stored profiles and, where a key opens them, of the list; best first. Without a tunnel only. */
    'servers.probe': call<ServersProbe>()(
      z.strictObject({
        near: z.string().length(2).optional(),
        profile: id.optional(),
        /** What they answered on this network a short while ago will do. */
        remembered: z.boolean().default(false),
      }),
    ),
    'servers.generate': call<ProfileSummary>()(z.strictObject({ serverId: id, fromProfile: id.optional() })),
    'ownServer.list': call<OwnServerSummary[]>()(none),
    /** Makes all keys, a script for a fresh server, and the files of its people; the first person's are stored as profiles. */
    'ownServer.create': call<OwnServerKit>()(
      z.strictObject({
        endpoint: z.string().min(1).max(253),
        protocol: z.enum(['wireguard', 'openvpn', 'both']).default('both'),
        /** Of WireGuard, or of OpenVPN where it is alone. */
        port: port.optional(),
        openvpnPort: port.optional(),
        people: people.default(1),
        split,
        ...kitPlace,
      }),
    ),
    'ownServer.add': call<OwnServerKit>()(z.strictObject({ id, people, split, ...kitPlace })),
    /** Writes a script that lets these people in no more; it has to be run on the server. */
    'ownServer.revoke': call<OwnServerKit>()(
      z.strictObject({ id, people: z.array(z.int()).min(1).max(50), ...kitPlace }),
    ),
    /** Tries what of a server can be reached from this network, by its id, address or name. Without a tunnel only. */
    'ownServer.check': call<OwnServerCheck>()(
      z.strictObject({ server: z.string().min(1).max(253), port: port.optional() }),
    ),
    /** Forgets the server here; the server itself is not touched. */
    'ownServer.remove': call<null>()(z.strictObject({ id })),
    'accounts.providers': call<AccountProviderView[]>()(none),
    /** Where a provider with a list of its own has servers; asks that provider over the network. */
    'accounts.places': call<Server[]>()(z.strictObject({ provider: id })),
    /**
     * Makes a key here, has the provider register its public half, and keeps the profile. `account`: number or token, or
     * user name and password on two lines; it is not kept.
     */
    'accounts.register': call<ProfileSummary>()(
      z.strictObject({ serverId: id, account, purpose: z.enum(['computer', 'phone']).default('computer') }),
    ),
    /**
     * Makes a profile for an OpenVPN server of a provider: with the user name and the password in `account`, which stay in
     * the profile (without them connecting asks); with an imported file of the provider; or without an account, where the provider wants none.
     * `acceptStrangers`: the person has been told that the servers are strangers' computers, and wants one all the same.
     */
    'accounts.openVpn': call<ProfileSummary>()(
      z.strictObject({
        serverId: id,
        fromProfile: id.optional(),
        account: account.optional(),
        acceptStrangers: z.boolean().default(false),
      }),
    ),
    /** The keys that were registered from here. */
    'accounts.devices': call<RegisteredDeviceView[]>()(none),
    /** What to know before a profile is taken to a second device. */
    'accounts.sharing': call<Sharing>()(z.strictObject({ profile: id })),
    /** Gives a key back to its provider, where the provider takes it, and forgets it. */
    'accounts.giveBack': call<null>()(z.strictObject({ id, account: account.optional() })),
    'tunnel.status': call<Connection>()(none),
    /** Resolves when connected or failed; the way there comes as `tunnel` events. Cancelling the call undoes it. */
    'tunnel.connect': call<Connection>()(
      z.strictObject({
        profile: id,
        killSwitch: z.boolean().default(false),
        recheck: z.boolean().default(true),
        backend: z.string().max(40).optional(),
        /** For a server that asks for them. Kept with the profile only when asked for, and only after they were accepted. */
        credentials: z
          .strictObject({ username: credential, password: credential, keep: z.boolean().default(false) })
          .optional(),
      }),
    ),
    /**
     * Tries the servers of all profiles and connects to the one that answered best, or to the next best when that fails. What
     * happens comes as `probing`, `choosing` and `tunnel` events. Cancelling the call undoes it.
     */
    'tunnel.connectBest': call<Connection>()(
      z.strictObject({
        near: z.string().length(2).optional(),
        killSwitch: z.boolean().default(false),
        recheck: z.boolean().default(true),
        backend: z.string().max(40).optional(),
      }),
    ),
    'tunnel.disconnect': call<Connection>()(none),
    'tunnel.repair': call<{ removed: string[] }>()(none),
    'doctor.run': call<Doctor>()(none),
  },
  events: {
    check: event<CheckEvent>(),
    tunnel: event<Connection>(),
    /** A comparison made by the re-check after connecting. */
    comparison: event<Comparison>(),
    /** How many servers have been asked. It may end before all are: some good ones are enough. */
    probing: event<{ done: number; planned: number }>(),
    choosing: event<ChoosingEvent>(),
  },
} as const;

type Calls = typeof schema.calls;
type Events = typeof schema.events;
export type CallName = keyof Calls;
export type EventName = keyof Events;
/** Arguments as a caller writes them: fields with a default may be left out. */
export type Args<Name extends CallName> = z.input<Calls[Name]['args']>;
/** Arguments as a handler gets them, checked and filled in. */
export type CheckedArgs<Name extends CallName> = z.output<Calls[Name]['args']>;
export type Result<Name extends CallName> = Calls[Name] extends Call<z.ZodType, infer R> ? R : never;
export type Payload<Name extends EventName> = Events[Name] extends Event<infer P> ? P : never;

/** What a front calls. */
export interface Api {
  call<Name extends CallName>(name: Name, args: Args<Name>, options?: { signal?: AbortSignal }): Promise<Result<Name>>;
  /** Returns the function that ends the subscription. */
  on<Name extends EventName>(name: Name, listener: (payload: Payload<Name>) => void): () => void;
}

/** What the app implements: one handler a call. The signal ends when the caller cancels or goes away. */
export type Handlers = {
  [Name in CallName]: (args: CheckedArgs<Name>, context: { signal: AbortSignal }) => Promise<Result<Name>>;
};
