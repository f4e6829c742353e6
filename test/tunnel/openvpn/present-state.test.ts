import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { hasLostServer, parseState } from '../../../electron/tunnel/openvpn/present-state.ts';

let folder: string;
let server: Server | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sawt-state-'));
});
afterEach(async () => {
  server?.close();
  server = undefined;
  await rm(folder, { recursive: true, force: true });
});

const greeting = ">INFO:OpenVPN Management Interface Version 5 -- type 'help' for more info\r\n";
const connected = '1795521600,CONNECTED,SUCCESS,10.77.0.2,203.0.113.3,1194,,\r\nEND\r\n';

/** An OpenVPN that greets and answers in pieces. */
async function openVpnThatSays(...pieces: string[]): Promise<string> {
  const path = join(folder, 'm.sock');
  server = createServer((socket) => {
    socket.write(greeting);
    socket.on('data', (command) => {
      if (command.toString() === 'state\n') for (const piece of pieces) socket.write(piece);
    });
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server?.listen(path, resolve));
  return path;
}

it('OpenVPN that says it is connected has its server', async () => {
  expect(await hasLostServer(await openVpnThatSays(connected.slice(0, 20), connected.slice(20)))).toBe(false);
});

it.each(['RECONNECTING,ping-restart', 'WAIT,', 'TCP_CONNECT,', 'AUTH,'])(
  'in the state %s it has not',
  async (state) => {
    expect(await hasLostServer(await openVpnThatSays(`1795521600,${state},,,,\r\nEND\r\n`))).toBe(true);
  },
);

it('no answer is no evidence', async () => {
  expect(await hasLostServer(join(folder, 'nobody.sock'))).toBe(false);
  expect(await hasLostServer(await openVpnThatSays('ERROR: unknown command\r\n'))).toBe(false);
});

it('messages beside the answer are passed over', () => {
  expect(parseState(`${greeting}>STATE:1,EXITING,x\r\n1795521600,WAIT,,,,,,\r\nEND\r\n`)).toBe('WAIT');
});
