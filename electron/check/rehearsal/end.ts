import { equalBytes } from '../packet/bytes.ts';
import { PacketError } from '../packet/packet-error.ts';
import { isSignedWith } from '../packet/stun-integrity.ts';
import { encodeStun, stunTransaction, type StunAttribute, type StunEndpoint } from '../packet/stun.ts';
import {
  channelNumber,
  encodeChannelData,
  encodeRequest,
  encodeSend,
  lifetime,
  overUdp,
  peerAddress,
  readFromRelay,
  turnAccount,
  turnMethods,
  type FromRelay,
  type TurnAccount,
  type TurnAnswer,
  type TurnMethod,
} from '../packet/turn-session.ts';
import { callSchedule } from '../probes/timeouts.ts';
import { asError, type Session } from '../session.ts';
import { CallFailure } from './failure.ts';
import { openLine, type OpenWay } from './line.ts';
import type { Relay } from './relay.ts';

/** One end of a rehearsed call: a line to the relay and an address there (RFC 8656). Everything rejects with CallFailure. */
export interface End {
  /** Where the relay listens for it. */
  readonly relayed: StunEndpoint;
  /** Of the request that was answered the quickest. */
  readonly rttMs: number;
  /** Lets packets of a peer in. */
  permit(peer: StunEndpoint): Promise<void>;
  /** Gives the peer a channel, for packets without the relay's own words around them. */
  bindChannel(peer: StunEndpoint): Promise<void>;
  /** Before there is a channel. */
  sendTo(peer: StunEndpoint, data: Uint8Array): void;
  sendInChannel(data: Uint8Array): void;
  /** Takes all data from peers from now on. */
  listen(onData: (data: Uint8Array) => void): void;
  /** Gives the address back. Whether the relay has answered that, within the time. */
  giveBack(waitMs: number): Promise<boolean>;
  close(): void;
}

/** RFC 8656 §12: the first number for channels. One is enough. */
const channel = 0x4000;
/** First without credentials, then with them, and once more when the nonce has just become stale or the realm another. */
const triesMax = 4;
const unauthenticated = 401;
const staleNonce = 438;

type Attributes = (transaction: Uint8Array) => StunAttribute[];

interface Waiting {
  transaction: Uint8Array;
  method: TurnMethod;
  /** Whose signature a success needs; undefined before the relay has asked for one. */
  account: TurnAccount | undefined;
  settle(answer: TurnAnswer): void;
  fail(failure: unknown): void;
}

/** Opens a line and asks the relay for an address. Rejects with CallFailure or the signal's reason; nothing is open then. */
export async function openEnd(session: Session, way: OpenWay, relay: Relay, signal: AbortSignal): Promise<End> {
  const { net } = session;
  const waiting = new Set<Waiting>();
  let onData: (data: Uint8Array) => void = () => undefined;
  let ended: unknown;
  let account: TurnAccount | undefined;
  let rttMs = Infinity;
  let returned = false;
  let began = false;

  const onMessage = (bytes: Uint8Array): void => {
    const message = readQuietly(bytes);
    if (message?.kind === 'data') onData(message.data);
    if (message?.kind !== 'answer') return;
    for (const one of waiting) if (isAnswerTo(one, message, bytes)) one.settle(message);
  };
  const onEnd = (failure: unknown): void => {
    ended ??= failure;
    for (const one of waiting) one.fail(failure);
  };
  const line = await openLine(session, way, { onMessage, onEnd }, signal);

  const newTransaction = (): Uint8Array => stunTransaction('modern', net.random(16));
  /** One request and its answer; it goes out again where it may have been lost. */
  const exchange = (method: TurnMethod, attributes: Attributes, waitMs?: number): Promise<TurnAnswer> =>
    new Promise((resolve, reject) => {
      const transaction = newTransaction();
      const request = account
        ? encodeRequest(method, transaction, attributes(transaction), account)
        : encodeStun(method, transaction, attributes(transaction));
      const from = net.now();
      let sent = 0;
      const timers: (() => void)[] = [];
      const finish = (act: () => void): void => {
        timers.forEach((cancel) => cancel());
        waiting.delete(one);
        signal.removeEventListener('abort', abort);
        act();
      };
      const one: Waiting = {
        ...{ transaction, method, account },
        settle(answer) {
          began = true;
          // Of a request that went out again nobody knows which one was answered.
          if (sent === 1) rttMs = Math.min(rttMs, net.now() - from);
          finish(() => resolve(answer));
        },
        fail: (failure) => finish(() => reject(asError(failure))),
      };
      const abort = (): void => one.fail(signal.reason);
      const send = (): void => {
        sent += 1;
        line.send(request);
      };
      const { sendAtMs, untilMs } = callSchedule(session);
      const giveUpMs = waitMs ?? untilMs;
      waiting.add(one);
      signal.addEventListener('abort', abort, { once: true });
      for (const atMs of line.lossy ? sendAtMs : [0]) if (atMs < giveUpMs) timers.push(net.after(atMs, send));
      timers.push(
        net.after(giveUpMs, () =>
          one.fail(new CallFailure({ kind: 'silent', sent, waitedMs: Math.round(net.now() - from), began })),
        ),
      );
      if (signal.aborted) abort();
      else if (ended !== undefined) one.fail(ended);
    });

  const ask = async (method: TurnMethod, attributes: Attributes, waitMs?: number): Promise<TurnAnswer> => {
    let code = 0;
    for (let tries = 0; tries < triesMax; tries += 1) {
      const answer = await exchange(method, attributes, waitMs);
      if (answer.succeeded) return answer;
      code = answer.errorCode ?? 0;
      const next = nextAccount(relay, account, answer);
      if (!next) break;
      account = next;
    }
    throw new CallFailure({ kind: 'rejected', code });
  };

  try {
    const { relayed } = await ask(turnMethods.allocate, () => [overUdp]);
    // A success that names no address is no success.
    if (!relayed) throw new CallFailure({ kind: 'rejected', code: 0 });
    return {
      relayed,
      get rttMs() {
        return rttMs;
      },
      permit: async (peer) => {
        await ask(turnMethods.createPermission, (transaction) => [peerAddress(peer, transaction)]);
      },
      bindChannel: async (peer) => {
        const attributes: Attributes = (transaction) => [channelNumber(channel), peerAddress(peer, transaction)];
        await ask(turnMethods.channelBind, attributes);
      },
      sendTo: (peer, data) => line.send(encodeSend(newTransaction(), peer, data)),
      sendInChannel: (data) => line.send(encodeChannelData(channel, data, !line.lossy)),
      listen: (listener) => (onData = listener),
      giveBack: async (waitMs) => {
        if (returned) return true;
        // A refusal is an answer, too: the relay knows of no such address any more.
        returned = await ask(turnMethods.refresh, () => [lifetime(0)], waitMs).then(
          () => true,
          (error: unknown) => error instanceof CallFailure && error.outcome.kind === 'rejected',
        );
        return returned;
      },
      close() {
        // Where nobody could wait for an answer, as after a cancelled check, the relay is told all the same.
        if (!returned && account) {
          const transaction = newTransaction();
          line.send(encodeRequest(turnMethods.refresh, transaction, [lifetime(0)], account));
        }
        line.close();
      },
    };
  } catch (error) {
    line.close();
    throw error;
  }
}

/** Undefined for what is no message from a relay: anybody may send us anything. */
function readQuietly(bytes: Uint8Array): FromRelay | undefined {
  try {
    return readFromRelay(bytes);
  } catch (error) {
    if (error instanceof PacketError) return undefined;
    throw error;
  }
}

/** By its transaction; and a success to the account's holder has to be signed by it, or somebody on the way may have made it up. */
function isAnswerTo({ transaction, method, account }: Waiting, answer: TurnAnswer, bytes: Uint8Array): boolean {
  if (answer.method !== method || !equalBytes(answer.transaction, transaction)) return false;
  return !answer.succeeded || !account || isSignedWith(bytes, account.key);
}

/** The account as the relay's refusal wants it; undefined where asking again would change nothing. */
function nextAccount(
  { username, credential }: Relay,
  before: TurnAccount | undefined,
  { errorCode, realm, nonce }: TurnAnswer,
): TurnAccount | undefined {
  const named = realm ?? before?.realm;
  if (!nonce || !named || (errorCode !== unauthenticated && errorCode !== staleNonce)) return undefined;
  // Asked with this realm and password already, it has said that they are wrong.
  if (errorCode === unauthenticated && before && equalBytes(named, before.realm)) return undefined;
  return turnAccount(username, credential, named, nonce);
}
