import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeBed, world, type Bed } from './bed/bed.ts';

let bed: Bed;
let before: string;
beforeAll(async () => {
  bed = await makeBed();
  before = await bed.snapshot();
});
afterEach(() => bed.drive({ action: 'repair' }));
afterAll(() => bed.close());

/** What a restart of the computer does: programs, interfaces, rules and firewall are gone, files stay. */
const restart = `
  DEVICE=$(ip -o link | grep -o 'sawt[0-9a-f]*' | head -1)
  # Without a name the pattern would hold for the lab's own programs as well.
  test -n "$DEVICE" || exit 1
  kill -9 $(pgrep -f "(wireguard-go|openvpn).*$DEVICE")
  nft delete table inet sawt_ks
  for f in 4 6; do
    ip -$f rule del pref 100
    while ip -$f rule del pref 90; do :; done
    while ip -$f rule del pref 70; do :; done
    ip -$f route flush table 51820
  done
  sysctl -qw net.ipv4.conf.all.arp_ignore=0 net.ipv4.conf.all.src_valid_mark=0
`;

describe('after the computer was restarted while connected', () => {
  const otherBoot = (): string =>
    `sed -i 's/"bootId":"[^"]*"/"bootId":"00000000-0000-4000-8000-000000000000"/' ${bed.runtimeFolder}/connection.json`;

  it('nothing is said to be connected, and connecting works', async () => {
    const first = await bed.drive({ action: 'connect', profile: bed.profiles.wireguard });
    expect(first?.result).toMatchObject({ state: 'connected' });
    await bed.shell('client', `${restart} ${otherBoot()}`);
    expect((await bed.drive({ action: 'status' }))?.result).toMatchObject({ state: 'failed' });
    const again = await bed.drive({ action: 'connect', profile: bed.profiles.wireguard });
    expect(again?.result).toMatchObject({ state: 'connected' });
    await bed.drive({ action: 'disconnect' });
    expect(await bed.snapshot()).toBe(before);
  });

  it('resolv.conf comes back also when the journal was on a disk that forgets', async () => {
    const first = await bed.drive({ action: 'connect', profile: bed.profiles.wireguard });
    expect(first?.result).toMatchObject({ state: 'connected' });
    await bed.shell('client', `${restart} rm ${bed.runtimeFolder}/connection.json`);
    expect((await bed.drive({ action: 'doctor' }))?.result).toMatchObject({ leftovers: true });
    expect((await bed.drive({ action: 'repair' }))?.result).toEqual({ removed: ['resolvers'] });
    expect(await bed.snapshot()).toBe(before);
  });
});

it.each(['wireguard', 'openvpnUdp'] as const)('a lost journal of a %s connection is no dead network', async (name) => {
  await bed.drive({ action: 'connect', profile: bed.profiles[name] });
  await bed.shell('client', `rm ${bed.runtimeFolder}/connection.json`);
  const second = await bed.drive({ action: 'connect', profile: bed.profiles[name] });
  expect(second?.result).toMatchObject({ state: 'failed', error: { code: 'another-tunnel' } });
  expect((await bed.drive({ action: 'repair' }))?.result).toMatchObject({
    removed: expect.arrayContaining(['kernel settings', 'firewall lock']) as unknown,
  });
  expect(await bed.snapshot()).toBe(before);
  expect((await bed.flood(200, 0.1, [world.v4])).answered).toBeGreaterThan(0);
});

it('the doctor finds everything needed, and leftovers only when there are some', async () => {
  expect((await bed.drive({ action: 'doctor' }))?.result).toMatchObject({
    permission: 'root',
    backends: [{ name: 'direct', usable: true, reason: null }],
    leftovers: false,
  });
  await bed.drive({ action: 'connect', profile: bed.profiles.wireguard, killAt: 24 });
  expect((await bed.drive({ action: 'doctor' }))?.result).toMatchObject({ leftovers: true });
});

it('the re-check of calls is a stage of its own', async () => {
  const done = await bed.drive({ action: 'connect', profile: bed.profiles.wireguard, calls: 'ok' });
  expect(done?.result).toMatchObject({ state: 'connected', verified: { calls: 'ok' } });
  const stages = done?.states.map((state) => (state as { stage?: string }).stage);
  expect([...new Set(stages)]).toEqual(['starting', 'handshake', 'traffic', 'calls', undefined]);
});

it('a profile without resolvers gets ones that are asked through the tunnel', async () => {
  const profile = { ...bed.profiles.wireguard, dns: [] };
  await bed.drive({ action: 'connect', profile, fallbackResolvers: [world.v4] });
  expect(await bed.shell('client', 'grep ^nameserver /etc/resolv.conf')).toBe(`nameserver ${world.v4}\n`);
});

/** Lines with this text in the arguments and environments of all programs, and in the runtime folder. */
async function countLines(text: string): Promise<number> {
  const all = `cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ ${bed.runtimeFolder}/* 2>/dev/null`;
  const look = `P=$(mktemp); cat > $P; ${all} | tr '\\0' '\\n' > $P.all; grep -acFf $P $P.all; rm $P $P.all`;
  return Number((await bed.lab.exec('client', ['sh', '-c', look], { input: `${text}\n` })).stdout);
}

describe('secrets', () => {
  it.each(['wireguard', 'openvpnUdp'] as const)('of a %s profile lie nowhere while connected', async (name) => {
    const profile = bed.profiles[name];
    const done = await bed.drive({ action: 'connect', profile });
    expect(done?.result).toMatchObject({ state: 'connected' });
    const secret = profile.kind === 'wireguard' ? profile.privateKey : (profile.key?.split('\n')[1] ?? 'missing');
    expect(secret.length).toBeGreaterThan(40);
    expect(await countLines(secret)).toBe(0);
    // The same look does see what is there.
    expect(await countLines(profile.kind === 'wireguard' ? 'wireguard-go' : 'openvpn')).toBeGreaterThan(0);
    expect(JSON.stringify(done)).not.toContain(secret);
  });
});
