import { once } from 'node:events';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Connection, ProfileSummary } from '../../electron/api/schema.ts';
import { startProgram, type Helper } from '../lab/system/helper.ts';
import { findProgram } from '../lab/system/programs.ts';
import { makeClientBed, type ClientBed } from './client-bed.ts';

const login = 'lantern\nwet stone 7\n';
let bed: ClientBed;
let server: Helper;
let profile: string;
let untouched: string;

/** The lab's OpenVPN server over UDP, which lets in only who knows name and password. */
async function askForPassword(): Promise<Helper> {
  const { lab } = bed;
  const check = join(lab.folder, 'check-login');
  await writeFile(join(lab.folder, 'login'), login, { mode: 0o600 });
  await writeFile(check, `#!/bin/sh\ncmp -s "$1" ${join(lab.folder, 'login')}\n`);
  await chmod(check, 0o700);
  await lab.helper('openvpn-udp').stop();
  const config = join(lab.folder, 'private', 'openvpn', 'server-udp.conf');
  const asking = ['--script-security', '2', '--auth-user-pass-verify', check, 'via-file'];
  return startProgram({
    ...{ name: 'openvpn-asking', namespace: 'vpn', onDeath: () => undefined },
    argv: [findProgram('openvpn'), '--config', config, ...asking],
    isReady: (output) => output.includes('Initialization Sequence Completed'),
  });
}

beforeAll(async () => {
  bed = await makeClientBed();
  server = await askForPassword();
  const { lab } = bed;
  const { stdout: text } = await lab.exec('client', ['cat', join(lab.folder, 'openvpn-udp.ovpn')]);
  await writeFile(join(lab.folder, 'asks.ovpn'), `${text}auth-user-pass\n`);
  const imported = await bed.sawt(['import', join(lab.folder, 'asks.ovpn'), '--json']);
  const summary = JSON.parse(imported.stdout) as ProfileSummary;
  expect(summary.credentials).toBe('needed');
  expect(summary.warnings.map(({ code }) => code)).toContain('needs-password');
  profile = summary.id;
  untouched = await bed.snapshot();
});
afterEach(async () => {
  await bed.sawt(['disconnect']);
});
afterAll(async () => {
  await server.stop();
  await bed.lab.close();
});

/** Connects with these lines as standard input. */
async function connect(typed: string, ...more: string[]): Promise<{ connection: Connection; said: string }> {
  const argv = ['connect', profile, '--no-recheck', '--json', '--credentials', '-', ...more];
  const { stdout, stderr } = await bed.sawt(argv, [], typed);
  return { connection: JSON.parse(stdout) as Connection, said: stdout + stderr };
}

it('with nobody to ask, nothing is changed and the way on is said', { timeout: 90_000 }, async () => {
  const { code, stdout, stderr } = await bed.sawt(['connect', profile, '--json']);
  expect([code, (JSON.parse(stdout) as Connection).error?.code]).toEqual([1, 'password-needed']);
  expect(stderr).toContain('--credentials FILE');
  expect(await bed.snapshot()).toBe(untouched);
});

it('a wrong password is refused in one sentence, and not kept', { timeout: 90_000 }, async () => {
  const { connection, said } = await connect('lantern\nwet stone 8\n', '--remember');
  expect(connection).toMatchObject({
    state: 'failed',
    attempts: [{ result: 'rejected' }],
    error: { code: 'password-wrong' },
  });
  expect(said).not.toContain('wet stone');
  expect(await bed.snapshot()).toBe(untouched);
  expect((await bed.sawt(['profiles', 'show', profile, '--json'])).stdout).toContain('"credentials": "needed"');
});

it('the right one connects, and is on no argument list', { timeout: 90_000 }, async () => {
  const { connection } = await connect(login);
  expect(connection).toMatchObject({ state: 'connected', verified: { handshake: true, traffic: true } });
  const { stdout } = await bed.lab.exec('client', ['sh', '-c', 'cat /proc/[0-9]*/cmdline | tr "\\0" " "']);
  expect(stdout).toContain('--management-query-passwords');
  expect(stdout).not.toContain('wet stone');
  const found = await bed.lab.exec('client', ['grep', '-rlF', 'wet stone', bed.lab.clientEnv['SAWT_HOME'] ?? '']);
  expect([found.stdout, found.code]).toEqual(['', 1]);
});

it(
  'it is remembered only when asked for, readable by its owner only, and can be forgotten',
  { timeout: 90_000 },
  async () => {
    expect((await connect(login, '--remember')).connection.state).toBe('connected');
    const home = bed.lab.clientEnv['SAWT_HOME'] ?? '';
    const { stdout: files } = await bed.lab.exec('client', ['grep', '-rlF', 'wet stone', home]);
    const modes = await bed.lab.exec('client', ['stat', '-c', '%a', ...files.trim().split('\n')]);
    expect(modes.stdout.trim()).toBe('600');
    await bed.sawt(['disconnect']);
    expect((await bed.sawt(['connect', profile, '--no-recheck'])).code).toBe(0);
    await bed.sawt(['disconnect']);
    await bed.sawt(['profiles', 'forget-credentials', profile]);
    const again = await bed.sawt(['connect', profile, '--no-recheck', '--json']);
    expect(again.stdout).toContain('"password-needed"');
  },
);

it('on a terminal it is asked for without being shown, and again when it was wrong', { timeout: 90_000 }, async () => {
  const argv = ['connect', profile, '--no-recheck'];
  const answers = ['lantern', 'wet stone 8', 'lantern', 'wet stone 7'];
  const { code, screen } = await typing(argv, answers);
  expect([code, screen]).toEqual([0, expect.stringContaining('Connected.')]);
  expect(screen).toContain('refused the user name or password');
  expect(screen.match(/Password: /g)).toHaveLength(2);
  expect(screen).not.toContain('wet stone');
});

/** One command on a terminal of its own; each answer is typed when the next question stands there. */
async function typing(args: readonly string[], answers: readonly string[]): Promise<{ code: number; screen: string }> {
  const child = bed.onTerminal(args);
  let screen = '';
  let answered = 0;
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    screen += text;
    const asked = screen.match(/(?:User name of the VPN|Password): /g)?.length ?? 0;
    for (; answered < asked; answered += 1) child.stdin?.write(`${answers[answered] ?? ''}\r`);
  });
  const [code] = (await once(child, 'close')) as [number];
  return { code, screen };
}
