import { read, writeSync } from 'node:fs';
import { randomInt } from 'node:crypto';
import type { PathQuality } from '../censor/censor.ts';
import { serveOrders } from '../system/daemon.ts';
import { bindMessages, readMessages, verdictMessage, verdicts } from './netlink.ts';
import { lineQueue } from './queue.ts';

// Delay, jitter and loss on the client's line, for kernels without sch_netem: iptables queues each packet to us.

/** Netlink socket that lab-queue.pl opened for us. */
const netlink = 3;
const roomForPackets = 20_000;

let quality: PathQuality = { delayMs: 0, jitterMs: 0, lossPct: 0 };
/** When the last packet leaves: a line does not change the order of packets. */
let lastMs = 0;
let bound: Promise<void> | undefined;

serveOrders(async (order) => {
  quality = order as PathQuality;
  lastMs = 0;
  await (bound ??= bind());
});

/** Resolves when the kernel has accepted the queue. */
function bind(): Promise<void> {
  for (const message of bindMessages(lineQueue, roomForPackets)) writeSync(netlink, message);
  const buffer = Buffer.alloc(1 << 20);
  return new Promise((resolve, reject) => {
    let acknowledged = 0;
    const next = (): void =>
      read(netlink, buffer, 0, buffer.length, null, (error, length) => {
        // Replacing the rules drops queued packets; a verdict on one of them comes back as an error.
        if (error !== null) return void setTimeout(next, 5);
        for (const message of readMessages(buffer.subarray(0, length))) {
          if (message.kind === 'packet') decide(message.id);
          else if (acknowledged < 2) {
            if (message.error !== 0) return reject(new Error(`The kernel refused the queue: errno ${-message.error}.`));
            if (++acknowledged === 2) resolve();
          }
        }
        next();
      });
    next();
  });
}

function decide(packet: number): void {
  if (randomInt(1_000_000) < quality.lossPct * 10_000) return verdict(packet, verdicts.drop);
  const jitterMs = quality.jitterMs * (randomInt(2001) / 1000 - 1);
  const nowMs = performance.now();
  lastMs = Math.max(lastMs, nowMs + Math.max(0, quality.delayMs + jitterMs));
  setTimeout(() => verdict(packet, verdicts.accept), lastMs - nowMs);
}

function verdict(packet: number, value: number): void {
  try {
    writeSync(netlink, verdictMessage(lineQueue, packet, value));
  } catch {
    // the packet went away with the rule that queued it
  }
}
