import { lookup } from 'node:dns/promises';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Catalogue, Service } from '../../electron/check/catalogue.ts';

/**
 * The schedule that OONI Probe's messenger tests follow (probe-cli, urlgetter/multi.go and netxlite, 2026-08): one test after
 * another, in each three workers and 60 s; getaddrinfo, then the addresses one after another with 15 s for a connection,
 * then 10 s for TLS. What is not over after 60 s fails at once. Only the schedule, for our own targets.
 */
const workers = 3;
const testLimitMs = 60_000;
const connectLimitMs = 15_000;
const tlsLimitMs = 10_000;
/** The services that it has tests for, in its order. */
const tests = ['messenger', 'telegram', 'whatsapp', 'signal'];

interface Aim {
  host: string | null;
  addresses: readonly string[];
  port: number;
  tls: boolean;
}

/** Milliseconds for the whole group of tests. */
export async function followSchedule(catalogue: Catalogue): Promise<number> {
  const from = performance.now();
  for (const id of tests) {
    const service = catalogue.services.find((each) => each.id === id);
    if (!service) throw new Error(`The catalogue has no service ${id}.`);
    await runTest(aimsOf(service));
  }
  return Math.round(performance.now() - from);
}

function aimsOf({ messages }: Service): Aim[] {
  return messages.flatMap(({ kind, host, addresses, ports }) =>
    kind === 'stun' || kind === 'turn' ? [] : ports.map((port) => ({ host, addresses, port, tls: kind === 'tls' })),
  );
}

async function runTest(aims: readonly Aim[]): Promise<void> {
  const limit = AbortSignal.timeout(testLimitMs);
  const queue = [...aims];
  const work = async (): Promise<void> => {
    for (let aim = queue.shift(); aim && !limit.aborted; aim = queue.shift()) await reach(aim, limit);
  };
  await Promise.all(Array.from({ length: workers }, work));
}

async function reach({ host, addresses, port, tls }: Aim, limit: AbortSignal): Promise<void> {
  const found = host === null ? addresses : await untilAborted(resolve(host), [], limit);
  for (const address of found) {
    const socket = await open(address, port, limit);
    if (!socket) continue;
    if (tls) await shakeHands(socket, host ?? address, limit);
    socket.destroy();
    return;
  }
}

const resolve = (host: string): Promise<string[]> =>
  lookup(host, { all: true }).then(
    (answers) => answers.map(({ address }) => address),
    () => [],
  );

function untilAborted<T>(work: Promise<T>, otherwise: T, limit: AbortSignal): Promise<T> {
  const aborted = new Promise<T>((settle) => limit.addEventListener('abort', () => settle(otherwise), { once: true }));
  return Promise.race([work, aborted]);
}

function open(address: string, port: number, limit: AbortSignal): Promise<Socket | undefined> {
  return new Promise((settle) => {
    const signal = AbortSignal.any([limit, AbortSignal.timeout(connectLimitMs)]);
    const socket = connect({ host: address, port, signal });
    socket.once('connect', () => settle(socket)).once('error', () => settle(undefined));
  });
}

function shakeHands(socket: Socket, servername: string, limit: AbortSignal): Promise<void> {
  return new Promise((settle) => {
    const signal = AbortSignal.any([limit, AbortSignal.timeout(tlsLimitMs)]);
    signal.addEventListener('abort', () => settle(), { once: true });
    // Only the time counts here, not whom the certificate belongs to.
    const tls = connectTls({ socket, servername, rejectUnauthorized: false });
    tls.once('secureConnect', () => settle()).once('error', () => settle());
  });
}
