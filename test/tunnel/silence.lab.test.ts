import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeBed, type Bed } from './bed/bed.ts';

let bed: Bed;
beforeAll(async () => {
  bed = await makeBed();
});
afterEach(() => bed.drive({ action: 'repair' }));
afterAll(() => bed.close());

const status = async (aheadMs = 0) => (await bed.drive({ action: 'status', aheadMs }))?.result;
const silent = { state: 'failed', error: { code: 'server-silent' } };

describe('a WireGuard server that dies in the middle of a connection', () => {
  /** Longer than a session is valid; the clock of the call is ahead, so that nobody has to wait. */
  const sessionsLaterMs = 200_000;
  const withoutKeepalive = () => {
    const { wireguard } = bed.profiles;
    return { ...wireguard, peers: wireguard.peers.map((peer) => ({ ...peer, persistentKeepalive: 0 })) };
  };

  it('is told from one that had nothing to say, and from one that answers', async () => {
    await bed.drive({ action: 'connect', profile: withoutKeepalive() });
    expect(await status(sessionsLaterMs)).toMatchObject({ state: 'connected' });
    expect((await bed.flood(200, 0.3)).answered).toBeGreaterThan(0);
    expect(await status(sessionsLaterMs)).toMatchObject({ state: 'connected' });

    await bed.lab.helper('wireguard-go').stop();
    expect(await status(sessionsLaterMs)).toMatchObject({ state: 'connected' });
    expect(await bed.flood(200, 0.3)).toMatchObject({ answered: 0 });
    expect(await status()).toMatchObject({ state: 'connected' });
    expect(await status(sessionsLaterMs)).toMatchObject(silent);
    expect(await bed.drive({ action: 'disconnect' })).toMatchObject({ result: { state: 'disconnected' } });
    expect(await bed.shell('client', `ls -A ${bed.runtimeFolder}`)).toBe('');
  });
});

describe('an OpenVPN server that dies in the middle of a connection', () => {
  it('is missed at once over TCP', async () => {
    await bed.drive({ action: 'connect', profile: bed.profiles.openvpnTcp });
    expect(await status()).toMatchObject({ state: 'connected' });
    await bed.lab.helper('openvpn-tcp').stop();
    await expect.poll(() => status(), { timeout: 5000 }).toMatchObject(silent);
  });

  it('is missed over UDP when OpenVPN begins anew, as it does after a time without pings', async () => {
    await bed.drive({ action: 'connect', profile: bed.profiles.openvpnUdp });
    expect(await status()).toMatchObject({ state: 'connected' });
    await bed.lab.helper('openvpn-udp').stop();
    await bed.shell('client', `kill -USR1 $(pgrep -f 'openvpn.*${bed.runtimeFolder}')`);
    await expect.poll(() => status(), { timeout: 5000 }).toMatchObject(silent);
  });
});
