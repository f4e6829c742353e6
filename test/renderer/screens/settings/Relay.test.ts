import { cleanup, fireEvent, screen, within } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { ApiError } from '../../../../electron/api/errors.ts';
import type { Handlers } from '../../../../electron/api/schema.ts';
import { editions } from '../../../../renderer/text/languages.ts';
import type { FakeApi } from '../../fake-api.ts';
import { openWindow } from '../../open-window.ts';
import { blockedReport, rehearsal, relaySummary } from '../../samples.ts';

afterEach(cleanup);
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const { relay: text, shell, troubles } = editions.en.text;
const file = JSON.stringify({ urls: 'turn:203.0.113.5', username: 'caller', credential: 'wet stone 7' });

async function openSettings(overrides: Partial<Handlers> = {}): Promise<FakeApi> {
  const { fake } = await openWindow(overrides);
  await fireEvent.click(screen.getByRole('button', { name: shell.screens.settings }));
  return fake;
}
const section = (): HTMLElement => screen.getByRole('region', { name: text.title });
const press = async (name: string, inside = section()): Promise<void> => {
  await fireEvent.click(within(inside).getByRole('button', { name }));
  await settled();
};
const kept: Partial<Handlers> = { 'relay.show': () => Promise.resolve(relaySummary) };

describe('a relay for call rehearsals', () => {
  it('is kept from a text that was pasted, and its password stands nowhere afterwards', async () => {
    const fake = await openSettings({ 'relay.set': () => Promise.resolve(relaySummary) });
    await fireEvent.input(screen.getByLabelText(text.pasteLabel), { target: { value: file } });
    await press(text.pasteButton);
    expect(fake.calls.at(-1)).toEqual({ name: 'relay.set', args: { text: file } });
    expect(section().textContent).toContain('203.0.113.5:3478');
    expect(section().textContent).toContain('caller');
    expect(screen.getByLabelText<HTMLTextAreaElement>(text.pasteLabel).value).toBe('');
    expect(document.body.innerHTML).not.toContain('wet stone');
  });

  it('is kept from a file that was dropped', async () => {
    const fake = await openSettings({ 'relay.set': () => Promise.resolve(relaySummary) });
    await fireEvent.drop(screen.getByRole('group', { name: text.drop }), {
      dataTransfer: { files: [new File([file], 'relay.json')] },
    });
    await settled();
    expect(fake.calls.at(-1)).toEqual({ name: 'relay.set', args: { text: file } });
  });

  it('that is none is told so', async () => {
    await openSettings({
      'relay.set': () => Promise.reject(new ApiError({ code: 'relay-invalid', message: 'It is not JSON.' })),
    });
    await fireEvent.input(screen.getByLabelText(text.pasteLabel), { target: { value: 'x' } });
    await press(text.pasteButton);
    expect(screen.getByRole('alert').textContent).toContain(troubles['relay-invalid'].todo);
  });

  it('is removed only after a second word', async () => {
    const fake = await openSettings({ ...kept, 'relay.remove': () => Promise.resolve(null) });
    await press(text.remove);
    expect(section().textContent).toContain(text.removeAsk);
    await press(shell.cancel);
    await press(text.remove);
    expect(fake.calls.map(({ name }) => name)).not.toContain('relay.remove');
    await press(text.removeYes);
    expect(fake.calls.map(({ name }) => name)).toContain('relay.remove');
    expect(section().textContent).not.toContain('caller');
  });
});

describe('looking deeper', () => {
  it('is offered only with a relay', async () => {
    await openWindow();
    expect(screen.queryByRole('button', { name: text.deeper })).toBeNull();
  });

  it.each(['en', 'fr', 'ar'] as const)('rehearses a call and says how it went (%s)', async (language) => {
    const report = { ...blockedReport, rehearsal };
    const { fake } = await openWindow({ ...kept, 'check.run': () => Promise.resolve(report) }, language);
    const words = editions[language].text.relay;
    await press(words.deeper, screen.getByRole('main'));
    expect(fake.calls).toContainEqual({
      name: 'check.run',
      args: expect.objectContaining({ depth: 'full' }) as unknown,
    });
    expect(screen.getByRole('main').textContent).toContain(editions[language].text.quality.call.outcomes.cut);
  });
});
