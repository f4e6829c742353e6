import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readPcap } from '../../test/lab/capture/pcap.ts';

/** What a check cost the line, measured from outside of it. */
export interface Wire {
  kB: number;
  packets: number;
  /** Most connection attempts that waited for an answer at one time, by the kernel's own table. */
  halfOpenMax: number;
  /** Most TCP and UDP sockets that were open at one time, by the same. */
  sockets: number;
}

const synSent = '02';
const listening = '0A';
const timeWait = '06';

/** Runs `work` and measures all that this network namespace sends and gets on `device` meanwhile. */
export async function measureWire<T>(device: string, work: () => Promise<T>): Promise<{ result: T; wire: Wire }> {
  const folder = mkdtempSync(join(tmpdir(), 'sawt-wire-'));
  const file = join(folder, 'wire.pcap');
  const dumpcap = spawn('dumpcap', ['-P', '-q', '-i', device, '-w', file], { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise<void>((settle) => dumpcap.once('close', () => settle()));
  try {
    await new Promise<void>((settle, reject) => {
      let said = '';
      dumpcap.once('error', reject).once('close', () => reject(new Error(`dumpcap ended: ${said}`)));
      dumpcap.stderr.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        if (said.includes('File: ')) settle();
      });
    });
    await sleep(200); // dumpcap names the file before its first look at the interface
    const most = watchSockets();
    const result = await work();
    const { halfOpenMax, sockets } = most.stop();
    await sleep(400); // it hands packets on in blocks
    dumpcap.kill('SIGINT');
    await ended;
    const { frames } = readPcap(readFileSync(file));
    if (frames.length === 0) throw new Error('Nothing was captured.');
    const bytes = frames.reduce((sum, frame) => sum + frame.bytes.length, 0);
    return { result, wire: { kB: Math.round(bytes / 1000), packets: frames.length, halfOpenMax, sockets } };
  } finally {
    dumpcap.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  }
}

function watchSockets(): { stop: () => { halfOpenMax: number; sockets: number } } {
  const before = countSockets().sockets;
  let halfOpenMax = 0;
  let sockets = 0;
  const look = (): void => {
    const now = countSockets();
    halfOpenMax = Math.max(halfOpenMax, now.halfOpen);
    sockets = Math.max(sockets, now.sockets - before);
  };
  const timer = setInterval(look, 3);
  return {
    stop: () => {
      clearInterval(timer);
      return { halfOpenMax, sockets };
    },
  };
}

/** From /proc/net: of this network namespace only, whoever owns them. */
function countSockets(): { halfOpen: number; sockets: number } {
  const states = ['tcp', 'tcp6'].flatMap((table) => rowsOf(table).map((row) => row.trim().split(/\s+/)[3] ?? ''));
  const datagram = ['udp', 'udp6'].reduce((sum, table) => sum + rowsOf(table).length, 0);
  const streams = states.filter((state) => state !== listening && state !== timeWait);
  return { halfOpen: states.filter((state) => state === synSent).length, sockets: streams.length + datagram };
}

const rowsOf = (table: string): string[] => readFileSync(`/proc/net/${table}`, 'utf8').trim().split('\n').slice(1);
