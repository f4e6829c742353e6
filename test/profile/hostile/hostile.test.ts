import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ProfileError } from '../../../electron/profile/errors.ts';
import { importProfiles } from '../../../electron/profile/import.ts';
import { writeProfile } from '../../../electron/profile/write.ts';
import { openVpnVersion, readByOpenVpn } from '../openvpn/real-openvpn.ts';
import { simple as ovpn } from '../openvpn/samples.ts';
import { wgVersion } from '../wg/real-tools.mjs';
import { simple as conf } from '../wireguard/samples.ts';
import { disguises } from './disguises.ts';
import { openVpnCorpus, type HostileFile } from './openvpn-corpus.ts';
import { wireGuardCorpus } from './wireguard-corpus.ts';

// A program that leaves a trace when anybody runs it. No hostile line may survive that names it.
const folder = mkdtempSync(join(tmpdir(), 'sawt-hostile-'));
const canary = join(folder, 'canary');
const trace = join(folder, 'trace');

const corpus: readonly HostileFile[] = [...openVpnCorpus(canary), ...wireGuardCorpus(canary)];
/** What became of each file: the profile that was written, or why it was refused. */
const outcomes: { name: string; result: string | ProfileError }[] = [];
/** Every profile that was written, once, with a file that it came from. */
const written = new Map<string, string>();

beforeAll(async () => {
  writeFileSync(canary, `#!/bin/sh\ntouch ${trace}\n`);
  chmodSync(canary, 0o755);
  for (const { name, text } of corpus) {
    const result = await importText(text);
    outcomes.push({ name, result });
    if (typeof result === 'string' && !written.has(result)) written.set(result, name);
  }
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

async function importText(text: string): Promise<string | ProfileError> {
  const [result] = await importProfiles([{ name: 'hostile', bytes: Buffer.from(text) }]);
  if (!result) throw new Error('An input gave no result.');
  return result.ok ? writeProfile(result.profile.profile) : result.error;
}

test('the corpus has every directive in every disguise', () => {
  expect(corpus.length).toBeGreaterThanOrEqual(1900);
  expect(new Set(corpus.map(({ text }) => text)).size).toBeGreaterThan(1600);
  expect(Object.keys(disguises).length).toBeGreaterThanOrEqual(35);
});

test('each file is refused with an error of its own room, or becomes a profile that does not name the program', () => {
  const wrong = outcomes.filter(({ result }) =>
    typeof result === 'string' ? result.includes(canary) : !(result instanceof ProfileError),
  );
  expect(wrong).toEqual([]);
  expect(outcomes).toHaveLength(corpus.length);
});

test('what is written does not depend on the hostile line', async () => {
  const clean = [await importText(ovpn), await importText(conf)];
  // To be asked for a password is harmless; the file that the line names is not read.
  const others = [...written].filter(([text]) => !clean.includes(withoutAsking(text)));
  expect(others).toEqual([]);
});

const withoutAsking = (text: string): string => text.replace(/^auth-user-pass\n/m, '');

function settingsOf(text: string): Map<string, string[]> {
  const read = readByOpenVpn(withoutAsking(text));
  if ('refused' in read) throw new Error(read.refused);
  return read.settings;
}

describe.skipIf(openVpnVersion === undefined)('openvpn (skipped: not installed)', () => {
  test('reads all that is written as it reads the sound file, which names no program', () => {
    const sound = settingsOf(ovpn);
    expect(sound.get('up_script')).toEqual(['[UNDEF]']);
    const texts = [...written].filter(([text]) => !text.startsWith('['));
    for (const [text, name] of texts) {
      const settings = settingsOf(text);
      for (const each of [
        'up_script',
        'down_script',
        'management_addr',
        'writepid',
        'status_file',
        'chroot_dir',
        'cd_dir',
      ])
        expect([name, each, settings.get(each)]).toEqual([name, each, sound.get(each)]);
    }
    expect(texts.length).toBeGreaterThan(0);
    expect(existsSync(trace)).toBe(false);
  });

  test('does find it in the files themselves', () => {
    const seen = ['plain', 'double quotes', 'two dashes'].map((disguise) => {
      const read = readByOpenVpn(corpus.find(({ name }) => name === `up ${canary} (${disguise})`)?.text ?? '');
      return 'settings' in read ? read.settings.get('up_script')?.[0] : read.refused;
    });
    expect(seen).toEqual([canary, canary, canary]);
  });
});

/** Runs a file as wg-quick does, with tools around it that do nothing, in a network of its own. */
function upByWgQuick(text: string): void {
  const tools = mkdtempSync(join(folder, 'tools-'));
  for (const tool of ['ip', 'wg', 'resolvconf', 'nft', 'iptables-restore', 'sysctl'])
    writeFileSync(join(tools, tool), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
  writeFileSync(join(tools, 'sawt0.conf'), text, { mode: 0o600 });
  const env = { ...process.env, PATH: `${tools}:${process.env['PATH'] ?? ''}` };
  spawnSync('unshare', ['-rn', 'bash', '/usr/bin/wg-quick', 'up', join(tools, 'sawt0.conf')], { env });
}

describe.skipIf(wgVersion() === undefined)('wg-quick (skipped: not installed)', () => {
  test('runs nothing of what is written', () => {
    for (const [text, name] of written) {
      if (!text.startsWith('[')) continue;
      upByWgQuick(text);
      expect([name, existsSync(trace)]).toEqual([name, false]);
    }
  });

  test.each(['plain', 'mixed case', 'NUL inside'])('does run it in the files themselves: %s', (disguise) => {
    upByWgQuick(corpus.find(({ name }) => name === `PreUp = ${canary} (${disguise})`)?.text ?? '');
    expect(existsSync(trace)).toBe(true);
    rmSync(trace);
  });
});
