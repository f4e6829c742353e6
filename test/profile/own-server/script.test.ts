import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createOwnServer, revokePeople } from '../../../electron/profile/own-server/create.ts';
import { relayOf } from '../../../electron/profile/own-server/relay.ts';
import { writeServerScript } from '../../../electron/profile/own-server/script.ts';

const template = readFileSync(resolve(import.meta.dirname, '../../../resources/own-server/server.sh'), 'utf8');
const { server, people } = await createOwnServer({
  endpoint: '203.0.113.3',
  protocols: { wireguard: true, openvpn: true },
  people: 2,
  resolvers: ['9.9.9.9'],
  now: new Date('2026-11-24T12:00:00Z'),
});
const script = writeServerScript(server, template, ['9.9.9.9']);
const noShellcheck = spawnSync('shellcheck', ['--version']).status !== 0;

const missing = ['systemd-analyze', 'nft', 'wg-quick', 'openvpn', 'turnserver'].filter(
  (name) => spawnSync('sh', ['-c', `command -v ${name}`]).status !== 0,
);

describe('the script for the server', () => {
  it.skipIf(missing.length > 0)('has services that systemd itself takes (skipped where programs are missing)', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sawt-units-'));
    const units = [...script.matchAll(/put "\$units\/(sawt-\w+\.service)" <<'END'\n(.*?)^END$/gms)];
    for (const [, name = '', text = ''] of units) writeFileSync(join(folder, name), text);
    const paths = units.map(([, name = '']) => join(folder, name));
    const { stderr, status } = spawnSync('systemd-analyze', ['verify', ...paths], { encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    expect(units).toHaveLength(4);
    expect({ status, stderr: stderr.split('\n').filter((line) => line.includes('sawt-')) }).toEqual({
      status: 0,
      stderr: [],
    });
  });

  it.skipIf(noShellcheck)('has nothing that shellcheck warns of (skipped where it is not installed)', () => {
    const { stdout, status } = spawnSync('shellcheck', ['-'], { input: script, encoding: 'utf8' });
    expect(stdout).toBe('');
    expect(status).toBe(0);
  });

  it('is read to its end by a plain shell', () => {
    expect(spawnSync('sh', ['-n'], { input: script, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  });

  it('holds no private key of a person', () => {
    for (const { wireguard, openvpn } of people) {
      expect(script).not.toContain(wireguard?.privateKey);
      expect(script).not.toContain(openvpn?.key?.split('\n')[1]);
    }
    expect(script).toContain(server.wireguard?.privateKey);
  });

  it('names those who may come in, and nobody who is revoked', () => {
    expect(script).toContain("openvpn_people='person-1 person-2'");
    const less = writeServerScript(revokePeople(server, [1]), template, ['9.9.9.9']);
    expect(less).toContain("openvpn_people='person-2'");
    expect(less).not.toContain(server.people[0]?.publicKey);
    expect(less).toContain(server.people[1]?.publicKey);
  });

  it('lets no setting out of its quotes', () => {
    expect(() => writeServerScript({ ...server, endpoint: "a'; reboot; '" }, template, [])).toThrow('endpoint');
    const key = 'x\nEND\nreboot';
    const relay = { ...server.relay, server: { ...server.relay.server, privateKey: key } };
    expect(() => writeServerScript({ ...server, relay }, template, [])).toThrow('relay_key');
  });
});

it('the relay is told to browsers in their own words', () => {
  expect(relayOf({ ...server, endpoint: '2001:db8::1' }).urls).toEqual([
    'turn:[2001:db8::1]:3478?transport=udp',
    'turn:[2001:db8::1]:3478?transport=tcp',
    'turns:[2001:db8::1]:5349?transport=tcp',
  ]);
});
