import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startFlows, type FlowPlace } from '../../../electron/check/gather/flows.ts';
import type { FlowProbe } from '../../../electron/check/probe.ts';
import { fakeNet } from '../fake-net.ts';
import { fakeSession } from '../fake-session.ts';
import { answerBinding, isSound } from '../stun-server.ts';

type Filter = (packet: { bytes: Uint8Array; to: string; socket: number; count: number }) => boolean;

const place = (service: string | null, address: string, series = true): FlowPlace => ({
  service,
  target: service === null ? `stun.${address}` : address,
  address,
  port: 3478,
  series,
});

/** What is gathered when these places are offered one after the other, and how many packets each address gets. */
async function gathered(places: FlowPlace[], filter: Filter = () => true) {
  const counts: number[] = [];
  const packets: Record<string, number> = {};
  const net = fakeNet({
    onDatagram({ address }, bytes, reply, _, socket) {
      packets[address] = (packets[address] ?? 0) + 1;
      const count = (counts[socket] = (counts[socket] ?? 0) + 1);
      const passes = filter({ bytes, to: address, socket, count });
      const answer = answerBinding(bytes);
      if (answer && passes) reply(answer);
    },
  });
  const seen: FlowProbe[] = [];
  const board = startFlows(fakeSession(net), seen);
  places.forEach((each) => board.offer(each));
  const running = board.finish();
  await vi.advanceTimersByTimeAsync(30_000);
  await running;
  const flows = seen.map(({ address, load, everyMs, outcome }) => `${address} ${load} ${everyMs} ${outcome.kind}`);
  return { flows: flows.toSorted(), packets, board, seen };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const large = [place(null, '1.1.1.1'), place(null, '2.2.2.2')];

describe('startFlows', () => {
  it('sends each server one flow with sound and one second of a call, and no more than 66 packets', async () => {
    const { flows, packets } = await gathered([...large, place('telegram', '3.3.3.3')]);
    expect(flows).toEqual(
      ['1.1.1.1', '2.2.2.2', '3.3.3.3'].flatMap((one) => [`${one} bindings 20 answered`, `${one} rtp 20 answered`]),
    );
    expect(Math.max(...Object.values(packets))).toBeLessThanOrEqual(66);
  });

  it('troubles one small operator only, with fourteen packets', async () => {
    const small = ['4.4.4.4', '5.5.5.5'].map((address) => place(null, address, false));
    const { flows, packets } = await gathered(small);
    expect(flows).toEqual(['4.4.4.4 rtp 20 answered']);
    expect(packets).toEqual({ '4.4.4.4': 13 });
  });

  it('runs three series at most, whatever answers', async () => {
    const services = ['a', 'b', 'c', 'd'].map((id, index) => place(id, `9.9.9.${index}`));
    const { flows } = await gathered([...large, ...services]);
    expect(flows.filter((flow) => flow.includes('bindings')).length).toBe(3);
    expect(flows.filter((flow) => flow.includes('rtp')).length).toBe(6);
  });

  it('repeats a series that is cut, at another address of the service', async () => {
    const places = [...large, place('telegram', '3.3.3.3'), place('telegram', '3.3.3.4')];
    const { flows } = await gathered(places, ({ to, count }) => !to.startsWith('3.') || count <= 20);
    expect(flows.filter((flow) => flow.startsWith('3.'))).toEqual([
      '3.3.3.3 bindings 20 cut',
      '3.3.3.3 rtp 20 answered',
      '3.3.3.4 bindings 20 cut',
    ]);
  });

  it('repeats a flow that sound has cut, beside one with noise at the same place', async () => {
    const cut = new Set<number>();
    const { flows } = await gathered([place('telegram', '3.3.3.3', false)], ({ bytes, socket }) => {
      if (isSound(bytes)) cut.add(socket);
      return !cut.has(socket);
    });
    expect(flows).toEqual(['3.3.3.3 noise 20 answered', '3.3.3.3 rtp 20 cut', '3.3.3.3 rtp 20 cut']);
  });

  it('looks again, slowly and beside neutral servers, where a service loses more than they do', async () => {
    let packet = 0;
    const { flows } = await gathered(
      [...large, place('telegram', '3.3.3.3')],
      ({ to }) => to !== '3.3.3.3' || (packet += 1) % 3 !== 0,
    );
    expect(flows.filter((flow) => flow.includes(' 100 '))).toEqual(
      ['1.1.1.1', '2.2.2.2', '3.3.3.3'].map((one) => `${one} bindings 100 answered`),
    );
  });

  it('looks again as well where so much is lost that a series did not begin, and waits for no first answer then', async () => {
    const { flows, packets } = await gathered([...large, place('telegram', '3.3.3.3')], ({ to, bytes }) => {
      return to !== '3.3.3.3' || bytes.length > 20;
    });
    expect(flows.filter((flow) => flow.startsWith('3.'))).toEqual([
      '3.3.3.3 bindings 100 cut',
      '3.3.3.3 bindings 20 silent',
      '3.3.3.3 bindings 20 silent',
      '3.3.3.3 rtp 20 silent',
    ]);
    expect(packets['3.3.3.3']).toBeLessThanOrEqual(2 * 66);
  });

  it('takes no offers once it waits for the end', async () => {
    const { board, seen } = await gathered(large);
    board.offer(place('telegram', '3.3.3.3'));
    await vi.advanceTimersByTimeAsync(5000);
    expect(seen.some(({ service }) => service === 'telegram')).toBe(false);
  });
});
