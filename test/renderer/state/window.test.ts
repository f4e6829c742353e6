import { describe, expect, it } from 'vitest';
import { WindowState } from '../../../renderer/state/window.svelte.ts';
import { createFakeApi } from '../fake-api.ts';
import { appInfo, doctorWithGaps } from '../samples.ts';

describe('the window', () => {
  it('reads what this computer knows, and starts no check', async () => {
    const fake = createFakeApi({ 'doctor.run': () => Promise.resolve(doctorWithGaps) });
    const sawt = new WindowState(fake, ['en']);
    await sawt.load();
    expect(sawt.info).toEqual(appInfo);
    expect(sawt.doctor).toEqual(doctorWithGaps);
    expect(fake.calls.map(({ name }) => name)).not.toContain('check.run');
  });

  it('opens even when nothing can be read', async () => {
    const broken = (): Promise<never> => Promise.reject(new Error('broken'));
    const fake = createFakeApi({ 'app.info': broken, 'settings.get': broken, 'doctor.run': broken });
    const sawt = new WindowState(fake, ['fr']);
    await sawt.load();
    expect(sawt.info).toBeNull();
    expect(sawt.settings.language).toBe('fr');
  });

  it('knows when Sawt itself is gone', () => {
    const fake = createFakeApi();
    const sawt = new WindowState(fake, ['en']);
    expect(sawt.lost).toBe(false);
    fake.close();
    expect(sawt.lost).toBe(true);
  });
});
