import { fireEvent, screen, within } from '@testing-library/svelte';
import '@testing-library/svelte/vitest';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../../electron/api/errors.ts';
import type { Handlers } from '../../../../electron/api/schema.ts';
import { editions } from '../../../../renderer/text/languages.ts';
import type { FakeApi } from '../../fake-api.ts';
import { openWindow } from '../../open-window.ts';
import { connected, disconnected, otherProfile, probedServers, profile } from '../../samples.ts';

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const { best: text, connected: connectedText, shell } = editions.en.text;
const [first, second] = probedServers;

async function choose(connectBest: (fake: () => FakeApi) => Handlers['tunnel.connectBest']): Promise<FakeApi> {
  const { fake, sawt } = await openWindow({
    'profiles.list': () => Promise.resolve([profile, otherProfile]),
    'tunnel.connectBest': (args, context) => connectBest(() => fake)(args, context),
  });
  sawt.screen = 'connect';
  await settled();
  await fireEvent.click(screen.getByRole('button', { name: text.button }));
  await settled();
  return fake;
}
const main = (): HTMLElement => screen.getByRole('main');

describe('choosing the best server', () => {
  it('shows how far it has come, then who answered how and who is tried, in words', async () => {
    const fake = await choose(() => () => new Promise(() => undefined));
    fake.emit('probing', { done: 2, planned: 5 });
    await settled();
    expect(within(main()).getByRole('progressbar')).toHaveProperty('value', 2);
    fake.emit('choosing', { kind: 'ranked', results: probedServers });
    fake.emit('choosing', { kind: 'trying', server: first, of: 3 });
    fake.emit('tunnel', { ...disconnected, state: 'connecting', stage: 'handshake', profile: profile.id });
    fake.emit('choosing', { kind: 'failed', server: first, error: { code: 'no-traffic', message: 'No.' } });
    fake.emit('choosing', { kind: 'trying', server: second, of: 3 });
    await settled();
    const [one, other, third] = within(screen.getByRole('region', { name: text.ranking })).getAllByRole('listitem');
    expect(one?.textContent).toMatch(/Madrid.*answers best.*12.*nothing lost.*did not connect/s);
    expect(other?.textContent).toMatch(/answers more slowly.*being tried/s);
    expect(third?.textContent).toContain(text.standings.unreached);
  });

  it('ends connected, and says what was chosen and why', async () => {
    const fake = await choose((window) => () => {
      window().emit('choosing', { kind: 'ranked', results: probedServers });
      window().emit('choosing', { kind: 'trying', server: first, of: 3 });
      return Promise.resolve(connected);
    });
    expect(within(main()).getByRole('heading', { level: 1 }).textContent).toBe(
      connectedText.headlines['all-fixed'].title,
    );
    expect(main().textContent).toMatch(/Sawt chose .*Madrid.*: it .*answers best/);
    expect(fake.calls.map(({ name }) => name)).toContain('tunnel.connectBest');
  });

  it('can be stopped, and nothing is called an error then', async () => {
    const stopped = new ApiError({ code: 'cancelled', message: 'Stopped.' });
    await choose(
      () =>
        (_args, { signal }) =>
          new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(stopped))),
    );
    await fireEvent.click(within(main()).getByRole('button', { name: shell.cancel }));
    await settled();
    expect(screen.getByRole('button', { name: text.button })).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
  });
});
