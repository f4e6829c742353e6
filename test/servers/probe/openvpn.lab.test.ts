import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseClientKeyV2, parseStaticKey } from '../../../electron/check/packet/openvpn-key.ts';
import { tlsAuthDigests, type Wrapping } from '../../../electron/check/packet/openvpn-wrap.ts';
import { nodeNet } from '../../../electron/servers/probe/node-net.ts';
import { probeOpenVpn } from '../../../electron/servers/probe/openvpn.ts';
import {
  bringLoopbackUp,
  makeOpenVpnKeys,
  startOpenVpn,
  whyNoRealServers,
  type OpenVpnKeys,
  type Running,
} from './real-servers.ts';

const why = whyNoRealServers();
const transports = ['udp', 'tcp'] as const;

interface Server {
  name: string;
  lines: string[];
  wrapping: (keys: OpenVpnKeys) => Wrapping;
}

const tlsAuth = (digest: (typeof tlsAuthDigests)[number], direction?: 0 | 1): Server => ({
  name: `tls-auth ${digest} ${direction ?? 'both'}`,
  lines: [`auth ${digest}`, `tls-auth static.key${direction === undefined ? '' : ` ${1 - direction}`}`],
  wrapping: ({ staticKey }) => ({
    kind: 'tls-auth',
    key: parseStaticKey(staticKey),
    digest,
    ...(direction !== undefined && { direction }),
  }),
});

const servers: Server[] = [
  { name: 'none', lines: [], wrapping: () => ({ kind: 'none' }) },
  ...tlsAuthDigests.map((digest) => tlsAuth(digest, 1)),
  tlsAuth('SHA1'),
  tlsAuth('SHA512', 0),
  {
    name: 'tls-crypt',
    lines: ['tls-crypt static.key'],
    wrapping: ({ staticKey }) => ({ kind: 'tls-crypt', key: parseStaticKey(staticKey) }),
  },
  {
    name: 'tls-crypt-v2',
    lines: ['tls-crypt-v2 v2-server.key'],
    wrapping: ({ clientKeyV2 }) => ({ kind: 'tls-crypt-v2', ...parseClientKeyV2(clientKeyV2) }),
  },
];

describe.skipIf(why !== undefined)(`probing real OpenVPN${why === undefined ? '' : ` (skipped: ${why})`}`, () => {
  const address = '127.0.0.1';
  const probe = (port: number, transport: 'udp' | 'tcp', wrapping: Wrapping, plan = {}) =>
    probeOpenVpn({ address, port, transport, wrapping }, { net: nodeNet, plan });
  let keys: OpenVpnKeys;
  const running: Running[] = [];
  const portOf = (at: number): number => 2100 + at;

  beforeAll(async () => {
    bringLoopbackUp();
    keys = makeOpenVpnKeys();
    // One after the other, so that those which run are stopped when one does not start.
    for (const [at, { lines }] of servers.entries())
      for (const transport of transports) running.push(await startOpenVpn(keys, portOf(at), transport, lines));
  }, 30_000);
  afterAll(async () => {
    await Promise.all(running.map((server) => server.stop()));
    keys.remove();
  });

  const cases = servers.flatMap((server, at) => transports.map((transport) => ({ ...server, transport, at })));

  // Retried, since a busy machine may be late with an answer.
  it.each(cases)(
    '$name over $transport answers the right key, three times',
    { retry: 2 },
    async ({ at, transport, wrapping }) => {
      const { outcome, rttsMs } = await probe(portOf(at), transport, wrapping(keys), { enough: 3 });
      expect(outcome.kind).toBe('answered');
      expect(rttsMs).toHaveLength(3);
    },
  );

  it('a wrong direction, a wrong key and a missing key are silence over UDP', async () => {
    const at = servers.findIndex(({ name }) => name === 'tls-auth SHA1 1');
    const key = parseStaticKey(keys.staticKey);
    const wrong: Wrapping[] = [
      { kind: 'none' },
      { kind: 'tls-auth', key, digest: 'SHA1', direction: 0 },
      { kind: 'tls-auth', key: key.toReversed(), digest: 'SHA1', direction: 1 },
      { kind: 'tls-auth', key, digest: 'SHA512', direction: 1 },
      { kind: 'tls-crypt', key },
    ];
    const outcomes = await Promise.all(wrong.map((wrapping) => probe(portOf(at), 'udp', wrapping)));
    expect(outcomes.map(({ outcome }) => outcome.kind)).toEqual(wrong.map(() => 'silent'));
  });

  it('a wrong key over TCP is cut off', async () => {
    const at = servers.findIndex(({ name }) => name === 'tls-crypt');
    const { outcome } = await probe(portOf(at), 'tcp', { kind: 'none' });
    expect(outcome).toEqual({ kind: 'reset' });
  });

  it.each(transports)('a closed port is refused over %s', async (transport) => {
    expect((await probe(2999, transport, { kind: 'none' })).outcome).toEqual({ kind: 'refused' });
  });
});
