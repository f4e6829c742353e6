import type * as legacy from '@noble/hashes/legacy.js';
import { afterEach, expect, it, vi } from 'vitest';

afterEach(() => {
  vi.doUnmock('@noble/hashes/legacy.js');
  vi.resetModules();
});

it('passes here', async () => {
  const { openVpnSelfTest } = await import('../../../electron/check/packet/openvpn-self-test.ts');
  expect(openVpnSelfTest()).toEqual([]);
});

it('names the one wrapping that fails when SHA1 of this engine is another hash', async () => {
  vi.doMock('@noble/hashes/legacy.js', async (original) => {
    const { ripemd160, ...rest } = await original<typeof legacy>();
    return { ...rest, sha1: ripemd160 };
  });
  const { openVpnSelfTest } = await import('../../../electron/check/packet/openvpn-self-test.ts');
  expect(openVpnSelfTest()).toEqual(['openvpn tls-auth SHA1']);
});
