import { NetFailure, type Endpoint, type TcpStream } from '../../electron/check/net/net.ts';
import { blockRedirect } from '../lab/isp/pages.ts';
import { firstSuccess } from './line.ts';
import { hostOf, responseOf } from './page.ts';
import { SimulatedStream } from './stream.ts';
import type { Surroundings } from './surroundings.ts';
import { shakeHands } from './tls.ts';

/** When Linux sends a SYN, and a server its answer, again: milliseconds after the first. */
const synSchedule = [0, 1000, 3000, 7000, 15_000];

export function connectTcp(around: Surroundings, remote: Endpoint, signal: AbortSignal): Promise<TcpStream> {
  return new Promise((resolve, reject) => {
    const abandon = (): void => reject(new NetFailure('interrupted'));
    if (signal.aborted) {
      abandon();
      return;
    }
    signal.addEventListener('abort', abandon, { once: true });
    const { afterMs, failure } = arrive(around, remote);
    if (afterMs === undefined) return;
    around.clock.after(afterMs, () => {
      if (signal.aborted) return;
      signal.removeEventListener('abort', abandon);
      if (failure !== undefined) reject(new NetFailure(failure));
      else resolve(open(around, remote, signal));
    });
  });
}

/** How a connection attempt ends, and when; never, where nothing comes back. */
function arrive(around: Surroundings, remote: Endpoint): { afterMs: number | undefined; failure?: string } {
  const { line, world, filter } = around;
  if (remote.address.includes(':') && around.ipv6 !== 'works') return { afterMs: undefined };
  const refused = (far: 'world' | 'provider', failure: string) => ({
    afterMs: firstSuccess(synSchedule, () => line.roundTrip(far)),
    failure,
  });
  switch (filter.tcp(remote)) {
    case 'drop':
      return { afterMs: undefined };
    case 'reset':
      return refused('provider', 'connection_refused');
    case 'icmp':
      return refused('provider', 'host_unreachable');
    case 'pass':
      break;
  }
  if (around.isDead(remote.address)) return { afterMs: undefined };
  if (!world.tcpRole(remote.address, remote.port)) {
    return world.hostsAt(remote.address).length > 0 ? refused('world', 'connection_refused') : { afterMs: undefined };
  }
  const reached = firstSuccess(synSchedule, () => line.way());
  if (reached === undefined) return { afterMs: undefined };
  // The server repeats its answer by its own clock, and at once for each SYN that still comes.
  const answers = [...synSchedule.map((ms) => reached + ms), ...synSchedule.filter((ms) => ms > reached)];
  return {
    afterMs: firstSuccess(
      answers.sort((a, b) => a - b),
      () => line.way(),
    ),
  };
}

function open(around: Surroundings, remote: Endpoint, signal: AbortSignal): TcpStream {
  const stream = new SimulatedStream(around.clock);
  signal.addEventListener('abort', () => stream.close(), { once: true });
  let request = '';
  return {
    read: () => stream.read(),
    close: () => stream.close(),
    startTls: (options) => shakeHands(around, remote, stream, options),
    write(bytes) {
      request += Buffer.from(bytes).toString('latin1');
      if (request.includes('\r\n\r\n')) answerPlainHttp(around, remote, stream, request);
    },
  };
}

function answerPlainHttp(around: Surroundings, remote: Endpoint, stream: SimulatedStream, request: string): void {
  const { line, world } = around;
  const host = hostOf(request);
  switch (around.filter.web('host', host)) {
    case 'page':
      stream.receiveAll(line.provoke(), Buffer.from(blockRedirect));
      return;
    case 'reset':
      stream.fail(line.provoke(), 'connection_reset');
      return;
    case 'fin':
      stream.finish(line.provoke());
      return;
    case 'silence':
    case 'mitm':
      return;
    case 'slow':
    case undefined:
      break;
  }
  const kind = world.tcpRole(remote.address, remote.port)?.kind;
  const there = line.carry(1);
  if (there === undefined || (kind !== 'http' && kind !== 'web')) return;
  const back = line.carry(1);
  stream.receiveAll(back === undefined ? undefined : there + back, responseOf(around, remote, request));
}
