import { readFile, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { nodeNet } from '../../../electron/check/net/node-net.ts';

const resolvConf = '/etc/resolv.conf';
let before: string;

beforeEach(async () => {
  before = await readFile(resolvConf, 'utf8');
});
afterEach(() => writeFile(resolvConf, before));

it('asks the resolvers of now, not those of when the program started', async () => {
  await writeFile(resolvConf, 'nameserver 192.0.2.1\n');
  expect(nodeNet.resolvers()).toEqual([{ address: '192.0.2.1', port: 53 }]);
  await writeFile(resolvConf, 'nameserver 192.0.2.2\n');
  expect(nodeNet.resolvers()).toEqual([{ address: '192.0.2.2', port: 53 }]);
});
