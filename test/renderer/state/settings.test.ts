import { describe, expect, it } from 'vitest';
import { chooseLanguage, SettingsState } from '../../../renderer/state/settings.svelte.ts';
import { createFakeApi } from '../fake-api.ts';

describe('the language of the window', () => {
  it('is the first of the person’s languages that we speak', () => {
    expect(chooseLanguage(['de-DE', 'fr-CA', 'en'])).toBe('fr');
    expect(chooseLanguage(['ar-MA'])).toBe('ar');
  });

  it('is English when we speak none of them', () => {
    expect(chooseLanguage(['de', 'arn'])).toBe('en');
    expect(chooseLanguage([])).toBe('en');
  });

  it('is what the settings say, when they say anything', async () => {
    const fake = createFakeApi({ 'settings.get': () => Promise.resolve({ language: 'ar', theme: 'dark' }) });
    const settings = new SettingsState(fake.api, ['fr']);
    expect(settings.language).toBe('fr');
    await settings.load();
    expect(settings.language).toBe('ar');
    expect(settings.value.theme).toBe('dark');
  });
});

describe('changing a setting', () => {
  it('keeps the other setting and hands both to the app', async () => {
    const fake = createFakeApi();
    const settings = new SettingsState(fake.api, ['fr']);
    await settings.change({ theme: 'light' });
    await settings.change({ language: 'en' });
    expect(fake.calls.at(-1)).toEqual({ name: 'settings.set', args: { language: 'en', theme: 'light' } });
    expect(settings.notKept).toBe(false);
  });

  it('shows the change even when it could not be kept, and says so', async () => {
    const fake = createFakeApi({ 'settings.set': () => Promise.reject(new Error('disk full')) });
    const settings = new SettingsState(fake.api, ['fr']);
    await settings.change({ language: 'ar' });
    expect(settings.language).toBe('ar');
    expect(settings.notKept).toBe(true);
  });
});
