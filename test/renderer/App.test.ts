import { fireEvent, screen } from '@testing-library/svelte';
import '@testing-library/svelte/vitest';
import { tick } from 'svelte';
import { describe, expect, it } from 'vitest';
import { editions } from '../../renderer/text/languages.ts';
import { openWindow } from './open-window.ts';
import { appInfo, connected, profile } from './samples.ts';

const heading = (): string | null => screen.getByRole('heading', { level: 1 }).textContent;
const { en, fr, ar } = editions;

describe('the window', () => {
  it('opens calmly: one question, one button, nothing sent', async () => {
    const { fake } = await openWindow();
    expect(heading()).toBe(en.text.check.intro.title);
    expect(screen.getByText(en.text.check.intro.quiet, { exact: false })).toBeTruthy();
    expect(fake.calls.map(({ name }) => name)).not.toContain('check.run');
  });

  it('speaks the language of the system, or of the settings, and turns around for Arabic', async () => {
    await openWindow({}, 'fr-FR');
    expect(heading()).toBe(fr.text.check.intro.title);
    expect(document.documentElement.dir).toBe('ltr');
  });

  it('turns around for Arabic', async () => {
    await openWindow({ 'settings.get': () => Promise.resolve({ language: 'ar', theme: 'dark' }) });
    expect(heading()).toBe(ar.text.check.intro.title);
    expect(document.documentElement.dir).toBe('rtl');
    expect(document.documentElement.lang).toBe('ar');
    expect(document.documentElement.dataset['theme']).toBe('dark');
    expect(document.title).toBe('صوت');
  });

  it('changes language at once from the settings', async () => {
    const { fake } = await openWindow();
    await fireEvent.click(screen.getByRole('button', { name: en.text.shell.screens.settings }));
    await fireEvent.click(screen.getByRole('radio', { name: 'العربية' }));
    expect(heading()).toBe(ar.text.settings.title);
    expect(document.documentElement.dir).toBe('rtl');
    expect(fake.calls.at(-1)).toEqual({ name: 'settings.set', args: { language: 'ar', theme: 'system' } });
  });

  it('takes the reader to the heading of a new screen', async () => {
    await openWindow();
    await fireEvent.click(screen.getByRole('button', { name: en.text.shell.screens.connect }));
    await tick();
    expect(document.activeElement).toBe(screen.getByRole('heading', { level: 1 }));
    expect(screen.getByRole('button', { name: en.text.shell.screens.connect }).getAttribute('aria-current')).toBe(
      'page',
    );
  });

  it('says that it is a practice, and when Sawt itself is gone', async () => {
    const { fake } = await openWindow({ 'app.info': () => Promise.resolve({ ...appInfo, practice: true }) });
    expect(screen.getByText(en.text.shell.practice)).toBeTruthy();
    fake.close();
    await tick();
    expect(screen.getByRole('alert').textContent).toContain(en.text.shell.lost.title);
  });

  it('always shows the connection, and the way out of it', async () => {
    await openWindow({
      'tunnel.status': () => Promise.resolve(connected),
      'profiles.list': () => Promise.resolve([profile]),
    });
    const bar = screen.getByRole('contentinfo');
    expect(bar.textContent).toContain('Connected through Madrid');
    expect(bar.querySelector('button')?.textContent.trim()).toBe(en.text.shell.status.disconnect);
  });
});
