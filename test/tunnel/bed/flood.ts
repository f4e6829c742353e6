import { createSocket, type Socket } from 'node:dgram';

/**
 * Traffic of an ordinary program: small UDP packets to port 7 of each address given, `perSecond` each, for `seconds`.
 * Usage: flood PER_SECOND SECONDS ADDRESS... Prints { sent, refused, answered, lastAnswerMs, longestGapMs } as JSON.
 */
const [perSecond = 0, seconds = 0] = process.argv.slice(2, 4).map(Number);
const hosts = process.argv.slice(4);
const startedAt = performance.now();
const totals = { sent: 0, refused: 0, answered: 0, lastAnswerMs: 0, longestGapMs: 0 };
const tickMs = 5;

const sockets = hosts.map((host): [Socket, string] => {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  socket.on('message', () => {
    const nowMs = Math.round(performance.now() - startedAt);
    totals.answered += 1;
    totals.longestGapMs = Math.max(totals.longestGapMs, nowMs - totals.lastAnswerMs);
    totals.lastAnswerMs = nowMs;
  });
  socket.on('error', () => undefined);
  return [socket, host];
});

let due = 0;
const timer = setInterval(() => {
  const elapsedMs = performance.now() - startedAt;
  for (; due < (Math.min(elapsedMs, seconds * 1000) / 1000) * perSecond; due += 1) {
    for (const [socket, host] of sockets) {
      socket.send('ordinary traffic', 7, host, (error) => (error ? (totals.refused += 1) : (totals.sent += 1)));
    }
  }
  if (elapsedMs < seconds * 1000 + 200) return;
  clearInterval(timer);
  for (const [socket] of sockets) socket.close();
  console.log(JSON.stringify(totals));
}, tickMs);
