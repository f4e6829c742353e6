import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { CheckEvent, Report, ServiceReport } from '../../electron/check/report.ts';

/** One check through the public command line, as somebody sees it who waits for its lines. Milliseconds since it began. */
export interface MeasuredCheck {
  firstRowMs: number;
  /** When the last verdict had become what it stayed. */
  verdictMs: number;
  totalMs: number;
  /** Megabytes that the process took at most. */
  peakMb: number;
  report: Report;
}

const cli = join(process.cwd(), 'dist', 'cli.js');

export async function runCheck(args: readonly string[] = []): Promise<MeasuredCheck> {
  const child = spawn(process.execPath, [cli, 'check', '--ndjson', ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const peak = watchPeak(child.pid);
  const settled = new Map<string, { verdicts: string; atMs: number }>();
  let begunAt = performance.now();
  let firstRowMs: number | undefined;
  let report: Report | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    const event = JSON.parse(line) as CheckEvent;
    const atMs = performance.now() - begunAt;
    if (event.kind === 'started') begunAt = performance.now();
    if (event.kind === 'report') report = event.report;
    if (event.kind !== 'service') continue;
    firstRowMs ??= atMs;
    const verdicts = verdictsOf(event.service);
    if (settled.get(event.service.id)?.verdicts !== verdicts) settled.set(event.service.id, { verdicts, atMs });
  }
  if (!report) throw new Error('The check gave no report.');
  const verdictMs = Math.max(0, ...[...settled.values()].map(({ atMs }) => atMs));
  const peakMb = peak();
  return {
    firstRowMs: Math.round(firstRowMs ?? Number.NaN),
    verdictMs: Math.round(verdictMs),
    totalMs: report.durationMs,
    peakMb,
    report,
  };
}

/** Megabytes of a command that makes no check. */
export async function idlePeakMb(): Promise<number> {
  const child = spawn(process.execPath, [cli, 'profiles', '--json'], { stdio: 'ignore' });
  const peak = watchPeak(child.pid);
  await new Promise((settle) => child.once('close', settle));
  return peak();
}

const verdictsOf = ({ messages, calls }: ServiceReport): string => `${messages.verdict} ${calls.verdict}`;

/** The kernel keeps the peak of a process (VmHWM, kB) as long as it lives; so it is read again and again. */
function watchPeak(pid: number | undefined): () => number {
  let kB = 0;
  const look = (): void => {
    try {
      kB = Number(/^VmHWM:\s*(\d+)/m.exec(readFileSync(`/proc/${pid ?? 0}/status`, 'utf8'))?.[1] ?? kB);
    } catch {
      // it has ended
    }
  };
  const timer = setInterval(look, 10);
  return () => {
    clearInterval(timer);
    return Math.round(kB / 1000);
  };
}
