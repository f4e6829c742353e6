import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Real wireguard-go and real OpenVPN on loopback, for tests that run in a network namespace of their own
 * (`npm run lab -- sandbox -- npx vitest run --project lab`).
 */

/** Undefined when the real servers may be started here; else why not. Never on a machine's own network. */
export function whyNoRealServers(): string | undefined {
  const interfaces = readFileSync('/proc/net/dev', 'utf8').match(/^\s*[^\s:]+(?=:)/gm) ?? [];
  if (interfaces.some((name) => name.trim() !== 'lo')) return 'not in a network namespace of its own';
  const missing = ['wireguard-go', 'wg', 'ip', 'openvpn', 'openssl'].filter((program) => !isInstalled(program));
  return missing.length > 0 ? `not installed: ${missing.join(', ')}` : undefined;
}

function isInstalled(program: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

export interface Running {
  stop(): Promise<void>;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

async function until(what: string, isTrue: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (isTrue()) return;
    await sleep(25);
  }
  throw new Error(`Waited 5 s in vain for ${what}.`);
}

export function bringLoopbackUp(): void {
  execFileSync('ip', ['link', 'set', 'lo', 'up']);
}

export interface WireGuardServer {
  name: string;
  port: number;
  privateKey: string;
  peers: { publicKey: string; presharedKey?: string; allowedIps: string }[];
}

export async function startWireGuard(server: WireGuardServer): Promise<Running> {
  const child = spawn('wireguard-go', ['-f', server.name], { stdio: 'ignore' });
  await until('wireguard-go', () => isWireGuardReady(server.name));
  const lines = ['[Interface]', `PrivateKey = ${server.privateKey}`, `ListenPort = ${server.port}`];
  for (const { publicKey, presharedKey, allowedIps } of server.peers) {
    lines.push('[Peer]', `PublicKey = ${publicKey}`, `AllowedIPs = ${allowedIps}`);
    if (presharedKey !== undefined) lines.push(`PresharedKey = ${presharedKey}`);
  }
  // A file: Node's stdin pipe is a socket, and Linux does not open a socket as /dev/stdin.
  const folder = mkdtempSync(join(tmpdir(), 'sawt-wireguard-'));
  writeFileSync(join(folder, 'server.conf'), `${lines.join('\n')}\n`, { mode: 0o600 });
  execFileSync('wg', ['setconf', server.name, join(folder, 'server.conf')]);
  rmSync(folder, { recursive: true });
  execFileSync('ip', ['link', 'set', server.name, 'up']);
  await until('its UDP socket', () => isListening('udp', server.port));
  return { stop: () => stop(child) };
}

function isWireGuardReady(name: string): boolean {
  try {
    execFileSync('wg', ['show', name, 'public-key'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** From /proc, so that nothing is sent to find out. */
function isListening(protocol: 'udp' | 'tcp', port: number): boolean {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return [protocol, `${protocol}6`].some((table) =>
    readFileSync(`/proc/net/${table}`, 'utf8')
      .split('\n')
      .some((line) => line.trim().split(/\s+/)[1]?.endsWith(suffix) === true),
  );
}

/** A folder with a certificate authority, a server certificate, and OpenVPN's keys of every kind. */
export interface OpenVpnKeys {
  folder: string;
  staticKey: string;
  clientKeyV2: string;
  remove(): void;
}

export function makeOpenVpnKeys(): OpenVpnKeys {
  const folder = mkdtempSync(join(tmpdir(), 'sawt-openvpn-'));
  const run = (program: string, ...args: string[]): void => {
    execFileSync(program, args, { cwd: folder, stdio: 'ignore' });
  };
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  run('openssl', 'req', '-x509', ...curve, '-keyout', 'ca.key', '-out', 'ca.crt', '-subj', '/CN=Test CA', '-days', '2');
  run('openssl', 'req', ...curve, '-keyout', 'server.key', '-out', 'server.csr', '-subj', '/CN=server');
  const signing = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2'];
  run('openssl', 'x509', '-req', '-in', 'server.csr', ...signing, '-out', 'server.crt');
  run('openvpn', '--genkey', 'secret', 'static.key');
  run('openvpn', '--genkey', 'tls-crypt-v2-server', 'v2-server.key');
  run('openvpn', '--tls-crypt-v2', 'v2-server.key', '--genkey', 'tls-crypt-v2-client', 'v2-client.key');
  return {
    folder,
    staticKey: readFileSync(join(folder, 'static.key'), 'utf8'),
    clientKeyV2: readFileSync(join(folder, 'v2-client.key'), 'utf8'),
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
}

/** @param lines added to the configuration: the wrapping, by the file names in the keys' folder */
export async function startOpenVpn(
  keys: OpenVpnKeys,
  port: number,
  transport: 'udp' | 'tcp',
  lines: string[],
): Promise<Running> {
  const config = join(keys.folder, `${transport}-${port}.conf`);
  const proto = transport === 'udp' ? 'udp' : 'tcp-server';
  const fixed = [
    'mode server',
    'tls-server',
    `dev ${transport}${port}`,
    'dev-type tun',
    'disable-dco',
    `proto ${proto}`,
    `port ${port}`,
    'local 127.0.0.1',
    'dh none',
  ];
  const identity = ['ca ca.crt', 'cert server.crt', 'key server.key', 'verb 3'];
  writeFileSync(config, `${[...fixed, ...identity, ...lines].join('\n')}\n`);
  const child = spawn('openvpn', ['--cd', keys.folder, '--config', config], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  await until(`OpenVPN on ${transport} ${port}`, () => {
    if (child.exitCode !== null) throw new Error(`OpenVPN ended: ${said}`);
    return isListening(transport, port);
  });
  return { stop: () => stop(child) };
}
