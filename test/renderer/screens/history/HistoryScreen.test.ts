import { fireEvent, screen, within } from '@testing-library/svelte';
import '@testing-library/svelte/vitest';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { en } from '../../../../renderer/text/en/en.ts';
import { historyHandlers } from '../../history-samples.ts';
import { openWindow } from '../../open-window.ts';

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const { history: text } = en;

async function openHistory(handlers = historyHandlers()) {
  const opened = await openWindow(handlers);
  await fireEvent.click(screen.getByRole('button', { name: en.shell.screens.history }));
  await settled();
  return opened;
}

const network = (name: string): HTMLElement => screen.getByRole('region', { name: new RegExp(name) });
const button = (name: string | RegExp): HTMLElement => screen.getByRole('button', { name });
const heading = (): string | null => screen.getByRole('heading', { level: 1 }).textContent;
const press = async (element: HTMLElement): Promise<void> => {
  await fireEvent.click(element);
  await settled();
};

describe('the list', () => {
  it('says what there is when nothing was checked, and leads to the check', async () => {
    await openHistory({ 'history.list': () => Promise.resolve({ networks: [], entries: [] }) });
    expect(heading()).toBe(text.empty.title);
    await press(button(en.check.intro.button));
    expect(heading()).toBe(en.check.intro.title);
  });

  it('shows each network with what is blocked there since when, and where one is', async () => {
    await openHistory();
    const mobile = network('Network 1');
    expect(mobile.textContent).toContain(text.here);
    expect(mobile.textContent).toMatch(/Calls blocked since .*22 Nov 2026.* or earlier.*: .*WhatsApp, Messenger/);
    expect(within(mobile).getAllByRole('row')).toHaveLength(5);
    expect(mobile.textContent).toContain(text.through.own);
    expect(mobile.textContent).toContain(text.states.offline);
    expect(network('بيت العائلة').textContent).not.toContain(text.here);
  });

  it('says it when the history cannot be read', async () => {
    await openHistory({});
    expect(screen.getByRole('alert').textContent).toContain(en.troubles['not-found'].what);
  });
});

describe('one check', () => {
  it('opens with its evidence, at its heading, and leads back', async () => {
    await openHistory();
    await press(button(/Open the check.*24 Nov 2026, 12:00/));
    expect(heading()).toContain('Network 1');
    expect(document.activeElement).toBe(screen.getByRole('heading', { level: 1 }));
    expect(screen.getByText(en.check.headlines['calls-blocked'].title)).toBeTruthy();
    await press(within(screen.getByRole('row', { name: /Telegram/ })).getByRole('button'));
    expect(screen.getByRole('region', { name: en.evidence.calls })).toBeTruthy();
    await press(button(text.back));
    expect(heading()).toBe(text.title);
  });

  it('claims nothing about services where the computer was offline', async () => {
    await openHistory();
    await press(button(/Open the check.*21 Nov 2026/));
    expect(screen.getByText(en.check.headlines.offline.title)).toBeTruthy();
    expect(screen.queryByRole('table')).toBeNull();
  });
});

describe('two checks', () => {
  it('are compared in the order of their times, whichever was ticked first', async () => {
    const { fake } = await openHistory();
    expect(button(text.compare)).toHaveProperty('disabled', true);
    await press(screen.getByRole('checkbox', { name: /23 Nov 2026/ }));
    await press(screen.getByRole('checkbox', { name: /22 Nov 2026/ }));
    await press(button(text.compare));
    expect(fake.calls.at(-1)).toEqual({ name: 'history.compare', args: { before: 'h2', after: 'h3' } });
    expect(heading()).toBe(text.comparison);
    const [, before, after] = screen.getAllByRole('columnheader').map(({ textContent }) => textContent);
    expect(before).toContain('Network 1');
    expect(after).toContain('بيت العائلة');
    expect(screen.getByRole('row', { name: /Telegram/ }).textContent).toContain(text.changes.fixed);
  });

  it('are never three', async () => {
    await openHistory();
    for (const day of [/22 Nov/, /23 Nov/, /24 Nov 2026, 12:00/])
      await press(screen.getByRole('checkbox', { name: day }));
    const ticked = screen.getAllByRole<HTMLInputElement>('checkbox').filter(({ checked }) => checked);
    expect(ticked).toHaveLength(2);
    expect(screen.getByRole('checkbox', { name: /22 Nov/ })).toHaveProperty('checked', false);
  });
});

describe('a network', () => {
  it('takes a name, and its number back', async () => {
    const { fake } = await openHistory();
    await press(button('Rename \u2068Network 1\u2069'));
    await fireEvent.input(screen.getByRole('textbox'), { target: { value: ' Mobile ' } });
    await press(button(text.save));
    expect(network('Mobile')).toBeTruthy();
    await press(button('Rename \u2068Mobile\u2069'));
    await fireEvent.input(screen.getByRole('textbox'), { target: { value: '' } });
    await press(button(text.save));
    expect(fake.calls.filter(({ name }) => name === 'history.rename').map(({ args }) => args)).toEqual([
      { network: 'n-mobile', name: 'Mobile' },
      { network: 'n-mobile', name: null },
    ]);
  });

  it('keeps its name when the keyboard says Escape', async () => {
    const { fake } = await openHistory();
    await press(button('Rename \u2068Network 1\u2069'));
    await fireEvent.keyDown(screen.getByRole('textbox'), { key: 'Escape' });
    await settled();
    expect(screen.queryByRole('textbox')).toBeNull();
    expect(fake.calls.map(({ name }) => name)).not.toContain('history.rename');
  });
});

describe('the export', () => {
  const saved: { name: string; href: string }[] = [];
  beforeEach(() => {
    saved.length = 0;
    vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:x', revokeObjectURL: () => undefined }));
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      saved.push({ name: this.download, href: this.href });
    });
  });
  afterEach(() => vi.restoreAllMocks());

  it('saves a file, and says how many it holds and what was left out', async () => {
    await openHistory();
    await press(button(text.export.button));
    expect(saved).toEqual([{ name: 'sawt-ooni.jsonl', href: 'blob:x' }]);
    expect(screen.getByText(text.export.done(4), { exact: false }).textContent).toContain(text.export.leftOut(1));
  });

  it('saves none when there is nothing to hand on', async () => {
    const nothing = { 'history.export': () => Promise.resolve({ text: '', measurements: 0, leftOut: 2 }) };
    await openHistory({ ...historyHandlers(), ...nothing });
    await press(button(text.export.button));
    expect(saved).toEqual([]);
    expect(screen.getByText(text.export.nothing, { exact: false })).toBeTruthy();
  });
});

describe('forgetting', () => {
  it('asks first, with the keyboard on the answer that changes nothing', async () => {
    const { fake } = await openHistory();
    await press(button(text.clear.button));
    expect(screen.getByRole('alert').textContent).toContain(text.clear.ask(5));
    expect(document.activeElement).toBe(button(en.shell.cancel));
    await press(button(en.shell.cancel));
    expect(document.activeElement).toBe(button(text.clear.button));
    expect(fake.calls.map(({ name }) => name)).not.toContain('history.clear');
  });

  it('leaves an empty list, and says how many went', async () => {
    await openHistory();
    await press(button(text.clear.button));
    await press(button(text.clear.confirm));
    expect(heading()).toBe(text.empty.title);
    expect(screen.getByText(text.clear.done(5))).toBeTruthy();
  });
});
