import { runCheck } from '../../electron/check/run.ts';
import type { Report } from '../../electron/check/report.ts';
import type { Conditions } from './conditions.ts';
import { simulate } from './net.ts';
import { catalogue } from './world.ts';

/** One whole check in a simulated network. */
export function checkIn(conditions: Conditions, seed: number): Promise<Report> {
  const network = simulate(conditions, seed);
  const { net, trust } = network;
  return network.live(runCheck({ catalogue, privateRoots: new Map(), depth: 'quick', net, trust }));
}
