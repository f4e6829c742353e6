import { cp, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApp, sawtHome, wgTools, type App } from '../../electron/app.ts';

const { signal } = new AbortController();
const resources = resolve(import.meta.dirname, '../../resources');
const file = (name: string, text: string) => ({ name, base64: Buffer.from(text).toString('base64') });
const wireguard = `[Interface]
PrivateKey = ${wgTools.genkey()}
Address = 10.0.0.2/32
PostUp = touch /tmp/owned
[Peer]
PublicKey = ${wgTools.genkey()}
AllowedIPs = 0.0.0.0/0
Endpoint = 198.51.100.7:51820
`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sawt-test-'));
});
afterEach(() => rm(folder, { recursive: true }));

function open(from = resources): Promise<App> {
  const home = sawtHome({ SAWT_HOME: join(folder, 'home') }, process.platform, '/nobody');
  return createApp({ resources: from, home, version: '1.2.3', front: 'cli', practice: false });
}

describe('the app', () => {
  it('says what it is', async () => {
    const { handlers } = await open();
    expect(await handlers['app.info']({}, { signal })).toMatchObject({ version: '1.2.3', front: 'cli' });
  });

  it('keeps a profile for the next process, without its dangerous line, and shows no secret', async () => {
    const first = await open();
    const outcomes = await first.handlers['profiles.import']({ files: [file('madrid.conf', wireguard)] }, { signal });
    expect(outcomes).toMatchObject([{ ok: true, profile: { name: 'madrid', dropped: [{ directive: 'PostUp' }] } }]);
    const { handlers } = await open();
    const [summary] = await handlers['profiles.list']({}, { signal });
    const id = summary?.id ?? '';
    const shown = await handlers['profiles.show']({ id, reveal: false }, { signal });
    expect(shown.text).toContain('PrivateKey = ****');
    expect(shown.text).not.toContain('PostUp');
    const revealed = await handlers['profiles.show']({ id, reveal: true }, { signal });
    expect(revealed.text).toMatch(/PrivateKey = [A-Za-z0-9+/]{43}=/);
    const stored = join(folder, 'home', 'data', 'profiles', `${id}.json`);
    expect((await stat(stored)).mode & 0o777).toBe(0o600);
  });

  it('renames and removes', async () => {
    const { handlers } = await open();
    await handlers['profiles.import']({ files: [file('a.conf', wireguard)] }, { signal });
    const id = (await handlers['profiles.list']({}, { signal }))[0]?.id ?? '';
    const renamed = await handlers['profiles.rename']({ id, name: ' Home\u202e\u0007 ' }, { signal });
    expect(renamed.name).toBe('Home');
    await expect(handlers['profiles.rename']({ id, name: '\u200b' }, { signal })).rejects.toMatchObject({
      code: 'bad-request',
    });
    await handlers['profiles.remove']({ id }, { signal });
    expect(await handlers['profiles.list']({}, { signal })).toEqual([]);
    await expect(handlers['profiles.remove']({ id }, { signal })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('refuses a bad input by file and place, and stores nothing', async () => {
    const { handlers } = await open();
    const outcomes = await handlers['profiles.import'](
      { files: [file('bad.conf', wireguard.replace(/PrivateKey = .*/, 'PrivateKey = c2VjcmV0'))] },
      { signal },
    );
    expect(outcomes).toMatchObject([
      {
        ok: false,
        error: { code: 'profile-invalid', details: { file: 'bad.conf', line: 2, directive: 'PrivateKey' } },
      },
    ]);
    expect(JSON.stringify(outcomes)).not.toContain('c2VjcmV0');
    await expect(readdir(join(folder, 'home'))).rejects.toThrow('ENOENT');
  });

  it('remembers settings', async () => {
    const settings = { language: 'ar', theme: 'dark' } as const;
    await (await open()).handlers['settings.set'](settings, { signal });
    expect(await (await open()).handlers['settings.get']({}, { signal })).toEqual(settings);
  });

  it('makes a profile for another server of an imported provider, and only of it', async () => {
    const { handlers } = await open();
    const { servers, providers } = await handlers['servers.list']({ near: 'MA' }, { signal });
    const shared = providers.find(({ oneKeyForAll }) => oneKeyForAll)?.id;
    const [first, second] = servers.filter(({ provider, wireguard: wg }) => provider === shared && wg !== null);
    const other = servers.find(({ provider, wireguard: wg }) => provider !== shared && wg !== null);
    if (!first?.wireguard || !second?.wireguard || !other) throw new Error('the list is too small for this test');
    await expect(handlers['servers.generate']({ serverId: second.id }, { signal })).rejects.toMatchObject({
      code: 'provider-mismatch',
    });
    const own = wireguard.replace(/PublicKey = .*/, `PublicKey = ${first.wireguard.publicKey}`);
    const [imported] = await handlers['profiles.import']({ files: [file('own.conf', own)] }, { signal });
    expect(imported).toMatchObject({ profile: { provider: shared } });
    const made = await handlers['servers.generate']({ serverId: second.id }, { signal });
    expect(made.provider).toBe(shared);
    const { text } = await handlers['profiles.show']({ id: made.id, reveal: true }, { signal });
    expect(text).toContain(second.wireguard.publicKey);
    expect(text).toContain(/PrivateKey = .*/.exec(own)?.[0]);
    await expect(handlers['servers.generate']({ serverId: other.id }, { signal })).rejects.toMatchObject({
      code: 'provider-mismatch',
    });
  });

  it('with a damaged catalogue refuses to check, but not to put the network back', async () => {
    await cp(resources, join(folder, 'resources'), { recursive: true });
    await writeFile(join(folder, 'resources', 'catalogue', 'catalogue.json'), '{}');
    const { handlers } = await open(join(folder, 'resources'));
    await expect(handlers['check.run']({ depth: 'quick', reveal: false }, { signal })).rejects.toMatchObject({
      code: 'list-signature',
    });
    await expect(handlers['app.info']({}, { signal })).rejects.toMatchObject({ code: 'list-signature' });
    expect(await handlers['tunnel.status']({}, { signal })).toMatchObject({ state: 'disconnected' });
  });
});
