import type { Endpoint } from '../net/net.ts';
import { PacketError } from '../packet/packet-error.ts';
import { decodeStun, messageTypes, stunTransaction } from '../packet/stun.ts';
import type { Refused } from '../probe.ts';
import { asError, type Session } from '../session.ts';
import { noRoute } from './datagram.ts';
import type { Schedule } from './timeouts.ts';

/** A Binding that was sent. `rttMs` comes with its answer, which is told from all others by its transaction. */
export interface Question {
  /** Its place among all packets of the conversation, from 1. */
  place: number;
  rttMs: number | undefined;
}

/** Many questions and other packets over one UDP socket, that is one 5-tuple. */
export interface Conversation {
  /** Sends a Binding; `encode` makes it from its transaction. */
  ask(encode: (transaction: Uint8Array) => Uint8Array): Question;
  /** Sends what nobody answers. */
  send(bytes: Uint8Array): void;
  /** Asks at these times until any of these questions is answered. Undefined when none is. Rejects with the signal's reason. */
  insist(encode: (transaction: Uint8Array) => Uint8Array, schedule: Schedule): Promise<Question | undefined>;
  /** Waits until all of these questions are answered, at most that long. */
  settle(questions: readonly Question[], ms: number): Promise<void>;
  questions(): readonly Question[];
  /** The last refusal by ICMP or by the own system, of two or more; a single one may come from a router that just starts. */
  refused(): Refused | undefined;
  close(): void;
}

export function openConversation(session: Session, remote: Endpoint, signal: AbortSignal): Conversation {
  const { net } = session;
  const asked = new Map<string, { question: Question; sentAt: number }>();
  const refusals: string[] = [];
  let packets = 0;
  let onNews = (): void => undefined;
  const socket = net.openUdp(remote, {
    onMessage(bytes) {
      const found = asked.get(transactionOf(bytes) ?? '');
      if (!found || found.question.rttMs !== undefined) return;
      found.question.rttMs = net.now() - found.sentAt;
      onNews();
    },
    onFailure(failure) {
      refusals.push(failure);
      onNews();
    },
  });
  const send = (bytes: Uint8Array): void => {
    packets += 1;
    socket.send(bytes);
  };
  const ask: Conversation['ask'] = (encode) => {
    const transaction = stunTransaction('modern', net.random(16));
    const question: Question = { place: packets + 1, rttMs: undefined };
    asked.set(keyOf(transaction), { question, sentAt: net.now() });
    send(encode(transaction));
    return question;
  };
  const refused = (): Refused | undefined => {
    const failure = refusals.at(-1);
    const counts = failure !== undefined && (refusals.length >= 2 || noRoute.has(failure));
    return counts ? { kind: 'refused', failure } : undefined;
  };
  /** Until `isOver` holds after news, at most that long. */
  const wait = (isOver: () => boolean, ms: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const finish = (act: () => void): void => {
        cancel();
        onNews = () => undefined;
        signal.removeEventListener('abort', abort);
        act();
      };
      const abort = (): void => finish(() => reject(asError(signal.reason)));
      const cancel = net.after(ms, () => finish(resolve));
      onNews = () => isOver() && finish(resolve);
      signal.addEventListener('abort', abort, { once: true });
      if (signal.aborted) abort();
      else onNews();
    });
  return {
    ask,
    send,
    refused,
    questions: () => [...asked.values()].map(({ question }) => question),
    settle: (questions, ms) => wait(() => questions.every(({ rttMs }) => rttMs !== undefined), ms),
    async insist(encode, { sendAtMs, untilMs }) {
      const own: Question[] = [];
      const answered = (): Question | undefined => own.find(({ rttMs }) => rttMs !== undefined);
      for (const [index, atMs] of sendAtMs.entries()) {
        own.push(ask(encode));
        await wait(() => answered() !== undefined || refused() !== undefined, (sendAtMs[index + 1] ?? untilMs) - atMs);
        if (answered() ?? refused()) break;
      }
      return answered();
    },
    close: () => socket.close(),
  };
}

const keyOf = (transaction: Uint8Array): string => Buffer.from(transaction).toString('hex');

/** Undefined for what is no answer to a Binding. An error is an answer, too: somebody is there. */
function transactionOf(bytes: Uint8Array): string | undefined {
  try {
    const { type, transaction } = decodeStun(bytes);
    const isAnswer = type === messageTypes.bindingSuccess || type === messageTypes.bindingError;
    return isAnswer ? keyOf(transaction) : undefined;
  } catch (error) {
    if (error instanceof PacketError) return undefined;
    throw error;
  }
}
