import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import refuseDevelopmentKey from '../../scripts/refuse-development-key.mjs';
import { sign, type SecretKey } from '../../scripts/servers/sign.ts';
import { developmentSecret, resources } from '../servers/samples.ts';
import { secretOf, publicLine } from '../signed/samples.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';

interface Project {
  packager: { projectDir: string };
  at: (...path: string[]) => string;
}

/** A project ready for a release, but that its list and its catalogue are signed by these keys. */
async function projectSignedBy(list: SecretKey, catalogue: SecretKey): Promise<Project> {
  const projectDir = await temporaryFolder();
  const at = (...path: string[]): string => join(projectDir, 'resources', ...path);
  cpSync(join(resources, '..'), at(), { recursive: true });
  for (const [path, key] of [
    [at('servers', 'servers.json'), list],
    [at('catalogue', 'catalogue.json'), catalogue],
  ] as const)
    writeFileSync(`${path}.minisig`, sign(readFileSync(path), key, 'c'));
  writeFileSync(at('signing', 'release.pub'), `untrusted comment: x\n${publicLine(ours)}\n`);
  writeFileSync(at('signing', 'mirrors.json'), '{"mirrors":[{"url":"https://lists.example.org/"}]}');
  return { packager: { projectDir }, at };
}
const ours = secretOf(2);

test('what is in the repository cannot go into a release', async () => {
  await expect(refuseDevelopmentKey()).rejects.toThrow('development key, which anybody can sign with');
});

test.each([
  ['server list', developmentSecret, ours],
  ['catalogue', ours, developmentSecret],
  ['server list', { ...developmentSecret, keyId: ours.keyId }, ours],
])('neither can a %s by that key, whatever id its signature names (%#)', async (what, list, catalogue) => {
  const project = await projectSignedBy(list, catalogue);
  await expect(refuseDevelopmentKey(project)).rejects.toThrow(`The ${what} is signed with the development key`);
});

test('what is signed with another key can', async () => {
  await expect(refuseDevelopmentKey(await projectSignedBy(ours, ours))).resolves.toBeUndefined();
});

test.each([
  ['no readable signature', 'servers/servers.json.minisig', 'x'],
  ['no key of the maintainers', 'signing/release.pub', 'untrusted comment: none\n'],
  ['reserved hosts', 'signing/mirrors.json', '{"mirrors":[{"url":"https://lists.sawt.example/v1/"}]}'],
])('what has %s cannot', async (why, file, text) => {
  const project = await projectSignedBy(ours, ours);
  writeFileSync(project.at(file), text);
  await expect(refuseDevelopmentKey(project)).rejects.toThrow(why);
});
