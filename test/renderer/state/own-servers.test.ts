import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../electron/api/errors.ts';
import { OwnServersState } from '../../../renderer/state/own-servers.svelte.ts';
import { createFakeApi } from '../fake-api.ts';
import { ownServerFound, ownServerKit } from '../own-server-samples.ts';

describe('the servers of one’s own', () => {
  it('are shown with the one that was just made', async () => {
    const fake = createFakeApi({
      'ownServer.create': () => Promise.resolve(ownServerKit),
      'ownServer.list': () => Promise.resolve([ownServerKit.server]),
    });
    const servers = new OwnServersState(fake.api);
    const made = await servers.make({ endpoint: '198.51.100.4', people: 2, split: 'full' });
    expect(made).toEqual(ownServerKit);
    expect(servers).toMatchObject({ kit: ownServerKit, list: [ownServerKit.server], work: null, error: null });
  });

  it('are none where nothing can be read, and a failure is kept for the person', async () => {
    const code = 'storage-failed';
    const fake = createFakeApi({ 'ownServer.create': () => Promise.reject(new ApiError({ code, message: 'Full.' })) });
    const servers = new OwnServersState(fake.api);
    await servers.load();
    expect(servers.list).toEqual([]);
    expect(await servers.make({ endpoint: '198.51.100.4' })).toBeNull();
    expect(servers.error?.code).toBe(code);
  });

  it('are looked at one at a time, and an old finding goes', async () => {
    let answer: (() => void) | undefined;
    const fake = createFakeApi({
      'ownServer.check': () => new Promise((resolve) => (answer = () => resolve(ownServerFound))),
    });
    const servers = new OwnServersState(fake.api);
    const first = servers.look('o-1');
    await servers.look('o-2');
    await new Promise((resolve) => setTimeout(resolve));
    expect(fake.calls.map(({ args }) => args)).toEqual([{ server: 'o-1' }]);
    answer?.();
    await first;
    expect(servers).toMatchObject({ found: ownServerFound, work: null });
  });
});
