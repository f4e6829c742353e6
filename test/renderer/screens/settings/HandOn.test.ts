import { cleanup, fireEvent, screen, within } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../../../../electron/api/errors.ts';
import type { DocumentUpdate, Handlers } from '../../../../electron/api/schema.ts';
import { editions } from '../../../../renderer/text/languages.ts';
import type { FakeApi } from '../../fake-api.ts';
import { openWindow } from '../../open-window.ts';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const { lists, shell, troubles, place } = editions.en.text;
const text = lists.handOn;
const taken: DocumentUpdate = {
  ...{ kind: 'catalogue', outcome: 'updated', version: 8, previousVersion: 7, mirror: null },
  ...{ rule: null, failures: [] },
};

async function openSettings(overrides: Partial<Handlers> = {}): Promise<FakeApi> {
  const { fake } = await openWindow(overrides);
  await fireEvent.click(screen.getByRole('button', { name: shell.screens.settings }));
  return fake;
}
const section = (): HTMLElement => screen.getByRole('region', { name: text.title });
async function drop(...files: File[]): Promise<void> {
  await fireEvent.drop(screen.getByRole('group', { name: text.drop }), { dataTransfer: { files } });
  await settled();
}
const refuse =
  (code: 'list-incomplete' | 'list-signature' | 'not-a-list', details = {}): Handlers['servers.import'] =>
  () =>
    Promise.reject(new ApiError({ code, message: 'No.', details }));

describe('lists from somebody else', () => {
  it('are taken as several pictures at once, and what is shown of the lists is read anew', async () => {
    const fake = await openSettings({ 'servers.import': () => Promise.resolve({ documents: [taken] }) });
    await drop(new File(['1'], 'b.png'), new File(['2'], 'a.png'));
    expect(fake.calls).toContainEqual({
      name: 'servers.import',
      args: {
        files: [
          { name: 'b.png', base64: btoa('1') },
          { name: 'a.png', base64: btoa('2') },
        ],
      },
    });
    expect(section().textContent).toContain('a newer one is in use now');
    expect(fake.calls.slice(-2).map(({ name }) => name)).toEqual(['servers.list', 'app.info']);
  });

  it('say which pictures are missing', async () => {
    await openSettings({ 'servers.import': refuse('list-incomplete', { missing: '2, 5' }) });
    await drop(new File(['1'], 'b.png'));
    expect(section().textContent).toContain(troubles['list-incomplete'].what);
    expect(section().textContent).toContain(place.missing.replace('{missing}', '2, 5'));
  });

  it('that cannot be trusted are refused in words about what was offered', async () => {
    await openSettings({ 'servers.import': refuse('list-signature') });
    await drop(new File(['1'], 'x.sawt'));
    expect(screen.getByRole('alert').textContent).toContain(lists.refused.title);
  });

  it('that are none are named so', async () => {
    await openSettings({ 'servers.import': refuse('not-a-list') });
    await drop(new File(['1'], 'x.txt'));
    expect(screen.getByRole('alert').textContent).toContain(troubles['not-a-list'].todo);
  });
});

describe('handing one’s own lists on', () => {
  it('saves the chosen one as a file', async () => {
    const saved: string[] = [];
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      saved.push(this.download);
    });
    const fake = await openSettings({
      'servers.export': ({ kind }) => Promise.resolve({ fileName: `${kind}.sawt`, base64: btoa('x') }),
    });
    const [, second] = within(section()).getAllByRole('button', { name: text.save });
    if (second) await fireEvent.click(second);
    await settled();
    expect(fake.calls.at(-1)).toEqual({ name: 'servers.export', args: { kind: 'catalogue', form: 'file' } });
    expect(saved).toEqual(['catalogue.sawt']);
  });

  it('shows one picture after the other, round and round', async () => {
    await openSettings({ 'servers.export': () => Promise.resolve({ pictures: ['AA==', 'BB==', 'CC=='] }) });
    const [first] = within(section()).getAllByRole('button', { name: text.show });
    if (first) await fireEvent.click(first);
    await settled();
    const picture = (): string => within(section()).getByRole('img').getAttribute('src') ?? '';
    const seen: string[] = [];
    for (const button of [text.next, text.next, text.next, text.back]) {
      seen.push(picture().split(',')[1] ?? '');
      await fireEvent.click(within(section()).getByRole('button', { name: button }));
    }
    expect([...seen, picture().split(',')[1]]).toEqual(['AA==', 'BB==', 'CC==', 'AA==', 'CC==']);
    await fireEvent.click(within(section()).getByRole('button', { name: text.hide }));
    expect(within(section()).queryByRole('img')).toBeNull();
  });
});
