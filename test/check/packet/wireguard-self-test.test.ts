import type * as blake2 from '@noble/hashes/blake2.js';
import { afterEach, expect, it, vi } from 'vitest';

afterEach(() => {
  vi.doUnmock('@noble/hashes/blake2.js');
  vi.resetModules();
});

it('passes here', async () => {
  const { wireguardSelfTest } = await import('../../../electron/check/packet/wireguard-self-test.ts');
  expect(wireguardSelfTest()).toEqual([]);
});

it('names what fails when the hash of this engine is wrong', async () => {
  vi.doMock('@noble/hashes/blake2.js', async (original) => {
    const { blake2s, ...rest } = await original<typeof blake2>();
    const wrong = (text: Uint8Array, options?: object): Uint8Array => blake2s(text, options).map((byte) => byte ^ 1);
    return { ...rest, blake2s: Object.assign(wrong, blake2s) };
  });
  const { wireguardSelfTest } = await import('../../../electron/check/packet/wireguard-self-test.ts');
  expect(wireguardSelfTest()).toContain('wireguard blake2s');
  expect(wireguardSelfTest()).toContain('wireguard response');
});
