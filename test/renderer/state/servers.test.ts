import { describe, expect, it } from 'vitest';
import { ServersState } from '../../../renderer/state/servers.svelte.ts';
import { createFakeApi } from '../fake-api.ts';
import { otherProfile, profile, serversView } from '../samples.ts';

async function withList(oneKeyForAll: boolean): Promise<ServersState> {
  const providers = serversView.providers.map((provider) => ({ ...provider, oneKeyForAll }));
  const fake = createFakeApi({ 'servers.list': () => Promise.resolve({ ...serversView, providers }) });
  const servers = new ServersState(fake.api);
  await servers.load();
  return servers;
}

describe('other servers for a profile', () => {
  it('are offered when its provider is known and one key opens all of them', async () => {
    expect((await withList(true)).providerOf(profile)?.id).toBe('example');
  });

  it('are not offered when every server wants its own key', async () => {
    expect((await withList(false)).providerOf(profile)).toBeUndefined();
  });

  it('are not offered to a profile of an unknown provider', async () => {
    const servers = await withList(true);
    expect(servers.providerOf({ ...profile, provider: null })).toBeUndefined();
    expect(servers.providerOf(otherProfile)).toBeUndefined();
  });

  it('are offered to an OpenVPN profile, whose certificate or password is good for all of them', async () => {
    const servers = await withList(false);
    expect(servers.providerOf({ ...otherProfile, provider: 'example' })?.id).toBe('example');
  });

  it('are not offered when the list was refused', async () => {
    const servers = new ServersState(createFakeApi().api);
    await servers.load();
    expect(servers.providerOf(profile)).toBeUndefined();
  });
});
