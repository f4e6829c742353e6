import { describe, expect, it } from 'vitest';
import { frame } from '../../../electron/check/packet/openvpn-frame.ts';
import { probeOpenVpn } from '../../../electron/servers/probe/openvpn.ts';
import type { Plan } from '../../../electron/servers/probe/outcome.ts';
import { createSimulatedNet, type Far, type Hosts } from './simulated-net.ts';

const address = { address: '192.0.2.7', port: 1194 };
const udp = (host: Hosts[string]): Hosts => ({ 'udp 192.0.2.7:1194': host });
const tcp = (host: Hosts[string]): Hosts => ({ 'tcp 192.0.2.7:1194': host });

async function probe(transport: 'udp' | 'tcp', hosts: Hosts, plan: Partial<Plan> = {}) {
  const net = createSimulatedNet(hosts);
  const begun = probeOpenVpn({ ...address, transport, wrapping: { kind: 'none' } }, { net, plan });
  const measured = await net.run(begun);
  expect(net.openSockets()).toBe(0);
  return { net, ...measured };
}

/** The answer of a server without wrapping to the reset whose session id stands at 1. */
const answerTo = (reset: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from('4022222222222222220100000000', 'hex'), reset.subarray(1, 9), Buffer.alloc(4)]);

const onDatagram = (bytes: Uint8Array, far: Far): void => {
  far.reply(answerTo(bytes), 30);
};
const onData = (bytes: Uint8Array, far: Far): void => {
  far.reply(frame(answerTo(bytes.subarray(2))), 30);
};

describe('an OpenVPN probe over UDP', () => {
  it('is answered by a server that acknowledges its session', async () => {
    expect((await probe('udp', udp({ onDatagram }))).outcome).toEqual({ kind: 'answered', rttMs: 30 });
  });

  it('uses a session id of its own for every try', async () => {
    const { net, outcome } = await probe('udp', {});
    expect(outcome).toEqual({ kind: 'silent', sent: 3, waitedMs: 2500 });
    expect(new Set(net.sent.map(({ bytes }) => Buffer.from(bytes).toString('hex'))).size).toBe(3);
  });

  it('does not take an answer to somebody else for its own', async () => {
    const other = (_: Uint8Array, far: Far): void => far.reply(answerTo(Buffer.alloc(14)), 30);
    expect((await probe('udp', udp({ onDatagram: other }))).outcome.kind).toBe('silent');
  });

  it('is refused by ICMP, and unreachable without a route', async () => {
    expect((await probe('udp', udp({ failure: 'refused', afterMs: 9 }))).outcome).toEqual({ kind: 'refused' });
    const { outcome } = await probe('udp', udp({ failure: 'no-route', afterMs: 0 }));
    expect(outcome).toEqual({ kind: 'unreachable', why: 'no-route' });
  });
});

describe('an OpenVPN probe over TCP', () => {
  it('times the question, not the connecting', async () => {
    const { outcome } = await probe('tcp', tcp({ connectMs: 80, onData }));
    expect(outcome).toEqual({ kind: 'answered', rttMs: 30 });
  });

  it('reads an answer that comes byte by byte', async () => {
    const slowly = (bytes: Uint8Array, far: Far): void => {
      frame(answerTo(bytes.subarray(2))).forEach((byte, at) => {
        far.reply(Uint8Array.of(byte), 30 + at);
      });
    };
    const { outcome } = await probe('tcp', tcp({ connectMs: 80, onData: slowly }));
    expect(outcome).toEqual({ kind: 'answered', rttMs: 57 });
  });

  it('is refused, or reset by a cut before, a close after, or an answer in another protocol', async () => {
    const outcomes = [
      tcp({ failure: 'refused', afterMs: 20 }),
      tcp({ failure: 'reset', afterMs: 20 }),
      tcp({ connectMs: 5, onData: (_, far) => far.end(9) }),
      tcp({ connectMs: 5, onData: (_, far) => far.fail('reset', 9) }),
      tcp({ connectMs: 5, onData: (_, far) => far.reply(Buffer.from('HTTP/1.1 400 Bad Request\r\n'), 9) }),
    ].map(async (hosts) => (await probe('tcp', hosts)).outcome.kind);
    expect(await Promise.all(outcomes)).toEqual(['refused', 'reset', 'reset', 'reset', 'reset']);
  });

  it('says of silence whether the connection stood, and sends one reset a connection', async () => {
    const mute = await probe('tcp', tcp({ connectMs: 5 }));
    expect(mute.outcome).toEqual({ kind: 'silent', sent: 1, waitedMs: 2500, connected: true });
    expect(mute.net.sent.filter(({ bytes }) => bytes.length > 0)).toHaveLength(1);
    const gone = await probe('tcp', {});
    expect(gone.outcome).toEqual({ kind: 'silent', sent: 1, waitedMs: 2500, connected: false });
    const tired = await probe('tcp', tcp({ failure: 'timeout', afterMs: 2000 }));
    expect(tired.outcome).toEqual({ kind: 'silent', sent: 1, waitedMs: 2000, connected: false });
  });

  it('measures several connections one after the other', async () => {
    const { net, tries, rttsMs } = await probe('tcp', tcp({ connectMs: 5, onData }), { enough: 3 });
    expect({ tries, rttsMs }).toEqual({ tries: 3, rttsMs: [30, 30, 30] });
    expect(net.mostOpenSockets()).toBe(1);
  });
});

it('a name is no address', async () => {
  const net = createSimulatedNet({});
  const begun = probeOpenVpn(
    { address: 'vpn.example', port: 1, transport: 'udp', wrapping: { kind: 'none' } },
    { net },
  );
  await expect(begun).rejects.toMatchObject({ code: 'address-invalid' });
});
