import { readFile } from 'node:fs/promises';
import { createTunnel, type ConnectOptions } from '../../../electron/tunnel/tunnel.ts';
import type { Endpoint, Profile } from '../../../electron/profile/types.ts';

/** What a test asks the driver to do: one tunnel call, in a process that can be killed or aborted at any step. */
export interface DriverOrder {
  action: 'connect' | 'status' | 'disconnect' | 'repair' | 'doctor';
  runtimeFolder: string;
  stun: Endpoint[];
  fallbackResolvers?: string[];
  /** File with the profile as JSON. */
  profile?: string;
  killSwitch?: boolean;
  /** What the re-check of calls says; without it there is none. */
  calls?: 'ok' | 'degraded' | 'blocked';
  /** Number of the step, from 0, before which the process kills itself or aborts. */
  killAt?: number;
  abortAt?: number;
  /** How far ahead of the system's clock the call believes to be. */
  aheadMs?: number;
}

export interface DriverResult {
  result: unknown;
  steps: string[];
  states: unknown[];
}

const order = JSON.parse(process.argv[2] ?? '') as DriverOrder;
const abort = new AbortController();
const steps: string[] = [];
const states: unknown[] = [];

function trace(step: string): void {
  if (steps.length === order.killAt) process.kill(process.pid, 'SIGKILL');
  if (steps.length === order.abortAt) abort.abort();
  steps.push(step);
}

async function connectOptions(): Promise<ConnectOptions> {
  const profile = JSON.parse(await readFile(order.profile ?? '', 'utf8')) as Profile;
  const { killSwitch = false, calls } = order;
  return {
    id: 'p-test',
    profile,
    killSwitch,
    signal: abort.signal,
    onState: (state) => states.push(state),
    ...(calls === undefined ? {} : { verifyCalls: () => Promise.resolve(calls) }),
  };
}

const tunnel = createTunnel({
  runtimeFolder: order.runtimeFolder,
  trafficTargets: { stun: order.stun },
  fallbackResolvers: order.fallbackResolvers ?? [],
  trace,
  now: () => Date.now() + (order.aheadMs ?? 0),
});
const result = order.action === 'connect' ? await tunnel.connect(await connectOptions()) : await tunnel[order.action]();
console.log(JSON.stringify({ result, steps, states } satisfies DriverResult));
