import { createSocket, type Socket } from 'node:dgram';
import { randomBytes, randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { decodeDnsResponse, encodeDnsQuery } from '../../check/packet/dns.ts';
import { decodeStun, encodeStun, messageTypes, stunTransaction } from '../../check/packet/stun.ts';
import type { Endpoint } from '../../profile/types.ts';
import { familyOf } from '../addresses.ts';

/** Between two sendings of one question. */
const repeatMs = 200;
/** How long the other questions may still be answered once one was. */
const graceMs = 400;
/** Reserved for documentation (RFC 2606) and yet in the DNS: any answer will do, and it tells nobody anything. */
const neutralName = 'example.com';

export interface TrafficTargets {
  /** STUN servers, by address. */
  stun: readonly Endpoint[];
  /** Resolvers inside the tunnel, by address. */
  resolvers: readonly string[];
}

export interface TrafficProof {
  /** A reply to something that we asked came back. */
  traffic: boolean;
  /** Our address as the world sees it, IPv4 where known. */
  exit: string | null;
  dns: boolean;
}

/** A question that is sent again and again until it is answered. */
interface Question {
  endpoint: Endpoint;
  packet: Uint8Array;
  /** Reads a reply into the proof; false when it answers something else. */
  accept(reply: Uint8Array, proof: TrafficProof): boolean;
}

/**
 * Asks all targets until `signal` ends it or enough was answered. Since the lock lets nothing else out, whatever comes
 * back came through the tunnel. The first packet also makes WireGuard start its handshake.
 */
export async function proveTraffic(targets: TrafficTargets, signal: AbortSignal): Promise<TrafficProof> {
  const proof: TrafficProof = { traffic: false, exit: null, dns: false };
  const questions = [...targets.stun.map(bindingQuestion), ...targets.resolvers.map(nameQuestion)];
  const finish = new AbortController();
  const done = AbortSignal.any([signal, finish.signal]);
  const asked = questions.map((question) => ask(question, proof, done));
  const grace = Promise.any(asked.map(answered)).then(
    () => delay(graceMs, undefined, { signal: done, ref: false }),
    () => undefined,
  );
  await Promise.race([Promise.all(asked), grace.catch(() => undefined)]);
  finish.abort();
  await Promise.all(asked);
  return proof;
}

async function answered(question: Promise<boolean>): Promise<void> {
  if (!(await question)) throw new Error('not answered');
}

/** True when answered, false when the signal came first. Errors of sending are expected while the tunnel is not ready. */
async function ask(question: Question, proof: TrafficProof, signal: AbortSignal): Promise<boolean> {
  const { host, port } = question.endpoint;
  const socket = createSocket(familyOf(host) === '4' ? 'udp4' : 'udp6');
  const send = (): void => socket.send(question.packet, port, host, () => undefined);
  const timer = setInterval(send, repeatMs);
  try {
    send();
    return await firstAnswer(socket, question, proof, signal);
  } finally {
    clearInterval(timer);
    socket.close();
  }
}

async function firstAnswer(
  socket: Socket,
  question: Question,
  proof: TrafficProof,
  signal: AbortSignal,
): Promise<boolean> {
  return await new Promise<boolean>((resolve) => {
    if (signal.aborted) resolve(false);
    signal.addEventListener('abort', () => resolve(false), { once: true });
    socket.on('error', () => undefined);
    socket.on('message', (reply, sender) => {
      if (sender.port !== question.endpoint.port || !question.accept(reply, proof)) return;
      proof.traffic = true;
      resolve(true);
    });
  });
}

function bindingQuestion(endpoint: Endpoint): Question {
  const transaction = stunTransaction('modern', randomBytes(16));
  return {
    endpoint,
    packet: encodeStun(messageTypes.bindingRequest, transaction),
    accept(reply, proof) {
      const message = attempt(() => decodeStun(reply));
      if (!message?.mapped || !Buffer.from(transaction).equals(message.transaction)) return false;
      if (proof.exit === null || familyOf(message.mapped.address) === '4') proof.exit = message.mapped.address;
      return true;
    },
  };
}

function nameQuestion(resolver: string): Question {
  const id = randomInt(0x10000);
  return {
    endpoint: { host: resolver, port: 53 },
    packet: encodeDnsQuery(id, neutralName, 'A'),
    accept(reply, proof) {
      if (attempt(() => decodeDnsResponse(reply))?.id !== id) return false;
      proof.dns = true;
      return true;
    },
  };
}

/** Undefined for bytes that are not what we asked for. */
function attempt<T>(decode: () => T): T | undefined {
  try {
    return decode();
  } catch {
    return undefined;
  }
}
