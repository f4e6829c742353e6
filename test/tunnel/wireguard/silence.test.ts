import { describe, expect, it } from 'vitest';
import { isSilent, parseColumns, type Reading } from '../../../electron/tunnel/wireguard/silence.ts';

const handshakeMs = Date.UTC(2026, 10, 24, 12);
const reading: Reading = { handshakeMs, receivedBytes: 5000, sentBytes: 9000, keepaliveMs: 0 };
const after = (seconds: number): number => handshakeMs + seconds * 1000;

describe('a WireGuard server is silent', () => {
  it('never while its session is valid, whatever was sent', () => {
    expect(isSilent(after(180), { ...reading, sentBytes: 1e6 }, reading)).toBe(false);
    expect(isSilent(after(-3600), { ...reading, sentBytes: 1e6 }, reading)).toBe(false);
  });

  it('not because a tunnel without traffic made no handshake', () => {
    expect(isSilent(after(86_400), reading, undefined)).toBe(false);
    expect(isSilent(after(86_400), reading, reading)).toBe(false);
    expect(isSilent(after(86_400), { ...reading, sentBytes: 9148 }, reading)).toBe(false);
  });

  it('when the session has run out and two initiations got no answer', () => {
    expect(isSilent(after(181), { ...reading, sentBytes: 9296 }, reading)).toBe(true);
  });

  it.each([
    ['a newer handshake', { handshakeMs: after(-400) }],
    ['other bytes from the server', { receivedBytes: 4900 }],
  ])('not when there were %s in between', (_, change) => {
    expect(isSilent(after(200), { ...reading, sentBytes: 9900 }, { ...reading, ...change })).toBe(false);
  });

  it('when packets are sent in any case and yet there was no handshake', () => {
    const kept = { ...reading, keepaliveMs: 25_000 };
    expect(isSilent(after(204), kept, undefined)).toBe(false);
    expect(isSilent(after(206), kept, undefined)).toBe(true);
  });
});

it('reads the columns of wg(8), with "off" as 0', () => {
  expect(parseColumns('key=\t12\t34\nother=\toff\n')).toEqual([[12, 34], [0]]);
  expect(parseColumns('')).toEqual([]);
});
