import { describe, expect, it } from 'vitest';
import { networkId, parseGateways } from '../../electron/check/network-id.ts';

describe('the name of a network', () => {
  it('is the same for the same network and salt, another one for another salt, and shows no address', async () => {
    const salt = Uint8Array.of(1, 2, 3);
    const [first, again, other] = await Promise.all([networkId(salt), networkId(salt), networkId(Uint8Array.of(9))]);
    expect(first).toMatch(/^[0-9a-f]{16}$/);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  it('comes from default gateways only, in any order of the table', () => {
    const table = `Iface\tDestination\tGateway\tFlags
eth0\t00000000\t0114A8C0\t0003
eth0\t0014A8C0\t00000000\t0001
wlan0\t00000000\t0100000A\t0003
`;
    expect(parseGateways(table)).toEqual(['0100000A', '0114A8C0']);
  });
});
