import type { AnyProbe } from '../probe.ts';
import type { Mechanism, Strength } from '../report.ts';
import { strengths } from '../report.ts';

/** What the records of one target prove. `rule` is a row of docs/decision-table.md. */
export interface Judged {
  /**
   * `unknown`: proves nothing, by itself or because a control failed. `untestable`: a failure would prove nothing either.
   * `not-run`: time was up before.
   */
  state: 'ok' | 'blocked' | 'stale' | 'unknown' | 'untestable' | 'not-run';
  mechanisms: Mechanism[];
  rule: string;
  strength: Strength;
  probes: string[];
}

export function ok(probes: readonly AnyProbe[], strength: Strength = 'strong', rule = 'OK'): Judged {
  return { state: 'ok', mechanisms: [], rule, strength, probes: ids(probes) };
}

/** Below medium strength nothing is called blocked. */
export function blocked(
  mechanisms: Mechanism[],
  rule: string,
  strength: Strength,
  probes: readonly AnyProbe[],
): Judged {
  const state = strength === 'weak' ? 'unknown' : 'blocked';
  return { state, mechanisms, rule, strength, probes: ids(probes) };
}

export function unknown(rule: string, probes: readonly AnyProbe[], mechanisms: Mechanism[] = []): Judged {
  return { state: 'unknown', mechanisms, rule, strength: 'weak', probes: ids(probes) };
}

export function ids(probes: readonly AnyProbe[]): string[] {
  return [...new Set(probes.map(({ id }) => id))];
}

export function strongest(values: readonly Strength[]): Strength {
  return strengths[Math.max(0, ...values.map((value) => strengths.indexOf(value)))] ?? 'weak';
}

export function union<T>(lists: readonly (readonly T[])[]): T[] {
  return [...new Set(lists.flat())];
}
