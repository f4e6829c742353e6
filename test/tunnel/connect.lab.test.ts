import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeBed, world, type Bed } from './bed/bed.ts';

let bed: Bed;
beforeAll(async () => {
  bed = await makeBed();
});
afterAll(() => bed.close());

describe.each(['wireguard', 'openvpnUdp', 'openvpnTcp'] as const)('connecting with the %s profile', (name) => {
  it('is said to work only with traffic through the server, and leaves the network as it was', async () => {
    const before = await bed.snapshot();
    await bed.resetCounters();
    const connected = await bed.drive({ action: 'connect', profile: bed.profiles[name] });
    expect(connected?.result).toMatchObject({
      state: 'connected',
      verified: {
        handshake: true,
        traffic: true,
        exit: '203.0.113.3',
        dnsInTunnel: true,
        ipv6: name === 'wireguard' ? 'tunnelled' : 'blocked',
      },
      attempts: [{ result: 'ok' }],
    });
    const { answered } = await bed.flood(200, 1, [world.v4]);
    expect(answered).toBeGreaterThan(150);
    await bed.flood(200, 0.5);
    const wire = await bed.counters();
    expect(wire.tunnel).toBeGreaterThan(200);
    expect(wire.leakedTo).toEqual([]);
    expect(wire.leaked).toBe(0);
    expect((await bed.drive({ action: 'status' }))?.result).toEqual(connected?.result);
    expect((await bed.drive({ action: 'disconnect' }))?.result).toEqual({ state: 'disconnected' });
    expect(await bed.snapshot()).toBe(before);
  });
});

it('the count of leaks sees ordinary traffic without a tunnel', async () => {
  await bed.resetCounters();
  const { sent, answered } = await bed.flood(200, 0.5);
  expect(answered).toBeGreaterThan(150);
  expect((await bed.counters()).leaked).toBeGreaterThanOrEqual(sent);
});
