import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = new URL('../../', import.meta.url);
const config = parse(await readFile(new URL('electron-builder.yml', root), 'utf8')) as Record<string, unknown>;
const manifest = JSON.parse(await readFile(new URL('package.json', root), 'utf8')) as {
  main: string;
  dependencies?: object;
  devDependencies: Record<string, string>;
};

describe('the release packages', () => {
  it('have the fuses of a program that runs nothing but itself', () => {
    expect(config['electronFuses']).toMatchObject({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    });
    expect(config['asar']).toBe(true);
  });

  it('hold what was built and the shipped data, but neither the lab nor the development key', () => {
    expect(config['files']).toEqual(
      expect.arrayContaining(['dist/**/*', 'resources/**/*', '!dist/lab*.js', '!resources/servers/development.key']),
    );
    expect(manifest.main).toBe('dist/main.js');
    expect(manifest.dependencies ?? {}).toEqual({});
  });

  it('are not made while the server list is signed with the development key', async () => {
    const hook = config['beforePack'] as string;
    const { default: refuse } = (await import(new URL(hook, root).href)) as {
      default: (context: object) => Promise<void>;
    };
    const context = { packager: { projectDir: new URL('.', root).pathname } };
    await expect(refuse(context)).rejects.toThrow('development key');
  });

  it('are made for three systems, with the Electron that the tests know', () => {
    expect(config['linux']).toMatchObject({ target: ['deb', 'AppImage', 'dir'] });
    expect(config['win']).toMatchObject({ target: ['nsis', 'zip'] });
    expect(config['mac']).toMatchObject({ target: ['dmg', 'zip'], hardenedRuntime: true });
    expect(config['electronVersion']).toBe(manifest.devDependencies['electron']);
  });
});
