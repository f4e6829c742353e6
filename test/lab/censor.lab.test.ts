import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addresses } from './addresses.ts';
import type { Censor, NameRule } from './censor/censor.ts';
import { buildLab, type Lab } from './lab.ts';
import * as orders from './probe/orders.ts';

let lab: Lab;
let prober: orders.Prober;

beforeAll(async () => {
  lab = await buildLab();
  prober = await orders.startProber(lab);
});
afterAll(async () => {
  await lab.close();
});

/** Answers come within milliseconds here, on a busy machine within some more. */
const silenceMs = 800;
const telegramRelay = '91.108.9.35';
const googleStun = '74.125.250.129';
const wireguardInitiation = `01000000${'00'.repeat(144)}`;
const openvpnReset = `38${'00'.repeat(13)}`;

async function udp(address: string, port: number, payload: string): Promise<string> {
  return (await prober.look({ kind: 'udp', address, port, payload, waitMs: silenceMs })).end;
}
async function names(resolver: string, name: string, type: 'A' | 'AAAA' = 'A'): Promise<string[]> {
  const payload = orders.nameQuery(name, type);
  const { replies } = await prober.look({ kind: 'udp', address: resolver, port: 53, payload, waitMs: silenceMs });
  return replies.map(({ hex }) => orders.nameAnswer(hex));
}
async function tls(name: string): Promise<string> {
  const address = lab.world.names[name]?.v4[0] ?? '';
  return (await prober.look({ kind: 'tls', address, name, waitMs: silenceMs })).end;
}
async function tls6(name: string): Promise<string> {
  const address = lab.world.names[name]?.v6[0] ?? '';
  return (await prober.look({ kind: 'tls', address, name, waitMs: silenceMs })).end;
}
const tcpEnd = async (address: string, port: number, payload = ''): Promise<string> =>
  (await prober.look({ kind: 'tcp', address, port, payload, waitMs: silenceMs })).end;
async function http(address: string, host: string): Promise<string> {
  const payload = Buffer.from(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`).toString('hex');
  const { replies } = await prober.look({ kind: 'tcp', address, port: 80, payload, waitMs: silenceMs });
  return Buffer.from(replies[0]?.hex ?? '', 'hex').toString('latin1');
}
const stun = (address: string, port: number): Promise<string> => udp(address, port, orders.bindingRequest('modern'));

/** A censor bites only if the same look sees something else on an open network. */
async function bites<T>(censor: Censor, look: () => Promise<T>, open: T, censored: T): Promise<void> {
  await lab.flip({});
  expect(await look(), 'on an open network').toEqual(open);
  await lab.flip(censor);
  expect(await look(), 'under the censor').toEqual(censored);
}

describe('packets', () => {
  it('drops STUN by its cookie on any port, and lets older STUN and other UDP pass', async () => {
    const censor: Censor = { packets: [{ drop: 'stun-cookie' }] };
    const look = (): Promise<string[]> =>
      Promise.all([
        stun(telegramRelay, 1400),
        stun('162.159.207.0', 53),
        udp(telegramRelay, 1400, orders.allocateRequest),
        udp(googleStun, 19302, orders.bindingRequest('classic')),
        udp('8.8.8.8', 53, orders.nameQuery('t.me')),
      ]);
    await bites(
      censor,
      look,
      ['answered', 'answered', 'answered', 'answered', 'answered'],
      ['silent', 'silent', 'silent', 'answered', 'answered'],
    );
  });

  it('drops all UDP but the questions to its own resolver', async () => {
    const look = (): Promise<string[]> =>
      Promise.all([
        stun(googleStun, 19302),
        udp('8.8.8.8', 53, orders.nameQuery('t.me')),
        udp(addresses.ispLan.v4, 53, orders.nameQuery('t.me')),
        tls('web.whatsapp.com'),
      ]);
    await bites(
      { packets: [{ drop: 'udp' }] },
      look,
      ['answered', 'answered', 'answered', 'secure'],
      ['silent', 'silent', 'answered', 'secure'],
    );
  });

  it('drops UDP by port', async () => {
    const look = (): Promise<string[]> => Promise.all([stun('162.159.207.0', 3478), stun('162.159.207.0', 53)]);
    const censor: Censor = { packets: [{ drop: 'udp', ports: [3478, [3480, 3481]] }] };
    await bites(censor, look, ['answered', 'answered'], ['silent', 'answered']);
  });

  it('drops or refuses by range of addresses', async () => {
    const look = (): Promise<string[]> =>
      Promise.all([stun(telegramRelay, 1400), tcpEnd('149.154.167.51', 443), stun(googleStun, 19302)]);
    const cidrs = ['91.108.8.0/22', '149.154.160.0/20'];
    const open = ['answered', 'open', 'answered'];
    await bites({ packets: [{ drop: 'prefix', cidrs, transport: 'udp' }] }, look, open, ['silent', 'open', 'answered']);
    const reset: Censor = { packets: [{ drop: 'prefix', cidrs, transport: 'tcp', how: 'reset' }] };
    await bites(reset, look, open, ['answered', 'ECONNREFUSED', 'answered']);
    const icmp: Censor = { packets: [{ drop: 'prefix', cidrs, transport: 'any', how: 'icmp' }] };
    await bites(icmp, look, open, ['EHOSTUNREACH', 'EHOSTUNREACH', 'answered']);
  });

  it("drops WireGuard's and OpenVPN's first messages and nothing like them", async () => {
    const censor: Censor = {
      packets: [{ drop: 'wireguard' }, { drop: 'openvpn', transport: 'udp' }, { drop: 'openvpn', transport: 'tcp' }],
    };
    await lab.flip(censor);
    const capture = await lab.capture('isp', 'wan');
    await udp(addresses.vpn.v4, 51820, wireguardInitiation);
    await udp(addresses.vpn.v4, 51820, `02${wireguardInitiation.slice(2)}`);
    await udp(addresses.vpn.v4, 1194, openvpnReset);
    await udp(addresses.vpn.v4, 1194, `48${openvpnReset.slice(2)}`);
    const tcpReset = `000e${openvpnReset}`;
    const refused = await tcpEnd(addresses.vpn.v4, 443, tcpReset);
    const passed = (await capture.stop()).flatMap((packet) =>
      packet.kind === 'ip' && packet.protocol === 'udp' ? [packet.payload.toString('hex', 0, 1)] : [],
    );
    expect(passed).toEqual(['02', '48']);
    expect(refused).toBe('ECONNRESET');
    await lab.flip({});
    expect(await tcpEnd(addresses.vpn.v4, 443, tcpReset)).not.toBe('ECONNRESET');
  });

  it('carries no IPv6 where it is broken, and IPv4 as before', async () => {
    const look = (): Promise<string[]> => Promise.all([tls6('web.whatsapp.com'), tls('web.whatsapp.com')]);
    await bites({ packets: [{ drop: 'ipv6' }] }, look, ['secure', 'secure'], ['silent', 'secure']);
  });

  it('drops everything, its own resolver included', async () => {
    const look = (): Promise<string[]> =>
      Promise.all([
        udp(addresses.ispLan.v4, 53, orders.nameQuery('t.me')),
        tls('web.whatsapp.com'),
        tls6('web.whatsapp.com'),
        stun(googleStun, 19302),
      ]);
    await bites(
      { packets: [{ drop: 'everything' }] },
      look,
      ['answered', 'secure', 'secure', 'answered'],
      ['silent', 'silent', 'silent', 'silent'],
    );
  });
});

describe('names', () => {
  const cases: { answer: NameRule['answer']; said: string[] }[] = [
    { answer: 'nxdomain', said: ['3'] },
    { answer: 'empty', said: ['0'] },
    { answer: 'servfail', said: ['2'] },
    { answer: 'refused', said: ['5'] },
    { answer: 'silence', said: [] },
    { answer: { v4: ['10.10.34.35'], v6: [] }, said: ['0 10.10.34.35'] },
  ];
  it.each(cases)('answers $answer where it is told to', async ({ answer, said }) => {
    const look = async (): Promise<string[][]> => [
      await names(addresses.ispLan.v4, 'web.telegram.org'),
      await names(addresses.ispLan.v4, 't.me'),
    ];
    await lab.flip({});
    const open = await look();
    expect(open[0]).toEqual(['0 149.154.167.99']);
    await lab.flip({ names: [{ names: ['telegram.org'], answer }] });
    expect(await look()).toEqual([said, open[1]]);
  });

  it('lies about one family only', async () => {
    await lab.flip({ names: [{ names: ['web.telegram.org'], family: 'AAAA', answer: 'nxdomain' }] });
    expect(await names(addresses.ispLan.v4, 'web.telegram.org')).toEqual(['0 149.154.167.99']);
    expect(await names(addresses.ispLan.v4, 'web.telegram.org', 'AAAA')).toEqual(['3']);
  });

  it('answers in the name of any other resolver, even one that does not exist', async () => {
    const censor: Censor = { hijackResolvers: true, names: [{ names: ['telegram.org'], answer: 'nxdomain' }] };
    const look = (): Promise<string[][]> =>
      Promise.all([names('8.8.8.8', 'web.telegram.org'), names('8.8.8.99', 'web.telegram.org')]);
    await bites(censor, look, [['0 149.154.167.99'], []], [['3'], ['3']]);
  });

  it('injects an answer before the true one, which still comes', async () => {
    const censor: Censor = { inject: { names: ['telegram.org'], answer: { v4: ['10.10.34.35'], v6: [] } } };
    const look = async (): Promise<(string[] | number)[]> => [
      await names('8.8.8.8', 'web.telegram.org'),
      (await names('9.9.9.9', 't.me')).length,
    ];
    await bites(censor, look, [['0 149.154.167.99'], 1], [['0 10.10.34.35', '0 149.154.167.99'], 1]);
  });
});

describe('web', () => {
  it.each([
    ['reset', 'ECONNRESET'],
    ['silence', 'silent'],
    ['mitm', 'SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT_LOCALLY'],
    ['fin', 'ECONNRESET|ended'],
  ] as const)('%s: where the server name is on the list, in both families', async (action, end) => {
    await lab.flip({});
    expect(await tls('chat.signal.org')).toBe('secure');
    await lab.flip({ web: [{ match: 'sni', names: ['signal.org'], action }] });
    expect(await tls('chat.signal.org')).toMatch(new RegExp(`^(${end})$`));
    expect(await tls6('chat.signal.org')).toMatch(new RegExp(`^(${end})$`));
    expect(await tls('zoom.us')).toBe('secure');
  });

  it('looks at the name, not at the address', async () => {
    await lab.flip({ web: [{ match: 'sni', names: ['signal.org'], action: 'reset' }] });
    const address = lab.world.names['zoom.us']?.v4[0] ?? '';
    const look = await prober.look({ kind: 'tls', address, name: 'chat.signal.org', waitMs: silenceMs });
    expect(look.end).toBe('ECONNRESET');
  });

  it('answers plain HTTP with a block page by Host', async () => {
    const look = async (): Promise<string[]> =>
      Promise.all([
        http('149.154.167.51', '149.154.167.51').then((text) => text.slice(9, 12)),
        http(lab.world.names['zoom.us']?.v4[0] ?? '', 'zoom.us').then((text) => text.slice(9, 12)),
      ]);
    const censor: Censor = { web: [{ match: 'host', names: ['149.154.167.51'], action: 'page' }] };
    await bites(censor, look, ['404', '200'], ['302', '200']);
  });
});

describe('the whole line', () => {
  it('lets nobody out of a captive portal but to its log-in page', async () => {
    const look = async (): Promise<string[]> => [
      (await http(lab.world.names['captive.apple.com']?.v4[0] ?? '', 'captive.apple.com')).slice(9, 12),
      ...(await Promise.all([
        tls('zoom.us'),
        tls6('zoom.us'),
        stun(googleStun, 19302),
        udp('8.8.8.8', 53, orders.nameQuery('t.me')),
      ])),
    ];
    await bites(
      { portal: true },
      look,
      ['200', 'secure', 'secure', 'answered', 'answered'],
      ['302', 'silent', 'silent', 'silent', 'answered'],
    );
  });

  it('delays and loses packets', async () => {
    const look = async (): Promise<{ count: number; fastestMs: number }> => {
      const order = {
        kind: 'udp',
        address: googleStun,
        port: 19302,
        payload: orders.bindingRequest('modern'),
      } as const;
      const looks = await Promise.all(Array.from({ length: 100 }, () => prober.look({ ...order, waitMs: 2000 })));
      const times = looks.flatMap(({ replies }) => replies.map(({ afterMs }) => afterMs));
      return { count: times.length, fastestMs: Math.min(...times) };
    };
    await lab.flip({});
    expect((await look()).count).toBe(100);
    await lab.flip({ path: { delayMs: 40, jitterMs: 0, lossPct: 0 } });
    const delayed = await look();
    expect(delayed.count).toBe(100);
    expect(delayed.fastestMs).toBeGreaterThanOrEqual(79);
    await lab.flip({ path: { delayMs: 0, jitterMs: 0, lossPct: 30 } });
    const lossy = await look();
    expect(lossy.count).toBeGreaterThan(10); // 49 of 100 on average; outside of 10 to 90 once in 10^14 runs
    expect(lossy.count).toBeLessThan(90);
  });

  it('pulls the cable and puts it in again', async () => {
    const look = async (): Promise<string[]> => [await tls('zoom.us'), await tls6('zoom.us')];
    await bites({ unplugged: true }, look, ['secure', 'secure'], ['ENETUNREACH', 'ENETUNREACH']);
    await lab.flip({});
    expect(await look()).toEqual(['secure', 'secure']);
  });
});

describe('a lab that is not what it says', () => {
  it('says so when the kernel rejects the rules', async () => {
    const censor: Censor = { packets: [{ drop: 'udp', ports: [70_000] }] };
    await expect(lab.flip(censor)).rejects.toMatchObject({ code: 'ruleset-rejected' });
  });

  it('fails a capture in which nothing was seen', async () => {
    await lab.flip({});
    const capture = await lab.capture('client', 'lo');
    await expect(capture.stop()).rejects.toMatchObject({ code: 'capture-broken' });
  });

  it('fails everything once a helper is dead', async () => {
    lab.helper('lab-isp').kill();
    await expect(lab.broken).rejects.toMatchObject({ code: 'helper-failed' });
    await expect(lab.flip({})).rejects.toMatchObject({ code: 'helper-failed' });
    await expect(lab.exec('client', ['true'])).rejects.toMatchObject({ code: 'helper-failed' });
  });
});
