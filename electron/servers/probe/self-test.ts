import { openVpnSelfTest } from '../../check/packet/openvpn-self-test.ts';
import { wireguardSelfTest } from '../../check/packet/wireguard-self-test.ts';

/**
 * Whether the cryptography of the probes gives the known answers in the program that runs now. When it does not, silence
 * of a server proves nothing and no probe should be believed. Takes some milliseconds, sends nothing.
 */
export function selfTest(): { ok: boolean; failed: string[] } {
  const failed = [...wireguardSelfTest(), ...openVpnSelfTest()];
  return { ok: failed.length === 0, failed };
}
