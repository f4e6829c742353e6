import { connect } from 'node:net';

/** The management socket serves one at a time; whoever else asks makes us wait. */
const limitMs = 1000;
const answerLimit = 16 * 1024;

/**
 * Whether OpenVPN has lost its server and is trying to reach it again, which it notices by the pings that were agreed on
 * (`ping-restart`) or by the end of the TCP connection. False when it does not say.
 */
export async function hasLostServer(managementPath: string): Promise<boolean> {
  const name = parseState(await askState(managementPath));
  return name !== undefined && name !== 'CONNECTED';
}

/** Its name in the answer to `state`: `TIME,NAME,DETAIL,...` and then `END` (doc/management-notes.txt). */
export function parseState(answer: string): string | undefined {
  return /^\d+,([A-Z_]+),/m.exec(answer)?.[1];
}

/** What came until its end, or until the limit. */
function askState(path: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(path, () => socket.write('state\n'));
    const limit = setTimeout(() => socket.destroy(), limitMs);
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      answer += text;
      if (/^END\r?$/m.test(answer) || answer.length > answerLimit) socket.destroy();
    });
    socket.on('error', () => undefined); // no such socket: the answer stays empty
    socket.on('close', () => {
      clearTimeout(limit);
      resolve(answer);
    });
  });
}
