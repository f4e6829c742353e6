import { expect, test } from 'vitest';
import { parseSecretKey } from '../../../scripts/servers/sign.ts';

test('only a key of minisign without a password is taken, and the reason says what to do', () => {
  const file = (bytes: Buffer): string => `untrusted comment: x\n${bytes.toString('base64')}\n`;
  expect(() => parseSecretKey('')).toThrow('not a secret key of minisign');
  expect(() => parseSecretKey(file(Buffer.alloc(158)))).toThrow('not a secret key of minisign');
  const locked = Buffer.concat([Buffer.from('EdScB2'), Buffer.alloc(152)]);
  expect(() => parseSecretKey(file(locked))).toThrow('has a password');
});
