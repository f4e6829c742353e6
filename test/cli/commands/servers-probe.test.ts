import { describe, expect, it } from 'vitest';
import type { ProbedServer } from '../../../electron/api/schema.ts';
import { sawt } from '../cli-bed.ts';

const best: ProbedServer = {
  ...{ rank: 1, standing: 'usable', reason: 'best', profile: 'p-1', server: null, name: 'Madrid' },
  ...{ endpoint: '198.51.100.7:51820', method: 'wireguard', rttMs: 40.4, jitterMs: 1, lossPct: 0 },
};
const lossy: ProbedServer = { ...best, rank: 2, reason: 'loss', name: 'Paris', lossPct: 100 / 3 };
const gone: ProbedServer = { ...best, rank: 3, standing: 'unreached', reason: 'reachable', rttMs: null, lossPct: 100 };

describe('sawt servers probe', () => {
  it('lists the servers best first, each with why it stands there', async () => {
    const run = await sawt(['servers', 'probe'], {
      'servers.probe': () => ({ results: [best, lossy, gone], skipped: 0 }),
    });
    expect(run).toMatchObject({ code: 0, err: '' });
    const lines = run.out.trimEnd().split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[1]).toMatch(/^1 +Madrid +198\.51\.100\.7:51820 wireguard +40 ms +0 % +the best for calls$/);
    expect(lines[2]).toMatch(/33 % +loses more packets$/);
    expect(lines[3]).toMatch(/- +100 % +did not answer/);
  });

  it('prints one document with --json, and passes its options on', async () => {
    const found = { results: [best], skipped: 2 };
    const run = await sawt(['servers', 'probe', '--json', '--near', 'ma', '--profile', 'p-1'], {
      'servers.probe': () => found,
    });
    expect(JSON.parse(run.out)).toEqual(found);
    expect(run.calls).toEqual([{ name: 'servers.probe', args: { near: 'MA', profile: 'p-1', remembered: false } }]);
  });

  it('fails when none answered', async () => {
    const run = await sawt(['servers', 'probe'], { 'servers.probe': () => ({ results: [gone], skipped: 0 }) });
    expect(run.code).toBe(1);
    expect(run.err).toContain('no server answered');
  });
});
