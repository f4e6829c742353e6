import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import refuseDevelopmentKey from '../../scripts/refuse-development-key.mjs';
import { sign, type SecretKey } from '../../scripts/servers/sign.ts';
import { developmentSecret, resources } from '../servers/samples.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';

/** A project whose list is signed with this key. */
async function projectSignedBy(key: SecretKey): Promise<{ packager: { projectDir: string } }> {
  const projectDir = await temporaryFolder();
  const folder = join(projectDir, 'resources', 'servers');
  mkdirSync(join(projectDir, 'resources'));
  cpSync(resources, folder, { recursive: true });
  const bytes = readFileSync(join(folder, 'servers.json'));
  writeFileSync(join(folder, 'servers.json.minisig'), sign(bytes, key, 'c'));
  return { packager: { projectDir } };
}
const other: SecretKey = { keyId: Buffer.alloc(8, 1), seed: Buffer.alloc(32, 2) };

test('the list of the repository cannot go into a release', async () => {
  await expect(refuseDevelopmentKey()).rejects.toThrow('development key, which anybody can sign with');
  await expect(refuseDevelopmentKey(await projectSignedBy(developmentSecret))).rejects.toThrow('development key');
});

test('neither can one whose signature only names another key', async () => {
  const disguised = { ...developmentSecret, keyId: other.keyId };
  await expect(refuseDevelopmentKey(await projectSignedBy(disguised))).rejects.toThrow('development key');
});

test('a list signed with another key can', async () => {
  await expect(refuseDevelopmentKey(await projectSignedBy(other))).resolves.toBeUndefined();
});

test('a list without a readable signature cannot', async () => {
  const project = await projectSignedBy(other);
  writeFileSync(join(project.packager.projectDir, 'resources', 'servers', 'servers.json.minisig'), 'x');
  await expect(refuseDevelopmentKey(project)).rejects.toThrow('no readable signature');
});
