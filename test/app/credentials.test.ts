import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { forgetCredentials, keepCredentials, withCredentials } from '../../electron/app/credentials.ts';
import { openProfiles } from '../../electron/app/profiles.ts';
import { summaryOf } from '../../electron/profile/stored.ts';
import type { StoredProfile } from '../../electron/profile/types.ts';

const typed = { username: 'lantern', password: 'wet stone 7', keep: true };
const stored: StoredProfile = {
  ...{ id: 'p-00000000000000aa', name: 'Madrid', kind: 'openvpn', endpoint: null, provider: null, dropped: [] },
  warnings: [{ code: 'needs-password', text: '' }],
  createdAt: '2026-11-24T12:00:00.000Z',
  profile: {
    kind: 'openvpn',
    remotes: [{ host: '203.0.113.3', port: 1194, transport: 'udp' }],
    userPass: { required: true },
    options: [],
  },
};
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sawt-credentials-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('what a server has accepted is kept with its profile, for the owner only, until it is forgotten', async () => {
  const profiles = openProfiles(folder);
  await profiles.put(stored);
  expect(summaryOf(stored)).toMatchObject({ credentials: 'needed', warnings: [{ code: 'needs-password' }] });

  await keepCredentials(profiles, stored.id, typed);
  const kept = await profiles.get(stored.id);
  expect(kept.profile).toMatchObject({ userPass: { username: 'lantern', password: 'wet stone 7' } });
  expect(summaryOf(kept)).toMatchObject({ credentials: 'kept', warnings: [] });
  expect(JSON.stringify(summaryOf(kept))).not.toContain('lantern');
  const [file = ''] = await readdir(folder);
  expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600);

  expect(summaryOf(await forgetCredentials(profiles, stored.id))).toMatchObject({ credentials: 'needed' });
  expect((await profiles.get(stored.id)).profile).toEqual(stored.profile);
});

it('a profile that asks for nothing is not given a password', () => {
  expect(() => withCredentials({ kind: 'wireguard' } as StoredProfile['profile'], typed)).toThrow(
    expect.objectContaining({ code: 'bad-request' }),
  );
});

it.each(['a\nb', 'x'.repeat(201), '</auth-user-pass>'])('what cannot be a password is not sent', (password) => {
  expect(() => withCredentials(stored.profile, { ...typed, password })).toThrow(
    expect.objectContaining({ code: 'password-wrong' }),
  );
});
