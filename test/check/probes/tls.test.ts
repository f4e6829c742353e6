import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Net, TcpStream, TlsStream } from '../../../electron/check/net/net.ts';
import { probeTls } from '../../../electron/check/probes/tls.ts';
import { fakeNet, muteStream } from '../fake-net.ts';
import { fakeSession } from '../fake-session.ts';
import { good } from '../judge/evidence-builder.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const lineMs = 50;
const aim = {
  ...{ service: 'zoom', target: 'zoom.example', address: '23.250.9.9', port: 443, serverName: 'zoom.example' },
  ...{ ca: null, signal: new AbortController().signal },
};

/** How much longer than needed the handshake is said to have taken, over a connection that stood after `connectMs`. */
async function extraOf(protocol: string, connectMs: number, handshakeMs: number): Promise<number | undefined> {
  const secure: TlsStream = {
    ...{ ...muteStream(), certificate: good, protocol, alpn: null },
    openHttp2: () => {
      throw new Error('nobody asks for HTTP/2');
    },
  };
  const startTls: TcpStream['startTls'] = () =>
    new Promise((resolve) => setTimeout(() => resolve(secure), handshakeMs));
  const inner = fakeNet({ onConnect: () => ({ ...muteStream(), startTls }) });
  const net: Net = {
    ...inner,
    // The fake network itself takes one millisecond.
    connectTcp: async (remote, signal) => {
      await new Promise((resolve) => setTimeout(resolve, connectMs - 1));
      return inner.connectTcp(remote, signal);
    },
  };
  const session = fakeSession(net);
  for (let count = 0; count < 20; count += 1) session.rtt.add(lineMs);
  const running = probeTls(session, aim);
  await vi.advanceTimersByTimeAsync(20_000);
  const { outcome } = await running;
  return outcome.kind === 'ok' ? outcome.extraMs : undefined;
}

describe('the time of a handshake beyond its round trips', () => {
  it('is counted by the version of TLS', async () => {
    expect(await extraOf('TLSv1.3', lineMs, 3 * lineMs)).toBe(2 * lineMs);
    expect(await extraOf('TLSv1.2', lineMs, 3 * lineMs)).toBe(lineMs);
  });

  it('is none the less for a SYN that was lost before', async () => {
    expect(await extraOf('TLSv1.3', 1000 + lineMs, 3 * lineMs)).toBe(2 * lineMs);
  });
});
