import { setMaxListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { emptySignatures, gatherSignatures } from '../../../electron/check/signature/battery.ts';
import { fakeNet } from '../fake-net.ts';
import { fakeSession } from '../fake-session.ts';
import { allProbes, hasWhatsAppMark, look, rememberingFilter, twoServers } from './bed.ts';
import { shapes } from './shipped.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const place = ({ address, port }: { address: string; port: number }): string => `${address} ${port}`;

describe('the battery', () => {
  it('gives every shape a port of its own at the server, which no other shape and no control gets', async () => {
    const { evidence } = await look(() => false);
    const looks = evidence.services.flatMap(({ exact, variant }) => [...exact, ...(variant ? [variant] : [])]);
    const places = looks.map(({ probe }) => place(probe));
    expect(places).toHaveLength(20);
    expect(new Set(places).size).toBe(places.length);
    const controls = [...evidence.after, ...evidence.services.flatMap(({ twin }) => twin ?? [])].map(place);
    expect(controls.filter((control) => places.includes(control))).toEqual([]);
  });

  it('sends the exact shape of a service to two addresses', async () => {
    const { evidence } = await look(() => false);
    for (const { exact } of evidence.services) expect(new Set(exact.map(({ probe }) => probe.address)).size).toBe(2);
  });

  it('holds a port of its own for every request to the end, so that the system gives none a second time', async () => {
    const { net, sent, evidence } = await look(() => false);
    expect(net.open.mostSockets).toBe(allProbes(evidence).length);
    expect(new Set(sent.map(({ socket }) => socket)).size).toBe(allProbes(evidence).length);
    expect(net.open.udp).toBe(0);
  });

  it('sends a shape only where plain packets were answered before', async () => {
    const mute = { address: '198.51.100.1', port: 4003 };
    const { sent } = await look((packet) => place(packet) === place(mute));
    expect(sent.filter(hasWhatsAppMark)).not.toHaveLength(0);
    const there = sent.filter((packet) => place(packet) === place(mute));
    expect(there.every(({ hex }) => hex.length <= 2 * 28)).toBe(true);
  });

  it('asks with plain packets after silence: the same port, and another one of that address', async () => {
    const { evidence } = await look(rememberingFilter(hasWhatsAppMark));
    const [whatsapp] = evidence.services;
    expect(whatsapp?.exact.map(({ same, other }) => [same?.outcome.kind, other?.outcome.kind])).toEqual([
      ['silent', 'answered'],
      ['silent', 'answered'],
    ]);
    expect(
      whatsapp?.exact.every(({ probe, same, other }) => {
        const elsewhere = other?.address === probe.address && other.port !== probe.port;
        return same && place(same) === place(probe) && elsewhere;
      }),
    ).toBe(true);
  });

  it('asks nothing more where the shape was answered', async () => {
    const { evidence } = await look(() => false);
    const looks = evidence.services.flatMap(({ exact }) => exact);
    expect(looks.every(({ same, other }) => same === null && other === null)).toBe(true);
  });

  it('ends with the reason when it is cancelled, keeps what was seen, and leaves no socket open', async () => {
    const net = fakeNet();
    const controller = new AbortController();
    setMaxListeners(0, controller.signal);
    const evidence = emptySignatures();
    const session = { ...fakeSession(net), signal: controller.signal };
    const running = gatherSignatures(session, twoServers(), shapes, evidence);
    const outcome = running.catch((reason: unknown) => reason);
    await vi.advanceTimersByTimeAsync(500);
    const reason = new Error('the user left');
    controller.abort(reason);
    expect(await outcome).toBe(reason);
    await vi.advanceTimersByTimeAsync(100);
    expect([net.open.udp, evidence.complete]).toEqual([0, false]);
  });
});
