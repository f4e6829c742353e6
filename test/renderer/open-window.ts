import { render } from '@testing-library/svelte';
import { tick } from 'svelte';
import type { Handlers } from '../../electron/api/schema.ts';
import App from '../../renderer/App.svelte';
import { WindowState } from '../../renderer/state/window.svelte.ts';
import { createFakeApi, type FakeApi } from './fake-api.ts';

/** The whole window over the fake API, after it has read what the computer knows. */
export async function openWindow(
  overrides: Partial<Handlers> = {},
  language = 'en',
): Promise<{ fake: FakeApi; sawt: WindowState }> {
  const fake = createFakeApi(overrides);
  const sawt = new WindowState(fake, [language]);
  render(App, { props: { sawt } });
  await sawt.load();
  await tick();
  return { fake, sawt };
}
