import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { OpenVpnProfile } from '../../electron/profile/types.ts';
import { makeBed, world, type Bed } from './bed/bed.ts';

let bed: Bed;
let before: string;
beforeAll(async () => {
  bed = await makeBed();
  before = await bed.snapshot();
});
afterEach(async () => {
  await bed.drive({ action: 'disconnect' });
  await bed.shell('isp', 'nft delete table inet censor_test');
});
afterAll(() => bed.close());

/** What the ISP drops or rejects on the way, as one nft statement. */
async function censor(...rules: string[]): Promise<void> {
  const input = `table inet censor_test {\n chain c {\n type filter hook forward priority -10\n ${rules.join('\n')}\n}\n}\n`;
  const { code, stderr } = await bed.lab.exec('isp', ['nft', '-f', '-'], { input });
  if (code !== 0) throw new Error(stderr);
}

const noWireGuard = 'udp dport 51820 drop';

describe('a network that drops WireGuard', () => {
  it('makes a failed connection that has undone itself', async () => {
    await censor(noWireGuard);
    const done = await bed.drive({ action: 'connect', profile: bed.profiles.wireguard });
    expect(done?.result).toMatchObject({
      state: 'failed',
      attempts: [{ transport: 'wireguard-udp', endpoint: '203.0.113.3:51820', result: 'silent' }],
      error: { code: 'handshake-silent' },
    });
    expect(await bed.snapshot()).toBe(before);
    expect((await bed.drive({ action: 'status' }))?.result).toEqual({ state: 'disconnected' });
  });

  it('is held by the kill switch until the person disconnects', async () => {
    await censor(noWireGuard);
    await bed.resetCounters();
    const done = await bed.drive({ action: 'connect', profile: bed.profiles.wireguard, killSwitch: true });
    expect(done?.result).toMatchObject({
      ...{ state: 'blocked', killSwitch: true, attempts: [{ result: 'silent' }] },
      error: { code: 'handshake-silent' },
    });
    expect((await bed.drive({ action: 'status' }))?.result).toEqual(done?.result);
    expect(await bed.flood(200, 0.5)).toMatchObject({ answered: 0 });
    expect((await bed.counters()).leakedTo).toEqual([]);
    await bed.drive({ action: 'disconnect' });
    expect(await bed.snapshot()).toBe(before);
    expect((await bed.flood(200, 0.2, [world.v4])).answered).toBeGreaterThan(10);
  });

  it('and then lets it through: the held connection is taken over without a gap', async () => {
    await censor(noWireGuard);
    await bed.drive({ action: 'connect', profile: bed.profiles.wireguard, killSwitch: true });
    await bed.shell('isp', 'nft delete table inet censor_test');
    await bed.resetCounters();
    const done = await bed.drive({ action: 'connect', profile: bed.profiles.wireguard, killSwitch: true });
    expect(done?.result).toMatchObject({ state: 'connected', killSwitch: true });
    expect(await bed.counters()).toMatchObject({ leaked: 0, leakedTo: [] });
    await bed.drive({ action: 'disconnect' });
    expect(await bed.snapshot()).toBe(before);
  });

  it('only at first: a lost first handshake costs two seconds, not a failure', async () => {
    await censor('udp dport 51820 numgen inc mod 1000 == 0 drop');
    const done = await bed.drive({ action: 'connect', profile: bed.profiles.wireguard });
    expect(done?.result).toMatchObject({ state: 'connected' });
    expect((done?.result as { durationMs: number }).durationMs).toBeGreaterThan(1500);
  });
});

it('a handshake without traffic is not a connection', async () => {
  await censor('udp dport 51820 @th,64,8 4 drop', 'udp sport 51820 @th,64,8 4 drop');
  const done = await bed.drive({ action: 'connect', profile: bed.profiles.wireguard });
  expect(done?.result).toMatchObject({
    state: 'failed',
    attempts: [{ result: 'failed' }],
    error: { code: 'no-traffic' },
  });
  expect(await bed.snapshot()).toBe(before);
});

describe('OpenVPN', () => {
  const both = (): OpenVpnProfile => {
    const { openvpnUdp, openvpnTcp } = bed.profiles;
    return { ...openvpnTcp, remotes: [...openvpnTcp.remotes, ...openvpnUdp.remotes] };
  };

  it('goes over TCP where UDP is dropped, after trying UDP first', async () => {
    await censor('udp dport 1194 drop');
    const done = await bed.drive({ action: 'connect', profile: both() });
    expect(done?.result).toMatchObject({
      state: 'connected',
      attempts: [
        { transport: 'openvpn-udp', result: 'silent' },
        { transport: 'openvpn-tcp', result: 'ok' },
      ],
    });
  });

  it('tells silence over UDP from a connection that is cut', async () => {
    await censor('udp dport 1194 drop', 'tcp dport 443 reject with tcp reset');
    const done = await bed.drive({ action: 'connect', profile: both() });
    expect(done?.result).toMatchObject({
      state: 'failed',
      attempts: [
        { transport: 'openvpn-udp', result: 'silent' },
        { transport: 'openvpn-tcp', result: 'refused' },
      ],
    });
    expect(await bed.snapshot()).toBe(before);
  });
});

describe('what is there already', () => {
  it('another VPN is named, and stays as it is', async () => {
    await bed.shell(
      'client',
      'ip tuntap add dev othervpn mode tun; ip link set othervpn up; ip route add 0.0.0.0/1 dev othervpn',
    );
    const foreign = await bed.snapshot();
    const done = await bed.drive({ action: 'connect', profile: bed.profiles.wireguard });
    const after = await bed.snapshot();
    await bed.shell('client', 'ip link del othervpn');
    expect(done?.result).toMatchObject({ state: 'failed', error: { code: 'another-tunnel' } });
    expect((done?.result as { error: { message: string } }).error.message).toContain('othervpn');
    expect(after).toBe(foreign);
  });

  it('taken rule and table numbers make us take others', async () => {
    const take = (verb: string): string =>
      `ip rule ${verb} pref 90 from 192.0.2.99 table main; ip rule ${verb} pref 100 from 192.0.2.98 table main; ip route ${verb} 192.0.2.97/32 dev lo table 51820`;
    await bed.shell('client', take('add'));
    const foreign = await bed.snapshot();
    const done = await bed.drive({ action: 'connect', profile: bed.profiles.wireguard });
    const rules = await bed.shell('client', 'ip rule');
    await bed.drive({ action: 'disconnect' });
    const after = await bed.snapshot();
    await bed.shell('client', take('del'));
    expect(done?.result).toMatchObject({ state: 'connected' });
    expect(rules).toMatch(/^101:\s+not from all fwmark 0xca6c lookup 51821/m);
    expect(after).toBe(foreign);
  });

  it('without a route to the server nothing is changed', async () => {
    await bed.shell('client', 'ip route del default');
    const cut = await bed.snapshot();
    const done = await bed.drive({ action: 'connect', profile: bed.profiles.wireguard, killSwitch: true });
    const after = await bed.snapshot();
    await bed.shell('client', 'ip route add default via 10.20.0.1');
    expect(done?.result).toMatchObject({ state: 'failed', error: { code: 'no-base-route' } });
    expect(after).toBe(cut);
  });

  it('a second connection at the same time is refused', async () => {
    await censor(noWireGuard);
    const first = bed.drive({ action: 'connect', profile: bed.profiles.wireguard });
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const second = await bed.drive({ action: 'connect', profile: bed.profiles.wireguard });
    expect(second?.result).toMatchObject({ state: 'failed', error: { code: 'another-tunnel' } });
    expect((await bed.drive({ action: 'status' }))?.result).toMatchObject({ state: 'connecting', stage: 'handshake' });
    expect((await bed.drive({ action: 'disconnect' }))?.result).toEqual({ state: 'disconnected' });
    expect((await first)?.result).toEqual({ state: 'disconnected' });
    expect(await bed.snapshot()).toBe(before);
  });
});
