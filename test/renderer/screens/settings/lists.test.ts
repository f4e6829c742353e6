import { cleanup, fireEvent, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../../../../electron/api/errors.ts';
import type { DocumentUpdate, Handlers } from '../../../../electron/api/schema.ts';
import { editions } from '../../../../renderer/text/languages.ts';
import { openWindow } from '../../open-window.ts';
import type { FakeApi } from '../../fake-api.ts';

afterEach(cleanup);
const text = editions.en.text.lists;
const document = (changes: Partial<DocumentUpdate> = {}): DocumentUpdate => ({
  ...{ kind: 'servers', outcome: 'unchanged', version: 7, previousVersion: 7, mirror: 'lists.example' },
  ...{ rule: null, failures: [] },
  ...changes,
});

async function ask(update: Handlers['servers.update'], language: 'en' | 'fr' | 'ar' = 'en'): Promise<FakeApi> {
  const { fake } = await openWindow({ 'servers.update': update }, language);
  const words = editions[language].text;
  await fireEvent.click(screen.getByRole('button', { name: words.shell.screens.settings }));
  expect(fake.calls.map(({ name }) => name)).not.toContain('servers.update');
  await fireEvent.click(screen.getByRole('button', { name: words.lists.button }));
  return fake;
}
const result =
  (...documents: DocumentUpdate[]): Handlers['servers.update'] =>
  () =>
    Promise.resolve({ documents });

describe('newer lists', () => {
  it('are looked for when asked, and what is shown of them is read anew', async () => {
    const fake = await ask(result(document({ outcome: 'updated' }), document({ kind: 'catalogue' })));
    await screen.findByText(/a newer one is in use now/);
    expect(screen.getByText(/you have the newest/)).toBeTruthy();
    expect(fake.calls.map(({ name }) => name).slice(-3)).toEqual(['servers.update', 'servers.list', 'app.info']);
  });

  it('that are refused or not reached are explained, each in its own way', async () => {
    await ask(result(document({ outcome: 'refused' }), document({ kind: 'catalogue', outcome: 'unreachable' })));
    await screen.findByText(text.refused.title);
    expect(screen.queryByText(text.unreachable.title)).toBeNull();
  });

  it.each(['fr', 'ar'] as const)('say in %s that no mirror was reached', async (language) => {
    await ask(result(document({ outcome: 'unreachable' })), language);
    await screen.findByText(editions[language].text.lists.unreachable.title);
  });

  it('cannot be looked for twice at a time, and a failure of Sawt itself is told', async () => {
    let fail: (error: Error) => void = () => undefined;
    await ask(() => new Promise((_, reject) => (fail = reject)));
    const button = await screen.findByRole<HTMLButtonElement>('button', { name: text.asking });
    expect(button.disabled).toBe(true);
    fail(new ApiError({ code: 'storage-failed', message: 'full' }));
    await screen.findByText(editions.en.text.troubles['storage-failed'].what);
    await vi.waitFor(() => expect(screen.getByRole('button', { name: text.button })).toBeTruthy());
  });
});
