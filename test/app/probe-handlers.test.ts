import { describe, expect, it } from 'vitest';
import { createProbeHandlers, type ProbeDependencies } from '../../electron/app/probe-handlers.ts';
import type { StoredProfile } from '../../electron/profile/types.ts';
import type { Candidate } from '../../electron/servers/probe/candidates.ts';
import type { ServerListStatus } from '../../electron/servers/types.ts';
import { privateKey, simple, parse } from '../profile/wireguard/samples.ts';
import { keyOf, now, provider, server } from '../servers/samples.ts';
import { result } from '../servers/probe/results.ts';

const stored = (id: string, host = '198.51.100.7'): StoredProfile => ({
  ...{ id, name: id, kind: 'wireguard', endpoint: null, provider: 'acme', dropped: [], warnings: [] },
  createdAt: '2026-11-24T12:00:00.000Z',
  profile: parse(simple.replace('198.51.100.7', host)).profile,
});
const status: ServerListStatus = {
  ...{ origin: 'bundled', developmentKey: true, expired: false },
  list: {
    ...{ schema: 1, listVersion: 1, issuedAt: '', expiresAt: '' },
    providers: [provider],
    servers: [server(1, { wireguard: { publicKey: keyOf(1), ports: [51820] } }), server(2)],
  },
};

interface Bed {
  probed: Candidate[];
  run: (args?: { near?: string; profile?: string; remembered?: boolean }) => Promise<unknown>;
}

function bed(changes: Partial<ProbeDependencies> & { stored?: StoredProfile[] } = {}): Bed {
  const profiles = changes.stored ?? [stored('p-1')];
  const probed: Candidate[] = [];
  const handlers = createProbeHandlers({
    profiles: {
      list: () => Promise.resolve(profiles),
      get: (id) => Promise.resolve(profiles.find((one) => one.id === id) ?? stored('none')),
    },
    list: () => Promise.resolve(status),
    sortNear: (servers) => servers.toReversed(),
    tunnel: () => Promise.resolve({ state: 'disconnected' }),
    lookUp: () => Promise.reject(new Error('unknown')),
    probe: (candidates) => {
      probed.push(...candidates);
      return Promise.resolve({
        results: candidates.map((one) => result({ ...one, method: 'wireguard' })),
        skipped: ['x'],
      });
    },
    memory: { recall: () => Promise.resolve(undefined), keep: () => Promise.reject(new Error('the disk is full')) },
    emit: () => undefined,
    now: () => now,
    ...changes,
  });
  const { signal } = new AbortController();
  return { probed, run: (args = {}) => handlers['servers.probe']({ remembered: false, ...args }, { signal }) };
}

const addresses = ({ probed }: Bed): string[] => probed.map(({ address }) => address);

describe('probing servers', () => {
  it('takes those of the profiles and of the list, and tells no key', async () => {
    const one = bed();
    const found = await one.run();
    expect(addresses(one)).toEqual(['198.51.100.7', '45.134.0.1', '45.134.0.2']);
    expect(found).toMatchObject({ skipped: 1, results: [{ rank: 1, profile: 'p-1', server: null }, {}, {}] });
    expect(JSON.stringify(found)).not.toContain(privateKey);
  });

  it('prefers near ones, and can be held to one profile', async () => {
    const one = bed({ stored: [stored('p-1'), stored('p-2', '198.51.100.8')] });
    await one.run({ near: 'MA', profile: 'p-2' });
    expect(addresses(one)).toEqual(['198.51.100.8', '45.134.0.2', '45.134.0.1']);
  });

  it('asks nobody when what they said a short while ago will do', async () => {
    const known = { results: [], probedAt: '2026-11-24T11:55:00.000Z' };
    const memory = { recall: () => Promise.resolve(known), keep: () => Promise.resolve() };
    const one = bed({ memory });
    expect(await one.run({ remembered: true })).toEqual({ ...known, skipped: 0, remembered: true });
    expect(one.probed).toEqual([]);
    expect(await one.run()).toMatchObject({ remembered: false, probedAt: now.toISOString() });
  });

  it('looks names up, and goes on without those that nobody knows', async () => {
    const profiles = [stored('p-1', 'a.example'), stored('p-2', 'b.example')];
    const lookUp = (name: string): Promise<string> =>
      name === 'a.example' ? Promise.resolve('198.51.100.5') : Promise.reject(new Error('unknown'));
    const one = bed({ stored: profiles, lookUp, list: () => Promise.reject(new Error('refused')) });
    await one.run();
    expect(addresses(one)).toEqual(['198.51.100.5']);
  });

  it.each(['connected', 'connecting', 'blocked'] as const)('sends nothing while a tunnel is %s', async (state) => {
    const one = bed({ tunnel: () => Promise.resolve({ state } as Awaited<ReturnType<ProbeDependencies['tunnel']>>) });
    await expect(one.run()).rejects.toMatchObject({ code: 'busy' });
    expect(one.probed).toEqual([]);
  });

  it('says what to do when there is nothing to probe', async () => {
    await expect(bed({ stored: [] }).run()).rejects.toMatchObject({ code: 'not-found' });
    const unknown = bed({ stored: [stored('p-1', 'a.example')], list: () => Promise.reject(new Error('refused')) });
    await expect(unknown.run()).rejects.toThrow('names were not found');
  });
});
