import { beforeEach, describe, expect, it } from 'vitest';
import { createHistoryHandlers } from '../../electron/app/history-handlers.ts';
import { openHistory, type History } from '../../electron/app/history.ts';
import { compareReports } from '../../electron/check/compare.ts';
import type { Verdict } from '../../electron/check/report.ts';
import { reportOf } from '../reports.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';

const signal = new AbortController().signal;
let network: string;
let history: History;
let tunnelUp: boolean;
beforeEach(async () => {
  network = 'aaaa';
  tunnelUp = false;
  history = openHistory({
    folder: await temporaryFolder(),
    networkId: () => Promise.resolve(network),
    ownAddresses: () => [],
  });
});

const handlers = () =>
  createHistoryHandlers({
    history,
    compare: compareReports,
    tunnelUp: () => Promise.resolve(tunnelUp),
    version: '1.2.3',
    ownAddresses: () => [],
  });
const check = async (minute: number, calls: Verdict, ownTunnel = false): Promise<void> => {
  const startedAt = `2026-11-24T12:${String(minute).padStart(2, '0')}:00.000Z`;
  await history.keep(reportOf({ telegram: calls }, { startedAt }), ownTunnel);
};
const list = () => handlers()['history.list']({}, { signal });

describe('the list', () => {
  it('says of each network what changed when, and which one is here', async () => {
    await check(1, 'ok');
    await check(2, 'blocked');
    network = 'bbbb';
    await check(3, 'ok');
    const { networks, entries } = await list();
    expect(networks.map(({ number, here, services }) => [number, here, services[0]?.calls?.verdict])).toEqual([
      [1, false, 'blocked'],
      [2, true, 'ok'],
    ]);
    expect(networks[0]?.services[0]?.calls).toMatchObject({ since: '2026-11-24T12:02:00.000Z', orEarlier: false });
    expect(entries.map(({ calls }) => calls.blocked)).toEqual([0, 1, 0]);
  });

  it('does not take what passed through a tunnel for the network', async () => {
    await check(1, 'blocked');
    await check(2, 'ok', true);
    tunnelUp = true;
    const { networks, entries } = await list();
    expect(networks[0]).toMatchObject({ here: false, services: [{ calls: { verdict: 'blocked' } }] });
    expect(entries.map(({ ownTunnel }) => ownTunnel)).toEqual([true, false]);
  });
});

describe('single checks', () => {
  it('are shown, and compared in the order asked for', async () => {
    await check(1, 'blocked');
    await check(2, 'ok', true);
    const [after = '', before = ''] = (await list()).entries.map(({ id }) => id);
    const shown = await handlers()['history.show']({ id: before }, { signal });
    expect(shown).toMatchObject({ entry: { id: before }, report: { services: [{ calls: { verdict: 'blocked' } }] } });
    const comparison = await handlers()['history.compare']({ before, after }, { signal });
    expect(comparison.services).toMatchObject([{ id: 'telegram', calls: 'fixed' }]);
    const back = await handlers()['history.compare']({ before: after, after: before }, { signal });
    expect(back.services).toMatchObject([{ calls: 'newly-blocked' }]);
  });

  it('that are not there are said to be so', async () => {
    await expect(handlers()['history.show']({ id: 'none' }, { signal })).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('sawt history') as string,
    });
  });
});

describe('the export', () => {
  it('has one measurement a line, oldest first, and none made through a tunnel', async () => {
    await check(1, 'blocked');
    await check(2, 'ok', true);
    await check(3, 'blocked');
    const { text, ...counts } = await handlers()['history.export']({ format: 'ooni' }, { signal });
    expect(counts).toEqual({ measurements: 2, leftOut: 1 });
    expect(text.endsWith('}\n')).toBe(true);
    const lines = text.trimEnd().split('\n');
    const times = lines.map((line) => (JSON.parse(line) as { test_start_time: string }).test_start_time);
    expect(times).toEqual(['2026-11-24 12:01:00', '2026-11-24 12:03:00']);
  });

  it('can be of one network', async () => {
    await check(1, 'ok');
    network = 'bbbb';
    await check(2, 'ok');
    const one = await handlers()['history.export']({ format: 'ooni', network: 'n-aaaa' }, { signal });
    expect(one).toMatchObject({ measurements: 1, leftOut: 0 });
  });
});

describe('networks', () => {
  it('take a name of one line, and give it back', async () => {
    await check(1, 'ok');
    const renamed = await handlers()['history.rename']({ network: 'n-aaaa', name: ' Home\u202e\n ' }, { signal });
    expect(renamed).toEqual({ id: 'n-aaaa', number: 1, name: 'Home' });
    expect(await handlers()['history.rename']({ network: 'n-aaaa', name: null }, { signal })).toMatchObject({
      name: null,
    });
    await expect(handlers()['history.rename']({ network: 'n-aaaa', name: '\u200b' }, { signal })).rejects.toMatchObject(
      {
        code: 'bad-request',
      },
    );
  });

  it('are forgotten one by one, or all', async () => {
    await check(1, 'ok');
    network = 'bbbb';
    await check(2, 'ok');
    expect(await handlers()['history.clear']({ network: 'n-aaaa' }, { signal })).toEqual({ removed: 1 });
    await expect(handlers()['history.clear']({ network: 'n-aaaa' }, { signal })).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(await handlers()['history.clear']({}, { signal })).toEqual({ removed: 1 });
    expect(await list()).toEqual({ networks: [], entries: [] });
  });
});
