import { createSocket } from 'node:dgram';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInitiator } from '../../../electron/check/packet/wireguard-handshake.ts';
import { publicKeyOf } from '../../../electron/check/packet/wireguard-noise.ts';
import { nodeNet } from '../../../electron/servers/probe/node-net.ts';
import { probeWireGuard } from '../../../electron/servers/probe/wireguard.ts';
import { bringLoopbackUp, startWireGuard, whyNoRealServers, type Running } from './real-servers.ts';

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const rawKey = (): Uint8Array => nodeNet.randomBytes(32);
const why = whyNoRealServers();

describe.skipIf(why !== undefined)(`probing real wireguard-go${why === undefined ? '' : ` (skipped: ${why})`}`, () => {
  const server = rawKey();
  const client = rawKey();
  const secretClient = rawKey();
  const presharedKey = base64(rawKey());
  const port = 51820;
  const target = {
    address: '127.0.0.1',
    port,
    privateKey: base64(client),
    serverPublicKey: base64(publicKeyOf(server)),
  };
  const probe = (more: Partial<Parameters<typeof probeWireGuard>[0]> = {}, plan = {}) =>
    probeWireGuard({ ...target, ...more }, { net: nodeNet, liveKeys: new Set(), plan });
  let running: Running;

  beforeAll(async () => {
    bringLoopbackUp();
    const peers = [
      { publicKey: base64(publicKeyOf(client)), allowedIps: '10.9.0.2/32' },
      { publicKey: base64(publicKeyOf(secretClient)), allowedIps: '10.9.0.3/32', presharedKey },
    ];
    running = await startWireGuard({ name: 'sawtprobe', port, privateKey: base64(server), peers });
  });
  afterAll(() => running.stop());

  it('a registered key is answered, over IPv4 and IPv6', async () => {
    expect((await probe()).outcome.kind).toBe('answered');
    expect((await probe({ address: '::1' })).outcome.kind).toBe('answered');
  });

  // Retried, since a busy machine may be late with an answer.
  it('three tries in a row are all answered', { retry: 2 }, async () => {
    const { tries, rttsMs } = await probe({}, { enough: 3 });
    expect({ tries, answered: rttsMs.length }).toEqual({ tries: 3, answered: 3 });
  });

  it('the right preshared key is answered; a wrong, a missing and a needless one are told apart from silence', async () => {
    const privateKey = base64(secretClient);
    expect((await probe({ privateKey, presharedKey })).outcome.kind).toBe('answered');
    expect((await probe({ privateKey, presharedKey: base64(rawKey()) })).outcome.kind).toBe('pskMismatch');
    expect((await probe({ privateKey })).outcome.kind).toBe('pskMismatch');
    expect((await probe({ presharedKey })).outcome.kind).toBe('pskMismatch');
  });

  it('an unknown client key and a wrong server key are silence', async () => {
    const outcomes = await Promise.all([
      probe({ privateKey: base64(rawKey()) }),
      probe({ serverPublicKey: base64(publicKeyOf(rawKey())) }),
    ]);
    for (const { outcome } of outcomes) expect(outcome).toMatchObject({ kind: 'silent', sent: 3 });
  });

  it('a closed port is refused at once', async () => {
    expect(await probe({ port: 51999 })).toMatchObject({ outcome: { kind: 'refused' }, tries: 1 });
  });

  it('under load the cookie is taken and the probe gets through with it', async () => {
    const flood = createSocket('udp4');
    await new Promise<void>((resolve) => flood.connect(port, '127.0.0.1', resolve));
    const { bytes } = createInitiator({ privateKey: client, serverPublicKey: publicKeyOf(server) }).initiate({
      ephemeral: rawKey(),
      index: 1,
      stamp: nodeNet.stamp(),
    });
    let cookies = 0;
    flood.on('message', (datagram) => {
      if (datagram.length === 64) cookies += 1;
    });
    // wireguard-go calls itself under load while 1,024 handshakes wait, and for a second after.
    for (let bursts = 0; bursts < 40 && cookies === 0; bursts++) {
      for (let count = 0; count < 3000; count++) flood.send(bytes);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    flood.close();
    expect(cookies).toBeGreaterThan(0);
    let datagrams = 0;
    const watched: typeof nodeNet = {
      ...nodeNet,
      datagram: (to, on) =>
        nodeNet.datagram(to, {
          ...on,
          message: (answer) => {
            if (answer.length === 64) datagrams += 1;
            on.message(answer);
          },
        }),
    };
    const { outcome } = await probeWireGuard(target, { net: watched, liveKeys: new Set() });
    expect(datagrams).toBeGreaterThan(0);
    expect(outcome.kind).toBe('answered');
  });
});
