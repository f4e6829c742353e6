import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startControls, type ControlBoard } from '../../../electron/check/gather/controls.ts';
import { createNameBook } from '../../../electron/check/gather/names.ts';
import type { TcpStream, TlsStream } from '../../../electron/check/net/net.ts';
import { createDohClient } from '../../../electron/check/probes/doh.ts';
import { succeeded } from '../../../electron/check/probe.ts';
import { fakeNet, muteStream } from '../fake-net.ts';
import { fakeSession } from '../fake-session.ts';
import { catalogue, good } from '../judge/evidence-builder.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const { controls } = catalogue;
const working = controls.tls.at(-1)?.addresses ?? [];

function site(): TcpStream {
  const mute = muteStream();
  const openHttp2 = (): never => {
    throw new Error('nobody asks this site for pages');
  };
  const secure: TlsStream = { ...mute, certificate: good, protocol: null, alpn: null, openHttp2 };
  return { ...mute, startTls: () => Promise.resolve(secure) };
}

/** Controls in a network where only the last neutral site works. */
function board(): ControlBoard {
  const session = fakeSession(
    fakeNet({ onConnect: ({ address }) => (working.includes(address) ? site() : undefined) }),
  );
  const doh = createDohClient(session, []);
  const names = createNameBook(session, { family: 4, doh, publicResolvers: [] });
  return startControls({
    session,
    controls,
    family: 4,
    names,
    doh,
    dohServers: [],
    hasIpv6: false,
    flows: { offer: () => undefined, finish: () => Promise.resolve() },
  });
}

it('asks neutral sites again that worked before, and is done when one works', async () => {
  const controlBoard = board();
  const { evidence } = controlBoard;
  await vi.advanceTimersByTimeAsync(20_000);
  const before = evidence.tls.length;
  expect(evidence.tls.filter(succeeded).map(({ address }) => working.includes(address))).toEqual([true]);

  const done = vi.fn();
  void controlBoard.again().then(done);
  await vi.advanceTimersByTimeAsync(100);
  expect(done).toHaveBeenCalledOnce();
  expect(evidence.tls.slice(before).map((probe) => [working.includes(probe.address), succeeded(probe)])).toEqual([
    [true, true],
  ]);
});
