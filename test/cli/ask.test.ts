import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { askLine } from '../../electron/cli/ask.ts';

function keyboard(): { stdin: PassThrough; stderr: PassThrough; shown: () => string } {
  const stderr = new PassThrough();
  const chunks: Buffer[] = [];
  stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  return { stdin: new PassThrough(), stderr, shown: () => Buffer.concat(chunks).toString() };
}

test('a hidden answer is read and never shown', async () => {
  const { stdin, stderr, shown } = keyboard();
  const answer = askLine(stdin, stderr, 'Password: ', true);
  stdin.write('wet ston\u007fne 7\r');
  expect(await answer).toBe('wet stone 7');
  expect(shown()).toBe('Password: \n');
});

test('an open answer is shown as it is typed', async () => {
  const { stdin, stderr, shown } = keyboard();
  const answer = askLine(stdin, stderr, 'User name: ', false);
  stdin.write('lantern\r');
  expect(await answer).toBe('lantern');
  expect(shown()).toContain('lantern');
});

test('Ctrl-C ends the question', async () => {
  const { stdin, stderr } = keyboard();
  const answer = askLine(stdin, stderr, 'Password: ', true);
  stdin.write('abc\u0003');
  await expect(answer).rejects.toThrow('Cancelled');
});
