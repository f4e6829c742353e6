import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { places } from './system/places.ts';

const lab = (...args: string[]): ChildProcess =>
  spawn(process.execPath, [places.program('lab'), ...args], { stdio: ['pipe', 'pipe', 'pipe'] });

async function finish(child: ChildProcess): Promise<{ code: number | null; stdout: string; stderr: string }> {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  child.stdin?.end();
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, stdout, stderr };
}

/** Goes on reading afterwards: a program that writes into a closed pipe would be killed for it. */
function untilSaid(child: ChildProcess, text: string): Promise<void> {
  let said = '';
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes(text)) resolve();
    });
    child.once('close', () => reject(new Error(`It ended before it said ${text}.`)));
  });
}

/** Network namespaces of all processes that we can see, ours left out. */
function foreignNetworks(): Set<string> {
  const own = readlinkSync('/proc/self/ns/net');
  const networks = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [readlinkSync(`/proc/${pid}/ns/net`)];
      } catch {
        return []; // it has ended
      }
    });
  return new Set(networks.filter((network) => network !== own));
}

describe('the sandbox', () => {
  it("passes the program's output and exit code on", async () => {
    const { code, stdout } = await finish(lab('exec', 'S01', '--', 'sh', '-c', 'cat /etc/resolv.conf; exit 7'));
    expect(stdout).toBe('nameserver 10.20.0.1\n');
    expect(code).toBe(7);
  });

  it('gives the client its certificates, its profiles and a home that is empty', async () => {
    const script = 'ls $SAWT_LAB_DIR; ls -a $SAWT_HOME; test -s $NODE_EXTRA_CA_CERTS && test -w $SAWT_HOME';
    const { code, stdout } = await finish(lab('exec', 'S01', '--', 'sh', '-c', script));
    expect(code).toBe(0);
    const names = stdout.trim().split('\n');
    expect(names).toEqual(expect.arrayContaining(['wireguard.conf', 'openvpn-udp.ovpn', 'openvpn-tcp.ovpn', 'ca.pem']));
    expect(names.slice(-2)).toEqual(['.', '..']);
  });

  it('passes Ctrl-C on to the program and waits for it', async () => {
    const child = lab(
      'exec',
      'S01',
      '--',
      'sh',
      '-c',
      'trap "echo bye; exit 3" INT; echo ready; while :; do sleep 0.1; done',
    );
    await untilSaid(child, 'ready');
    child.kill('SIGINT');
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect(code).toBe(3);
  });

  it('leaves no process and no network behind when it is killed', async () => {
    const before = foreignNetworks();
    const child = lab('exec', 'S01', '--', 'sh', '-c', 'echo ready; exec sleep 1000');
    await untilSaid(child, 'ready');
    const during = [...foreignNetworks()].filter((network) => !before.has(network));
    expect(during.length).toBeGreaterThanOrEqual(4); // client, isp, world, vpn
    child.kill('SIGKILL');
    const deadline = performance.now() + 3000;
    let left = during;
    while (left.length > 0 && performance.now() < deadline) {
      await sleep(20);
      const now = foreignNetworks();
      left = during.filter((network) => now.has(network));
    }
    expect(left).toEqual([]);
    expect(readFileSync('/proc/mounts', 'utf8')).not.toContain('sawt-lab');
  });

  it('refuses what it does not understand with exit code 2', async () => {
    const unknown = await finish(lab('exec', 'S99', '--', 'true'));
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain('S99');
    expect((await finish(lab('exec', 'S01'))).code).toBe(2);
    expect((await finish(lab('dance'))).code).toBe(2);
  });
});
