import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The real openvpn(8) as a judge, in a network namespace without any interface. */

const run = (args: string[], cwd?: string): { status: number | null; stdout: string } =>
  spawnSync('unshare', ['-rn', 'openvpn', ...args], { encoding: 'utf8', ...(cwd !== undefined && { cwd }) });

/** Undefined where the program, or the right to make a namespace, is missing. */
export const openVpnVersion = /OpenVPN [\d.]+/.exec(run(['--version']).stdout)?.[0];

/**
 * Reads the file as OpenVPN does and connects nowhere: a user that does not exist stops it after its settings are
 * printed and all options, certificates and keys are checked. Gives the settings by name, or the sentence it refused with.
 */
export function readByOpenVpn(text: string): { settings: Map<string, string[]> } | { refused: string } {
  const folder = mkdtempSync(join(tmpdir(), 'sawt-ovpn-'));
  try {
    writeFileSync(join(folder, 'f.ovpn'), text, { mode: 0o600 });
    const stop = ['--verb', '4', '--suppress-timestamps', '--auth-nocache', '--user', 'no-such-user-here'];
    const { stdout } = run(['--config', 'f.ovpn', ...stop], folder);
    if (!stdout.includes('failed to find UID for user'))
      return { refused: stdout.trim().split('\n').slice(-2).join(' ') };
    const settings = new Map<string, string[]>();
    for (const [, name = '', value = ''] of stdout.matchAll(/^ {2,}(\w+) = (.*)$/gm)) {
      settings.set(name, [...(settings.get(name) ?? []), value.replace(/^'|'$/g, '')]);
    }
    return { settings };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
