import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { TunnelFailure } from './errors.ts';

const lookupLimitMs = 5000;

/**
 * Addresses of a server, in the order of the system's resolver. A name is looked up only here, before the lock is up:
 * afterwards the address counts, so that a forged answer cannot move a running connection.
 */
export async function resolveHost(host: string, signal: AbortSignal): Promise<string[]> {
  if (isIP(host) !== 0) return [host];
  try {
    const found = await withLimit(
      lookup(host, { all: true }),
      AbortSignal.any([signal, AbortSignal.timeout(lookupLimitMs)]),
    );
    return [...new Set(found.map(({ address }) => address))];
  } catch (error) {
    signal.throwIfAborted();
    throw new TunnelFailure(
      'name-not-resolved',
      `The server's name ${host} could not be looked up on this network; try again, or use a profile that gives the server's address.`,
      { cause: error },
    );
  }
}

/** A look-up by the system cannot be called back; we only stop waiting for it. */
async function withLimit<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  return await new Promise<T>((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
