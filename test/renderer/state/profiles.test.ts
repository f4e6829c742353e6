import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../../../electron/api/errors.ts';
import type { ProfileSummary } from '../../../electron/api/schema.ts';
import { ProfilesState, undoMs } from '../../../renderer/state/profiles.svelte.ts';
import { createFakeApi, type FakeApi } from '../fake-api.ts';
import { otherProfile, profile } from '../samples.ts';

/** A store of two profiles behind the fake. */
function withStore(): { fake: FakeApi; stored: Map<string, ProfileSummary> } {
  const stored = new Map([profile, otherProfile].map((one) => [one.id, one]));
  const fake = createFakeApi({
    'profiles.list': () => Promise.resolve([...stored.values()]),
    'profiles.remove': ({ id }) => {
      stored.delete(id);
      return Promise.resolve(null);
    },
    'profiles.rename': ({ id, name }) => {
      const renamed = { ...(stored.get(id) ?? profile), name };
      stored.set(id, renamed);
      return Promise.resolve(renamed);
    },
    'profiles.import': ({ files }) =>
      Promise.resolve(
        files.map(({ name, base64 }) => {
          if (atob(base64) === 'broken') {
            return { input: name, ok: false, error: new ApiError({ code: 'profile-invalid', message: '' }).toRecord() };
          }
          const added = { ...profile, id: `p-${name}`, name };
          stored.set(added.id, added);
          return { input: name, ok: true, profile: added };
        }),
      ),
    'servers.generate': ({ serverId }) => {
      const added = { ...profile, id: `p-${serverId}` };
      stored.set(added.id, added);
      return Promise.resolve(added);
    },
  });
  return { fake, stored };
}

const names = (fake: FakeApi): string[] => fake.calls.map(({ name }) => name);

describe('the state of the profiles', () => {
  it('selects the first profile until somebody chooses another', async () => {
    const profiles = new ProfilesState(withStore().fake.api);
    expect(profiles.selected).toBeNull();
    await profiles.load();
    expect(profiles.selected?.id).toBe(profile.id);
    profiles.selectedId = otherProfile.id;
    expect(profiles.selected?.id).toBe(otherProfile.id);
  });

  it('imports files, lists what came of each, and selects the one that was added', async () => {
    const { fake } = withStore();
    const profiles = new ProfilesState(fake.api);
    await profiles.importFiles([new File(['broken'], 'bad.conf'), new File(['[Interface]'], 'good.conf')]);
    expect(profiles.outcomes.map(({ ok }) => ok)).toEqual([false, true]);
    expect(profiles.selected?.id).toBe('p-good.conf');
    expect(profiles.importing).toBe(false);
  });

  it('imports pasted text byte for byte, in UTF-8', async () => {
    const { fake } = withStore();
    const profiles = new ProfilesState(fake.api);
    await profiles.importText('Pasted', '# é صوت');
    const args = fake.calls[0]?.args as { files: { base64: string }[] };
    const bytes = Uint8Array.from(atob(args.files[0]?.base64 ?? ''), (character) => character.charCodeAt(0));
    expect(new TextDecoder().decode(bytes)).toBe('# é صوت');
  });

  it('keeps the error when the import as a whole fails', async () => {
    const profiles = new ProfilesState(createFakeApi().api);
    await profiles.importText('Pasted', 'x');
    expect(profiles.error?.code).toBe('not-found');
    expect(profiles.importing).toBe(false);
  });

  it('renames in place', async () => {
    const profiles = new ProfilesState(withStore().fake.api);
    await profiles.load();
    await profiles.rename(profile.id, 'Home');
    expect(profiles.list.map(({ name }) => name)).toEqual(['Home', otherProfile.name]);
  });

  it('adds a server of the same provider and selects it', async () => {
    const profiles = new ProfilesState(withStore().fake.api);
    await profiles.load();
    await profiles.generate('fr-par-1', profile);
    expect(profiles.selected?.id).toBe('p-fr-par-1');
  });

  describe('removing', () => {
    beforeEach(() => void vi.useFakeTimers());
    afterEach(() => void vi.useRealTimers());

    it('hides the profile at once and removes it when the time for undoing is over', async () => {
      const { fake, stored } = withStore();
      const profiles = new ProfilesState(fake.api);
      await profiles.load();
      await profiles.remove(profile);
      expect(profiles.visible.map(({ id }) => id)).toEqual([otherProfile.id]);
      await vi.advanceTimersByTimeAsync(undoMs - 1);
      expect(stored.has(profile.id)).toBe(true);
      await vi.advanceTimersByTimeAsync(1);
      expect(stored.has(profile.id)).toBe(false);
      expect(profiles.removing).toBeNull();
    });

    it('brings the profile back when undone in time', async () => {
      const { fake } = withStore();
      const profiles = new ProfilesState(fake.api);
      await profiles.load();
      await profiles.remove(profile);
      profiles.undoRemove();
      await vi.advanceTimersByTimeAsync(undoMs * 2);
      expect(profiles.visible).toHaveLength(2);
      expect(names(fake)).not.toContain('profiles.remove');
    });

    it('settles the first removal before a second', async () => {
      const { fake, stored } = withStore();
      const profiles = new ProfilesState(fake.api);
      await profiles.load();
      await profiles.remove(profile);
      await profiles.remove(otherProfile);
      expect([...stored.keys()]).toEqual([otherProfile.id]);
      expect(profiles.removing?.id).toBe(otherProfile.id);
    });

    it('shows the profile again when it could not be removed', async () => {
      const fake = createFakeApi({
        'profiles.list': () => Promise.resolve([profile]),
        'profiles.remove': () => Promise.reject(new ApiError({ code: 'profile-in-use', message: 'In use.' })),
      });
      const profiles = new ProfilesState(fake.api);
      await profiles.load();
      await profiles.remove(profile);
      await vi.advanceTimersByTimeAsync(undoMs);
      expect(profiles.visible).toEqual([profile]);
      expect(profiles.error?.code).toBe('profile-in-use');
    });
  });
});
