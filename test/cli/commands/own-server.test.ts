import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { OwnServerCheck, OwnServerKit } from '../../../electron/api/schema.ts';
import { sawt } from '../cli-bed.ts';

const kit: OwnServerKit = {
  server: {
    ...{ id: 'o-1', endpoint: '198.51.100.4', createdAt: '2026-11-24T12:00:00.000Z' },
    ...{ protocols: ['wireguard', 'openvpn'], wireguardPort: 4433, openvpnPort: 443 },
    people: [
      { number: 1, revoked: false },
      { number: 2, revoked: true },
    ],
  },
  ...{ folder: '/kit', script: '/kit/server.sh', relay: '/kit/relay.json', files: ['/kit/person-1.conf'] },
  profiles: [],
};
const checked: OwnServerCheck = {
  ...{ host: 'vpn.example.org', address: '198.51.100.4', conclusion: 'only-tcp' },
  doors: [
    { what: 'wireguard', transport: 'udp', port: 4433, result: 'silent', rttMs: null },
    { what: 'openvpn', transport: 'tcp', port: 443, result: 'answers', rttMs: 41.4 },
  ],
};
const handlers = {
  'ownServer.create': () => kit,
  'ownServer.add': () => kit,
  'ownServer.revoke': () => kit,
  'ownServer.list': () => [kit.server],
  'ownServer.check': () => checked,
  'ownServer.remove': () => null,
};

describe('sawt own-server', () => {
  it('makes a server in a folder here, and says what to do with it', async () => {
    const run = await sawt(['own-server', 'new', '--endpoint', '198.51.100.4', '--peers', '3'], handlers);
    expect(run.code).toBe(0);
    expect(run.calls[0]?.args).toEqual({
      ...{ endpoint: '198.51.100.4', protocol: 'both', split: 'full', people: 3, force: false },
      folder: resolve('sawt-server-198.51.100.4'),
    });
    expect(run.out).toContain('scp /kit/server.sh root@198.51.100.4:');
    for (const path of [kit.script, kit.relay, ...kit.files]) expect(run.out).toContain(`  ${path}`);
  });

  it('hands on what was chosen, and prints JSON when asked to', async () => {
    const argv = ['--protocol', 'openvpn', '--port', '8443', '--out', '/elsewhere', '--force', '--json'];
    const run = await sawt(['own-server', 'new', '--endpoint', 'a.example', ...argv], handlers);
    expect(run.calls[0]?.args).toMatchObject({ protocol: 'openvpn', port: 8443, folder: '/elsewhere', force: true });
    expect(JSON.parse(run.out)).toEqual(kit);
  });

  it.each([
    ['new'],
    ['new', '--endpoint', 'a.example', '--peers', '0'],
    ['new', '--endpoint', 'a.example', '--port', '70000'],
    ['new', '--endpoint', 'a.example', '--protocol', 'ipsec'],
    ['revoke', 'o-1'],
    ['revoke', 'o-1', 'two'],
  ])('refuses a wrong command line: %s %s', async (...argv) => {
    expect(await sawt(['own-server', ...argv], handlers)).toMatchObject({ code: 2, calls: [] });
  });

  it('revokes and adds beside the files that there are', async () => {
    const folder = resolve('sawt-server-198.51.100.4');
    const revoked = await sawt(['own-server', 'revoke', 'o-1', '2', '3'], handlers);
    expect(revoked.calls[1]?.args).toEqual({ id: 'o-1', people: [2, 3], folder, force: false });
    const added = await sawt(['own-server', 'add', 'o-1'], handlers);
    expect(added.calls[1]?.args).toEqual({ id: 'o-1', people: 1, split: 'full', folder, force: false });
  });

  it('lists the servers and who is on them', async () => {
    const { out } = await sawt(['own-server'], handlers);
    expect(out).toBe('o-1  198.51.100.4  wireguard, openvpn  1 (2 revoked)\n');
  });

  it('tells door by door what answers, and what to do about the rest', async () => {
    const { code, out, err } = await sawt(['own-server', 'check', 'o-1'], handlers);
    expect(code).toBe(0);
    expect(out.trimEnd()).toBe(
      [
        'vpn.example.org (198.51.100.4)',
        'WireGuard  udp 4433  nothing came back',
        'OpenVPN    tcp 443   answers (41 ms)',
      ].join('\n'),
    );
    expect(err).toContain('connect with the OpenVPN profile');
  });

  it('fails when there is nothing to connect to', async () => {
    const silent = { 'ownServer.check': () => ({ ...checked, conclusion: 'silent' }) };
    expect((await sawt(['own-server', 'check', 'o-1'], silent)).code).toBe(1);
  });
});
