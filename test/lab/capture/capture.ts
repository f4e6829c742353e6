import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from '../system/lab-error.ts';
import { findProgram } from '../system/programs.ts';
import type { Namespace } from '../topology.ts';
import { readPacket, type Packet } from './packet.ts';
import { readPcap } from './pcap.ts';

export interface Capture {
  /**
   * Ends the recording and returns all packets in order. Throws LabError `capture-broken` when there is not one, when
   * the kernel dropped some, or when the file is not whole: none of these means "nothing was sent".
   */
  stop(): Promise<Packet[]>;
}

/** dumpcap hands packets on in blocks; what was sent just before the end needs this long to be among them. */
const settleMs = 400;
const startLimitMs = 5000;
let count = 0;

/** Starts dumpcap on an interface of a namespace; resolves when it records. */
export async function startCapture(folder: string, namespace: Namespace, device: string): Promise<Capture> {
  const file = join(folder, `capture-${++count}.pcap`);
  // Not tcpdump: it insists on changing its user, which fails in a sandbox of an ordinary user.
  const argv = ['netns', 'exec', namespace, findProgram('dumpcap'), '-P', '-q', '-B', '32', '-i', device, '-w', file];
  const child = spawn(findProgram('ip'), argv, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const broken = (why: string): LabError =>
    new LabError('capture-broken', `The capture on ${device} of ${namespace} is worth nothing: ${why}. ${said.trim()}`);
  const deadline = performance.now() + startLimitMs;
  while (!said.includes('File: ')) {
    if (child.exitCode !== null || performance.now() > deadline) throw broken('dumpcap did not start');
    await sleep(3);
  }
  await sleep(100); // dumpcap names the file before its first look at the interface
  return {
    stop: async () => {
      if (child.exitCode !== null) throw broken('dumpcap ended too early');
      await sleep(settleMs);
      child.kill('SIGINT');
      await ended;
      const { received, dropped } = readCounts(said) ?? {};
      if (received === undefined || dropped === undefined) throw broken('dumpcap did not say what it saw');
      if (dropped > 0) throw broken(`${dropped} packets are missing`);
      const { linkType, frames } = readPcap(await readFile(file));
      if (frames.length === 0) throw broken('it is empty');
      if (frames.length !== received) throw broken(`${frames.length} of ${received} packets are in the file`);
      return frames.map(({ timeMs, bytes }) => readPacket(linkType, timeMs, bytes));
    },
  };
}

/** dumpcap's last line: `Packets received/dropped on interface 'lan': 12/0 (pcap:0/dumpcap:0/flushed:0/ps_ifdrop:0)`. */
export function readCounts(said: string): { received: number; dropped: number } | undefined {
  const counts = /received\/dropped on interface '[^']*': (\d+)\/(\d+)/.exec(said);
  return counts ? { received: Number(counts[1]), dropped: Number(counts[2]) } : undefined;
}
