import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Connection, ImportOutcome, OwnServerCheck, OwnServerKit } from '../../../electron/api/schema.ts';
import { makeClientBed, type ClientBed } from '../../cli/client-bed.ts';
import { addresses } from '../../lab/addresses.ts';
import { openServerHost, type ServerHost } from './server-host.ts';

let bed: ClientBed;
let host: ServerHost;
let kit: OwnServerKit;
let folder: string;
beforeAll(async () => {
  bed = await makeClientBed();
  host = await openServerHost(bed.lab);
  // The lab's own server holds the port that a server of one's own takes.
  await bed.lab.helper('openvpn-tcp').stop();
  await bed.flip('practice');
  folder = join(bed.lab.folder, 'kit');
  kit = await json('own-server', 'new', '--endpoint', addresses.vpn.v4, '--peers', '2', '--out', folder);
});
afterEach(() => bed.sawt(['disconnect']));
afterAll(() => bed.lab.close());

async function json<Result>(...args: string[]): Promise<Result> {
  const { stdout, stderr } = await bed.sawt([...args, '--json']);
  if (stdout === '') throw new Error(`sawt ${args.join(' ')}: ${stderr}`);
  return JSON.parse(stdout) as Result;
}

const connect = (id: string, ...args: string[]): Promise<Connection> => json('connect', id, ...args);

/** Takes one person's file as that person would. */
async function importPerson(name: string): Promise<string> {
  const { id } = await json<ImportOutcome & { id: string }>('import', join(folder, name));
  return id;
}

const ownProfile = (kind: 'wireguard' | 'openvpn'): string => kit.profiles.find((one) => one.kind === kind)?.id ?? '';

const leftOnServer = `nft list tables; ls -d /etc/sawt-server /etc/systemd/system/sawt-* /etc/sysctl.d/90-sawt* /etc/apt/apt.conf.d/60sawt* 2>/dev/null; ip -br link | cut -d' ' -f1`;

describe('the script, on the server', () => {
  it('is not needed to see whether the server can be reached at all', async () => {
    // Of no server that was made here: nobody listens for web or UDP yet, and the host says so.
    const { conclusion, doors } = await json<OwnServerCheck>('own-server', 'check', addresses.ispWan.v4);
    expect(conclusion).toBe('reachable');
    expect(doors.map(({ what, result }) => `${what} ${result}`)).toContain('udp closed');
    const { code, stdout } = await bed.sawt(['own-server', 'check', kit.server.id, '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ conclusion: 'not-set-up' });
  });

  it('refuses a system that it is not made for, before anything is changed', async () => {
    const before = await host.shell(leftOnServer);
    await host.shell('cp -L /etc/os-release /etc/os-release.kept; rm /etc/os-release; echo ID=alpine >/etc/os-release');
    const { code, stderr } = await host.run(kit.script);
    await host.shell('mv /etc/os-release.kept /etc/os-release');
    expect(code).toBe(1);
    expect(stderr).toContain('it is made for Debian 12 and 13 and Ubuntu 22.04 and 24.04. Nothing was changed.');
    expect((await host.shell(leftOnServer)).stdout).toBe(before.stdout);
  });

  it('sets everything up, and says so again when it is run again', { timeout: 60_000 }, async () => {
    const first = await host.run(kit.script);
    expect(first.stderr).not.toContain('server.sh:');
    expect(first.code, first.stderr + first.stdout).toBe(0);
    expect(first.stdout).toContain(`WireGuard  UDP port ${String(kit.server.wireguardPort)}`);
    const state = 'nft list table inet sawt_server; find /etc/sawt-server -type f | sort | xargs sha256sum';
    const once = await host.shell(state);
    const second = await host.run(kit.script);
    expect(second.code, second.stderr).toBe(0);
    expect((await host.shell(state)).stdout).toBe(once.stdout);
    const asked = await host.asked();
    expect(asked).toMatch(/^apt-get .*install .*nftables wireguard-tools coturn unattended-upgrades openvpn/m);
    for (const service of ['firewall', 'wireguard', 'openvpn', 'relay'])
      expect(asked).toContain(`systemctl enable --quiet sawt-${service}\n`);
  });

  it('lets nobody on the server but root read a key', async () => {
    const { stdout } = await host.shell(`find /etc/sawt-server -type f -perm /o+rwx; stat -c %a /etc/sawt-server`);
    expect(stdout.trim()).toBe('710');
  });
});

it('the server answers at all its doors, and the check tells which of them the network shuts', async () => {
  const results = async (): Promise<unknown[]> => {
    const { conclusion, doors } = await json<OwnServerCheck>('own-server', 'check', kit.server.id);
    return [conclusion, ...doors.filter(({ what }) => what !== 'ssh').map(({ what, result }) => `${what} ${result}`)];
  };
  await bed.flip('S01');
  expect(await results()).toEqual(['ready', 'wireguard answers', 'openvpn answers', 'relay answers']);
  await bed.flip('wg-dpi');
  expect(await results()).toEqual(['only-tcp', 'wireguard silent', 'openvpn answers', 'relay answers']);
  await bed.flip('practice');
});

describe('people of the server', () => {
  const whole = { traffic: true, exit: addresses.vpn.v4, dnsInTunnel: true, ipv6: 'tunnelled' };

  it('call through it where calls are blocked', { timeout: 60_000 }, async () => {
    expect((await bed.sawt(['check', '--service', 'telegram'])).code).toBe(10);
    const verified = { ...whole, calls: 'ok' };
    expect(await connect(ownProfile('wireguard'))).toMatchObject({ state: 'connected', verified });
  });

  it('get through by TCP as well, for networks that let no UDP pass', { timeout: 60_000 }, async () => {
    const connection = await connect(ownProfile('openvpn'), '--no-recheck');
    expect(connection).toMatchObject({ state: 'connected', verified: whole });
    expect(connection.attempts).toMatchObject([{ transport: 'openvpn-tcp', endpoint: `${addresses.vpn.v4}:443` }]);
  });

  it('do not get into networks of the host, nor at its mail', async () => {
    expect(await connect(ownProfile('wireguard'), '--no-recheck')).toMatchObject({ state: 'connected' });
    const reach = async (address: string, port: number): Promise<number | null> =>
      (await bed.lab.exec('client', ['timeout', '1', 'bash', '-c', `exec 3<>/dev/tcp/${address}/${port}`])).code;
    expect(await reach('1.1.1.1', 443)).toBe(0);
    await host.shell('ip addr add 172.31.0.1/32 dev lo');
    // Refused at once, not swallowed: 124 would be the time limit's.
    expect(await reach('172.31.0.1', 22)).toBe(1);
    expect(await reach('1.1.1.1', 25)).toBe(1);
  });

  it('who is revoked stays outside, and the others do not', { timeout: 90_000 }, async () => {
    const [wireguard, openvpn] = [await importPerson('person-2.conf'), await importPerson('person-2.ovpn')];
    for (const id of [wireguard, openvpn])
      expect(await connect(id, '--no-recheck')).toMatchObject({ state: 'connected' });
    await json('own-server', 'revoke', kit.server.id, '2', '--out', folder);
    expect((await host.run(kit.script)).code).toBe(0);
    expect(await connect(wireguard, '--no-recheck')).toMatchObject({ error: { code: 'handshake-silent' } });
    expect(await connect(openvpn, '--no-recheck')).toMatchObject({ error: { code: 'handshake-rejected' } });
    for (const kind of ['wireguard', 'openvpn'] as const)
      expect(await connect(ownProfile(kind), '--no-recheck')).toMatchObject({ state: 'connected' });
  });

  it('who comes later gets in too', { timeout: 60_000 }, async () => {
    await json('own-server', 'add', kit.server.id, '--out', folder);
    expect((await host.run(kit.script)).code).toBe(0);
    expect(await connect(await importPerson('person-3.conf'), '--no-recheck')).toMatchObject({ state: 'connected' });
    expect(await connect(await importPerson('person-3.ovpn'), '--no-recheck')).toMatchObject({ state: 'connected' });
  });
});

describe('the relay for rehearsals', () => {
  interface Relay {
    username: string;
    credential: string;
  }
  /** coturn's own client; `-y`: two allocations talk to each other, `-e`: to a peer elsewhere. */
  async function relayed(change: Partial<Relay>, ...args: string[]): Promise<string> {
    const relay = { ...(JSON.parse(await readFile(kit.relay, 'utf8')) as Relay), ...change };
    const fixed = ['-u', relay.username, '-w', relay.credential, '-n', '10', '-m', '1', '-c'];
    const argv = ['timeout', '8', 'turnutils_uclient', ...fixed, ...args, addresses.vpn.v4] as const;
    const { stdout, stderr } = await bed.lab.exec('client', argv);
    return stdout + stderr;
  }

  it.each([
    ['UDP', []],
    ['TCP', ['-t']],
  ])('carries packets from itself to itself over %s', async (_name, how) => {
    await bed.flip('S01');
    expect(await relayed({}, '-y', ...how)).toMatch(/Total lost packets 0 \(0\.0+%\)/);
  });

  it.each([49300, 49323])(
    'answers on the spare port %i too, for packets that a filter may remember a port by',
    async (port) => {
      const argv = ['timeout', '8', 'turnutils_stunclient', '-p', String(port), addresses.vpn.v4] as const;
      const { stdout } = await bed.lab.exec('client', argv);
      expect(stdout).toContain('UDP reflexive addr');
    },
  );

  it('speaks STUN over TLS, and is who it says to be', async () => {
    const { ca } = JSON.parse(await readFile(kit.relay, 'utf8')) as { ca: string };
    await writeFile(join(folder, 'ca.pem'), ca);
    const binding = String.raw`\0\1\0\0\041\022\244\102123456789012`;
    const verified = `-CAfile ${folder}/ca.pem -verify_return_error -verify_ip ${addresses.vpn.v4}`;
    const ask = `(printf '${binding}'; sleep 1) | timeout 3 openssl s_client -quiet ${verified} -connect ${addresses.vpn.v4}:5349`;
    const { stdout, stderr } = await bed.lab.exec('client', ['sh', '-c', `${ask} | od -An -tx1 -N2`]);
    expect(stdout.trim(), stderr).toBe('01 01');
  });

  it('carries nothing anywhere else, and for nobody else', async () => {
    expect(await relayed({}, '-e', addresses.world.v4)).toMatch(/403|Forbidden/i);
    expect(await relayed({ credential: 'guessed' }, '-y')).not.toMatch(/Total lost packets/);
  });
});

it('what was set up can be taken away again', async () => {
  const { code, stdout } = await host.run(kit.script, ['uninstall']);
  expect(code).toBe(0);
  expect(stdout).toContain('is gone');
  expect((await host.shell(leftOnServer)).stdout).not.toMatch(/sawt/);
  expect((await host.shell('cat /proc/sys/net/ipv4/ip_forward')).stdout.trim()).toBe('1'); // as the lab had it
});
