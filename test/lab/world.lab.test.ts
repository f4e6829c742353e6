import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addresses } from './addresses.ts';
import { buildLab, type Lab } from './lab.ts';
import * as orders from './probe/orders.ts';

let lab: Lab;
let prober: orders.Prober;

beforeAll(async () => {
  lab = await buildLab();
  prober = await orders.startProber(lab);
  console.log(`lab built in ${Math.round(lab.buildMs)} ms`);
});
afterAll(async () => {
  await lab.close();
});

const udp = (address: string, port: number, payload: string, waitMs = 600): Promise<orders.Look> =>
  prober.look({ kind: 'udp', address, port, payload, waitMs });
const tcp = (address: string, port: number, text: string): Promise<orders.Look> =>
  prober.look({ kind: 'tcp', address, port, payload: Buffer.from(text).toString('hex'), waitMs: 600 });

function addressOf(name: string): string {
  const found = lab.world.names[name]?.v4[0];
  if (found === undefined) throw new Error(`The world has no ${name}.`);
  return found;
}

describe('the world on an open network', () => {
  it('names every host honestly, late at public resolvers and at once at the ISP', async () => {
    const query = orders.nameQuery('web.telegram.org');
    const foreign = await udp('8.8.8.8', 53, query);
    const own = await udp(addresses.ispLan.v4, 53, query);
    expect(foreign.replies.map(({ hex }) => orders.nameAnswer(hex))).toEqual(['0 149.154.167.99']);
    expect(own.replies.map(({ hex }) => orders.nameAnswer(hex))).toEqual(['0 149.154.167.99']);
    expect(foreign.replies[0]?.afterMs).toBeGreaterThanOrEqual(14);
    const unknown = await udp('9.9.9.9', 53, orders.nameQuery('nothing.example'));
    expect(unknown.replies.map(({ hex }) => orders.nameAnswer(hex))).toEqual(['3']);
  });

  it("answers TLS with a certificate that the lab's root vouches for", async () => {
    const name = 'chat.signal.org';
    const good = await prober.look({ kind: 'tls', address: addressOf(name), name, waitMs: 1000 });
    expect(good.end).toBe('secure');
    const wrong = await prober.look({ kind: 'tls', address: addressOf(name), name: 'other.example', waitMs: 1000 });
    expect(wrong.end).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
  });

  it("speaks plain HTTP at Telegram's data centres on 80 and on 443", async () => {
    for (const port of [80, 443]) {
      const { replies } = await tcp('149.154.167.51', port, 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n');
      expect(Buffer.from(replies[0]?.hex ?? '', 'hex').toString()).toMatch(/^HTTP\/1\.1 404 /);
    }
  });

  it('answers STUN with XOR-MAPPED-ADDRESS, and RFC 3489 only where it is known to', async () => {
    const google = await udp('74.125.250.129', 19302, orders.bindingRequest('modern'));
    expect(google.replies[0]?.hex).toMatch(/^0101.{36}00200008/);
    const classic = await udp('74.125.250.129', 19302, orders.bindingRequest('classic'));
    expect(classic.replies[0]?.hex).toMatch(/^0101.{36}00010008/);
    const cloudflare = await udp('162.159.207.0', 3478, orders.bindingRequest('classic'));
    expect(cloudflare.end).toBe('silent');
  });

  it('names the address in the old attribute at Meta', async () => {
    const { replies } = await udp(addressOf('stun.fbsbx.com'), 3478, orders.bindingRequest('modern'));
    expect(replies[0]?.hex).toMatch(/^0101.{36}00010008/);
  });

  it('refuses an Allocate with 401 and the realm of the service', async () => {
    const telegram = await udp('91.108.9.35', 1400, orders.allocateRequest);
    const text = Buffer.from(telegram.replies[0]?.hex ?? '', 'hex').toString('latin1');
    expect(text).toContain('telegram.org');
    expect(telegram.replies[0]?.hex).toMatch(/^0113/);
  });

  it("answers an Allocate at Teams in Microsoft's dialect only", async () => {
    const relay = addressOf('worldaz.tr.teams.microsoft.com');
    expect((await udp(relay, 3478, orders.allocateRequest)).end).toBe('silent');
    const { replies } = await udp(relay, 3478, orders.msAllocateRequest);
    expect(replies[0]?.hex).toMatch(/^0113.{36}000f000472c64bc6/);
  });

  it('is silent where nothing lives and where strangers are not answered', async () => {
    expect((await udp('157.240.1.51', 3478, orders.bindingRequest('modern'))).end).toBe('silent'); // WhatsApp relay
    expect((await udp('74.125.250.1', 3478, orders.bindingRequest('modern'))).end).toBe('silent'); // Meet's SFU
    expect((await udp('149.154.167.99', 3478, orders.bindingRequest('modern'))).end).toBe('silent'); // closed port
    expect((await tcp('149.154.160.7', 443, '')).end).toBe('silent');
  });

  it('tells the time', async () => {
    const { replies } = await udp('162.159.200.1', 123, `e3${'00'.repeat(47)}`);
    const seconds = Buffer.from(replies[0]?.hex ?? '', 'hex').readUInt32BE(40) - 2_208_988_800;
    expect(Math.abs(seconds - Date.now() / 1000)).toBeLessThan(5);
  });

  it('is reached over IPv6 as well', async () => {
    const name = 'web.whatsapp.com';
    const address = lab.world.names[name]?.v6[0] ?? '';
    expect((await prober.look({ kind: 'tls', address, name, waitMs: 1000 })).end).toBe('secure');
  });
});

describe('a world whose operators change something', () => {
  it('drops names for every resolver, and shows the foreign certificate at the right hosts only', async () => {
    const [gone, foreign, other] = ['kakao.com', 'chat.signal.org', 'zoom.us'];
    const ask = async (resolver: string): Promise<(string | undefined)[]> => {
      const { replies } = await udp(resolver, 53, orders.nameQuery(gone));
      return replies.map(({ hex }) => orders.nameAnswer(hex));
    };
    const handshake = async (address: string, name: string): Promise<string | undefined> =>
      (await prober.look({ kind: 'tls', address, name, waitMs: 1000 })).end;
    await lab.flip({}, { gone: [gone], foreign: ['signal.org'], down: ['time.cloudflare.com'] });
    expect([await ask('8.8.8.8'), await ask(addresses.ispLan.v4)]).toEqual([['3'], ['3']]);
    expect(await handshake(addressOf(foreign), foreign)).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
    expect(await handshake(addressOf(other), foreign)).toBe('secure');
    expect((await tcp('162.159.200.1', 443, '')).end).toBe('silent');

    await lab.flip({});
    expect(await ask('8.8.8.8')).toEqual([`0 ${addressOf(gone)}`]);
    expect(await handshake(addressOf(foreign), foreign)).toBe('secure');
  });
});
