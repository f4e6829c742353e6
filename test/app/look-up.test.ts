import { expect, test } from 'vitest';
import { lookUp } from '../../electron/app/look-up.ts';

test('a name becomes an address, by the computer’s own means', async () => {
  expect(['127.0.0.1', '::1']).toContain(await lookUp('localhost'));
});
