/** An NTP version 4 answer (RFC 5905 §7.3) to a client's request; undefined when it is none. */
export function answerNtp(request: Buffer, now: Date): Buffer | undefined {
  const clientMode = 3;
  if (request.length < 48 || ((request[0] ?? 0) & 7) !== clientMode) return undefined;
  const answer = Buffer.alloc(48);
  answer[0] = ((request[0] ?? 0) & 0x38) | 4; // the client's version, mode server
  answer[1] = 1; // stratum
  answer[2] = request[2] ?? 0;
  answer[3] = 0xec; // precision
  answer.write('GPS\0', 12, 'latin1');
  for (const at of [16, 32, 40]) writeTimestamp(answer, at, now);
  request.copy(answer, 24, 40, 48); // origin: the client's transmit time
  return answer;
}

function writeTimestamp(buffer: Buffer, at: number, time: Date): void {
  const secondsFrom1900To1970 = 2_208_988_800;
  const ms = time.getTime();
  buffer.writeUInt32BE((Math.floor(ms / 1000) + secondsFrom1900To1970) >>> 0, at);
  buffer.writeUInt32BE(Math.floor(((ms % 1000) / 1000) * 2 ** 32), at + 4);
}
