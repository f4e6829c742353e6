import { expect, it } from 'vitest';
import { selfTest } from '../../../electron/servers/probe/self-test.ts';

it('the cryptography of the probes gives the known answers', () => {
  expect(selfTest()).toEqual({ ok: true, failed: [] });
});
