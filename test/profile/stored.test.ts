import { expect, test } from 'vitest';
import { importProfiles } from '../../electron/profile/import.ts';
import { storedProfileSchema, summaryOf } from '../../electron/profile/stored.ts';
import type { StoredProfile } from '../../electron/profile/types.ts';
import { simple as ovpn, withLines } from './openvpn/samples.ts';
import { privateKey, simple as conf, withInterface } from './wireguard/samples.ts';

async function stored(text: string): Promise<StoredProfile> {
  const [result] = await importProfiles([{ name: 'a', bytes: Buffer.from(text) }]);
  if (result?.ok !== true) throw new Error('The sample does not import.');
  return { ...result.profile, createdAt: '2026-11-24T12:00:00.000Z' };
}

test('what the importer makes survives the way through JSON', async () => {
  for (const text of [conf, withInterface('PostUp = x'), ovpn, withLines('up x\ncipher AES-256-CBC\nauth-user-pass')]) {
    const profile = await stored(text);
    expect(storedProfileSchema.parse(JSON.parse(JSON.stringify(profile)))).toEqual(profile);
  }
});

test('a summary has no secret and no field of the profile in it', async () => {
  const summary = summaryOf(await stored(conf));
  expect(Object.keys(summary).sort()).toEqual(['dropped', 'endpoint', 'id', 'kind', 'name', 'provider', 'warnings']);
  expect(JSON.stringify(summary)).not.toContain(privateKey);
});

test('a record that was tampered with is not taken', async () => {
  const good = await stored(conf);
  for (const change of [
    { id: '../x' },
    { kind: 'openvpn' },
    { createdAt: 'yesterday' },
    { profile: { ...good.profile, privateKey: 'x\nPostUp = id' } },
    { profile: { ...good.profile, postUp: 'id' } },
    { warnings: [{ code: 'new', text: '' }] },
  ]) {
    expect(storedProfileSchema.safeParse({ ...good, ...change }).success).toBe(false);
  }
});
