import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSplitHandlers, type SplitDependencies } from '../../electron/app/split-handlers.ts';
import { openProfiles } from '../../electron/app/profiles.ts';
import { parse, simple } from '../profile/wireguard/samples.ts';

let folder: string;
let dependencies: SplitDependencies;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sawt-test-'));
  dependencies = {
    profiles: openProfiles(folder),
    services: () => [
      { id: 'telegram', prefixes: [{ cidr: '91.108.4.0/22', asOf: '2026-02-11' }] },
      { id: 'signal', prefixes: [] },
    ],
    resolvers: ['9.9.9.9'],
    stun: ['162.159.207.0'],
    lookUp: () => Promise.reject(new Error('unknown')),
    now: () => new Date('2026-11-24T12:00:00Z'),
  };
  await dependencies.profiles.put({
    ...{ id: 'p-00000000000000aa', name: 'Madrid', kind: 'wireguard', endpoint: null, provider: 'acme' },
    ...{ dropped: [], warnings: [], createdAt: '2026-11-23T12:00:00.000Z' },
    profile: parse(simple).profile,
  });
});
afterEach(() => rm(folder, { recursive: true }));

const context = { signal: new AbortController().signal };
const id = 'p-00000000000000aa';

describe('a profile for calls only', () => {
  it('is made beside the one that carries everything, and says what is in it', async () => {
    const handlers = createSplitHandlers(dependencies);
    const made = await handlers['profiles.split']({ id, replace: false }, context);
    expect(made).toMatchObject({
      profile: { name: 'Madrid (calls only)', split: 'calls', provider: 'acme' },
      ...{ inside: ['telegram'], without: ['signal'], asOf: '2026-02-11' },
    });
    const stored = await dependencies.profiles.list();
    expect(stored.map(({ profile }) => profile.split)).toHaveLength(2);
    expect(stored.find((one) => one.id === id)?.profile.split).toBeUndefined();
  });

  it('takes the place of one that was made only for it', async () => {
    const { profile } = await createSplitHandlers(dependencies)['profiles.split']({ id, replace: true }, context);
    expect(profile).toMatchObject({ id, name: 'Madrid', split: 'calls' });
    expect(await dependencies.profiles.list()).toHaveLength(1);
  });

  it.each([
    ['a service that nobody knows', ['nobody']],
    ['services that publish no addresses', ['signal']],
  ])('is not made of %s', async (_what, services) => {
    const made = createSplitHandlers(dependencies)['profiles.split']({ id, services, replace: false }, context);
    await expect(made).rejects.toMatchObject({ code: 'bad-request' });
    expect(await dependencies.profiles.list()).toHaveLength(1);
  });

  it('is not made of another', async () => {
    const handlers = createSplitHandlers(dependencies);
    await handlers['profiles.split']({ id, replace: true }, context);
    await expect(handlers['profiles.split']({ id, replace: false }, context)).rejects.toThrow('already');
  });
});
