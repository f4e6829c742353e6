import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeBed, world, type Bed, type Flood } from './bed/bed.ts';
import type { WireCounters } from './bed/wire-counters.ts';

/** What happens in the middle of a connection, as shell lines in the client. `recovers`: traffic goes on afterwards. */
interface Fault {
  name: string;
  line: string;
  recovers: boolean;
  /** Of traffic; the fault comes after half a second. */
  seconds?: number;
}

const gateway = '10.20.0.1';
const faults: Fault[] = [
  {
    name: 'a more specific route appears',
    line: `ip route add ${world.v4}/32 via ${gateway} dev eth0`,
    recovers: true,
  },
  {
    name: 'two halves of a default route appear',
    line: `ip route add 0.0.0.0/1 via ${gateway} dev eth0; ip route add 128.0.0.0/1 via ${gateway} dev eth0`,
    recovers: true,
  },
  { name: 'the local network claims the range', line: `ip route add ${world.v4}/24 dev eth0`, recovers: true },
  {
    name: 'an IPv6 route appears',
    line: `ip -6 route add ${world.v6}/128 via 2001:db8:20::1 dev eth0`,
    recovers: true,
  },
  { name: 'the tunnel program is killed', line: 'kill -9 $PROGRAM', recovers: false },
  { name: 'the tunnel interface is deleted', line: 'ip link del dev $DEVICE', recovers: false },
  { name: 'the tunnel interface goes down', line: 'ip link set dev $DEVICE down', recovers: false },
  {
    name: 'the base link goes down and up',
    line: `ip link set eth0 down; sleep 0.2; ip link set eth0 up; ip route add default via ${gateway}; ip -6 route add default via 2001:db8:20::1 dev eth0`,
    recovers: true,
    // The neighbours have to find each other again.
    seconds: 4,
  },
];

let bed: Bed;
beforeAll(async () => {
  bed = await makeBed();
  // An ISP that answers for every address: otherwise packets sent as if to a neighbour would never get onto the wire.
  await bed.shell('isp', 'sysctl -qw net.ipv4.conf.lan.proxy_arp=1');
});
afterEach(async () => {
  await bed.drive({ action: 'repair' });
  await bed.shell('client', `ip route flush table main; ip -6 route flush table main; ${restoreRoutes}`);
});
afterAll(() => bed.close());

const restoreRoutes = [
  'ip link set eth0 up',
  `ip route add 10.20.0.0/24 dev eth0 proto kernel scope link src 10.20.0.2`,
  `ip route add default via ${gateway}`,
  'ip -6 address replace 2001:db8:20::2/64 dev eth0 nodad',
  'ip -6 route replace 2001:db8:20::/64 dev eth0 proto kernel metric 256',
  'ip -6 route replace default via 2001:db8:20::1 dev eth0',
].join('; ');

/** A flood with the fault in its middle; what the wire saw from the connection on. */
async function floodThrough(line: string, seconds: number): Promise<{ flood: Flood; wire: WireCounters }> {
  await bed.resetCounters();
  const flooding = bed.flood(500, seconds);
  await new Promise((resolve) => setTimeout(resolve, 500));
  await bed.shell('client', line);
  return { flood: await flooding, wire: await bed.counters() };
}

const environment = `
  DEVICE=$(ip -o link | grep -o 'sawt[0-9a-f]*' | head -1)
  PROGRAM=$(pgrep -f "(wireguard-go|openvpn).*$DEVICE" | head -1)
`;

describe.each(['wireguard', 'openvpnUdp', 'openvpnTcp'] as const)(
  'with the %s profile, nothing leaks when',
  (profile) => {
    it.each(faults)('$name', async ({ line, recovers, seconds = 1.5 }) => {
      const { result } = (await bed.drive({ action: 'connect', profile: bed.profiles[profile] })) ?? {};
      expect(result).toMatchObject({ state: 'connected' });
      const { flood, wire } = await floodThrough(environment + line, seconds);
      expect(wire.leakedTo).toEqual([]);
      expect(wire.leaked).toBe(0);
      expect(wire.tunnel).toBeGreaterThan(100);
      if (recovers) expect(flood.lastAnswerMs).toBeGreaterThan(seconds * 1000 - 200);
      else {
        expect(flood.lastAnswerMs).toBeLessThan(seconds * 1000 - 200);
        expect((await bed.drive({ action: 'status' }))?.result).toMatchObject({ state: 'failed' });
      }
    });
  },
);

describe.each(['openvpnUdp', 'openvpnTcp'] as const)('with the %s profile', (profile) => {
  it('OpenVPN starts anew by itself, with nobody there to ask', async () => {
    await bed.drive({ action: 'connect', profile: bed.profiles[profile] });
    const { flood, wire } = await floodThrough(`${environment} kill -USR1 $PROGRAM`, 5);
    expect(wire).toMatchObject({ leaked: 0, leakedTo: [] });
    expect(flood.lastAnswerMs).toBeGreaterThan(4800);
    // It was away for a moment, so the fault did happen; what was sent meanwhile waits in its device.
    expect(flood.longestGapMs).toBeGreaterThan(400);
    expect((await bed.drive({ action: 'status' }))?.result).toMatchObject({ state: 'connected' });
  });
});

describe('with a WireGuard connection', () => {
  it('another port of the server is reached only through the tunnel', async () => {
    await bed.drive({ action: 'connect', profile: bed.profiles.wireguard });
    await bed.resetCounters();
    expect((await bed.flood(500, 0.5, ['203.0.113.3'])).sent).toBeGreaterThan(200);
    expect(await bed.counters()).toMatchObject({ leaked: 0, leakedTo: [] });
  });

  it('a program that insists on the ordinary interface sends nothing', async () => {
    await bed.drive({ action: 'connect', profile: bed.profiles.wireguard });
    await bed.resetCounters();
    const said = await bed.shell('client', `ping -I eth0 -c 20 -i 0.02 -W 1 ${world.v4}`);
    expect(said).toMatch(/20 packets transmitted, 0 received/);
    expect(await bed.counters()).toMatchObject({ leaked: 0, leakedTo: [] });
  });

  it('a neighbour gets no answer from the address inside the tunnel', async () => {
    const ask = 'ip route replace 10.66.0.2 via 10.20.0.2; ping -c 3 -i 0.05 -W 1 10.66.0.2';
    await bed.drive({ action: 'connect', profile: bed.profiles.wireguard });
    expect(await bed.shell('isp', ask)).toMatch(/3 packets transmitted, 0 received/);
    // Without the firewall the same neighbour is answered: the question does reach us.
    await bed.shell('client', 'nft delete table inet sawt_ks');
    expect(await bed.shell('isp', ask)).toMatch(/3 packets transmitted, [123] received/);
  });

  it('a change of server has no gap', async () => {
    await bed.drive({ action: 'connect', profile: bed.profiles.wireguard });
    await bed.resetCounters();
    const flooding = bed.flood(500, 3);
    const { result } = (await bed.drive({ action: 'connect', profile: bed.profiles.openvpnUdp })) ?? {};
    expect(result).toMatchObject({ state: 'connected', attempts: [{ transport: 'openvpn-udp' }] });
    expect((await flooding).lastAnswerMs).toBeGreaterThan(2500);
    expect(await bed.counters()).toMatchObject({ leaked: 0, leakedTo: [] });
  });

  it('works where the kernel checks the reverse path strictly', async () => {
    await bed.shell('client', 'sysctl -qw net.ipv4.conf.all.rp_filter=1');
    const { result } = (await bed.drive({ action: 'connect', profile: bed.profiles.wireguard })) ?? {};
    await bed.shell('client', 'sysctl -qw net.ipv4.conf.all.rp_filter=0');
    expect(result).toMatchObject({ state: 'connected' });
  });
});

it('the same faults without the lock are seen as leaks', async () => {
  await bed.drive({ action: 'connect', profile: bed.profiles.wireguard });
  await bed.shell('client', 'nft delete table inet sawt_ks; ip rule del pref 100; ip -6 rule del pref 100');
  const { wire } = await floodThrough('true', 1.5);
  expect(wire.leaked).toBeGreaterThan(500);
});
