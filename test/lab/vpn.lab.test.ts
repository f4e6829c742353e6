import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addresses } from './addresses.ts';
import type { Censor } from './censor/censor.ts';
import { buildLab, type Lab } from './lab.ts';
import type { Packet } from './capture/packet.ts';
import * as orders from './probe/orders.ts';

let lab: Lab;
let prober: orders.Prober;

beforeAll(async () => {
  lab = await buildLab();
  prober = await orders.startProber(lab);
});
beforeEach(() => lab.flip({}));
afterAll(() => lab.close());

const stunServer = '74.125.250.129';

/** The address that a STUN server sees us with; undefined when it stays silent. Only IPv4. */
async function mapped(): Promise<string | undefined> {
  const payload = orders.bindingRequest('modern');
  const { replies } = await prober.look({ kind: 'udp', address: stunServer, port: 19302, payload, waitMs: 1000 });
  const reply = Buffer.from(replies[0]?.hex ?? '', 'hex');
  if (reply.length === 0) return undefined;
  return [...reply.subarray(28, 32)].map((byte, index) => byte ^ (reply[4 + index] ?? 0)).join('.');
}

/** Connects with the system's own WireGuard tools, all traffic through the tunnel. */
async function wireguardUp(port = 51820): Promise<void> {
  const profile = await readFile(join(lab.folder, 'wireguard.conf'), 'utf8');
  const file = join(lab.folder, 'wgc.conf');
  const text = profile.replace(/^DNS.*\n/m, '').replace(':51820', `:${port}`);
  await writeFile(file, text, { mode: 0o600 });
  const env = { ...lab.clientEnv, WG_QUICK_USERSPACE_IMPLEMENTATION: 'wireguard-go' };
  const { code, stderr } = await lab.exec('client', ['wg-quick', 'up', file], { env });
  expect(code, stderr).toBe(0);
}
const wireguardDown = async (): Promise<void> => {
  const { code, stderr } = await lab.exec('client', ['wg-quick', 'down', join(lab.folder, 'wgc.conf')]);
  expect(code, stderr).toBe(0);
};

/** Starts the real OpenVPN client; tells whether it came up within the limit. */
async function openvpnUp(proto: 'udp' | 'tcp', limitMs: number): Promise<{ up: boolean; stop(): Promise<void> }> {
  const file = join(lab.folder, `openvpn-${proto}.ovpn`);
  const child = lab.spawn('client', ['openvpn', '--config', file], { stdio: ['ignore', 'pipe', 'ignore'] });
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const up = await new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => resolve(false), limitMs);
    child.stdout?.on('data', (chunk: Buffer) => {
      if (!chunk.includes('Initialization Sequence Completed')) return;
      clearTimeout(timer);
      resolve(true);
    });
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await closed;
  };
  return { up, stop };
}

const isPlainStun = (packet: Packet): boolean =>
  packet.kind === 'ip' &&
  packet.protocol === 'udp' &&
  packet.payload.length >= 20 &&
  packet.payload.readUInt32BE(4) === 0x2112a442;

describe('the VPN host', () => {
  it('carries calls through WireGuard past a filter that stops them, and shows none of it on the way', async () => {
    await lab.flip({ packets: [{ drop: 'stun-cookie' }] });
    expect(await mapped()).toBeUndefined();
    const [onTheWay, behind] = await Promise.all([lab.capture('isp', 'wan'), lab.capture('vpn', 'eth0')]);
    await wireguardUp();
    expect(await mapped()).toBe(addresses.vpn.v4);
    await wireguardDown();
    const [tunnelled, plain] = await Promise.all([onTheWay.stop(), behind.stop()]);
    expect(tunnelled.filter(isPlainStun)).toHaveLength(0);
    expect(plain.filter(isPlainStun)).toHaveLength(2);
    expect(await mapped()).toBeUndefined();
  });

  it('gives the tunnel IPv6 and an honest resolver of its own', async () => {
    await lab.flip({ hijackResolvers: true, names: [{ names: ['*'], answer: 'nxdomain' }] });
    await wireguardUp();
    const query = orders.nameQuery('web.telegram.org');
    for (const address of [addresses.wireguardServer.v4, addresses.wireguardServer.v6]) {
      const { replies } = await prober.look({ kind: 'udp', address, port: 53, payload: query, waitMs: 1000 });
      expect(replies.map(({ hex }) => orders.nameAnswer(hex))).toEqual(['0 149.154.167.99']);
    }
    const name = 'web.whatsapp.com';
    const capture = await lab.capture('vpn', 'eth0');
    const address = lab.world.names[name]?.v6[0] ?? '';
    expect((await prober.look({ kind: 'tls', address, name, waitMs: 1000 })).end).toBe('secure');
    const sources = (await capture.stop()).flatMap((packet) =>
      packet.kind === 'ip' && packet.version === 6 && packet.destination === address ? [packet.source] : [],
    );
    expect(new Set(sources)).toEqual(new Set([addresses.vpn.v6]));
    await wireguardDown();
  });

  it.each([53, 443])('is reached by WireGuard on port %i as well', async (port) => {
    await wireguardUp(port);
    expect(await mapped()).toBe(addresses.vpn.v4);
    await wireguardDown();
  });

  it.each(['udp', 'tcp'] as const)('carries traffic through OpenVPN over %s', async (proto) => {
    const client = await openvpnUp(proto, 8000);
    expect(client.up).toBe(true);
    expect(await mapped()).toBe(addresses.vpn.v4);
    await client.stop();
    expect(await mapped()).toBe(addresses.ispWan.v4);
  });
});

describe('a censor that knows tunnels', () => {
  const blockAll: Censor = {
    packets: [{ drop: 'wireguard' }, { drop: 'openvpn', transport: 'udp' }, { drop: 'openvpn', transport: 'tcp' }],
  };

  it('stops the real WireGuard', async () => {
    await lab.flip(blockAll);
    await wireguardUp();
    expect(await mapped()).toBeUndefined();
    const { stdout } = await lab.exec('client', ['wg', 'show', 'wgc', 'latest-handshakes']);
    expect(stdout.trim()).toMatch(/\t0$/);
    await wireguardDown();
  });

  it.each(['udp', 'tcp'] as const)('stops the real OpenVPN over %s', async (proto) => {
    await lab.flip(blockAll);
    const client = await openvpnUp(proto, 1500);
    expect(client.up).toBe(false);
    await client.stop();
  });
});
