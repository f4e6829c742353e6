import { describe, expect, it } from 'vitest';
import { concludeOwnServer, type KnockedDoor } from '../../../electron/servers/probe/own-server.ts';

type Told = Partial<Record<KnockedDoor['what'], KnockedDoor['result']>>;
const doors = (told: Told): KnockedDoor[] =>
  Object.entries(told).map(([what, result]) => ({
    ...{ what: what as KnockedDoor['what'], transport: 'tcp' as const, port: 1, result, rttMs: null },
  }));

describe('what the doors of one’s own server mean', () => {
  it.each<[string, Told]>([
    ['ready', { ssh: 'silent', wireguard: 'answers', openvpn: 'answers' }],
    ['ready', { wireguard: 'answers', relay: 'silent' }],
    ['ready', { openvpn: 'answers' }],
    ['only-tcp', { wireguard: 'silent', openvpn: 'answers' }],
    ['only-udp', { wireguard: 'answers', openvpn: 'closed' }],
    ['not-set-up', { ssh: 'answers', wireguard: 'silent', openvpn: 'silent' }],
    ['not-set-up', { ssh: 'closed', openvpn: 'silent' }],
    ['silent', { ssh: 'silent', wireguard: 'silent', openvpn: 'silent' }],
    ['silent', { ssh: 'unreachable', openvpn: 'unreachable' }],
  ])('is %s for one that was made here with %o', (conclusion, told) => {
    expect(concludeOwnServer(doors(told), true)).toBe(conclusion);
  });

  it.each<[string, Told]>([
    ['reachable', { ssh: 'answers', web: 'silent', udp: 'silent' }],
    ['reachable', { ssh: 'silent', web: 'silent', udp: 'closed' }],
    ['silent', { ssh: 'silent', web: 'silent', udp: 'silent' }],
  ])('is %s for one that is not set up with %o', (conclusion, told) => {
    expect(concludeOwnServer(doors(told), false)).toBe(conclusion);
  });
});
