import { requireAddress, type Address, type ProbeNet } from './net.ts';
import { defaultPlan, type Measured, type Plan, type TcpOutcome } from './outcome.ts';
import { measureStream } from './stream-series.ts';

/** What every probe that needs no key can be told. */
export interface ProbeOptions {
  net: ProbeNet;
  plan?: Partial<Plan>;
  onAnswer?: () => void;
  signal?: AbortSignal;
}

/**
 * Connects and closes again, nothing sent. Tells the path's round-trip time without an account; says nothing about UDP.
 * @throws ProbeError before anything is sent · the signal's reason
 */
export async function probeTcp(target: Address, options: ProbeOptions): Promise<Measured<TcpOutcome>> {
  requireAddress(target);
  const { net, plan, onAnswer, signal } = options;
  return measureStream({ net, to: target, plan: { ...defaultPlan, ...plan }, onAnswer, signal });
}
