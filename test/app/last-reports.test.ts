import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLastReports, type LastReports } from '../../electron/app/last-reports.ts';
import { reportOf } from '../reports.ts';

let folder: string;
let network: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sawt-test-'));
  network = 'aaaa';
});
afterEach(() => rm(folder, { recursive: true }));

const open = (): LastReports => openLastReports({ folder, networkId: () => Promise.resolve(network) });
const madeAt = (minute: number) =>
  reportOf({ telegram: 'ok' }, { startedAt: new Date(Date.UTC(2026, 10, 24, 12, minute)).toISOString() });

describe('the last report', () => {
  it('is there again in the next process, one for each network', async () => {
    await open().keep(madeAt(1));
    await open().keep(madeAt(2));
    network = 'bbbb';
    expect(await open().ofThisNetwork()).toBeUndefined();
    await open().keep(madeAt(3));
    expect(await open().ofThisNetwork()).toEqual(madeAt(3));
    network = 'aaaa';
    expect(await open().ofThisNetwork()).toEqual(madeAt(2));
    expect(await open().newest()).toEqual(madeAt(3));
  });

  it('is found by a salt that is made once and stays on this computer', async () => {
    const salts: string[] = [];
    const remember = (salt: Uint8Array): Promise<string> => {
      salts.push(Buffer.from(salt).toString('hex'));
      return Promise.resolve('aaaa');
    };
    await openLastReports({ folder, networkId: remember }).keep(madeAt(1));
    await openLastReports({ folder, networkId: remember }).ofThisNetwork();
    expect(salts[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(salts[1]).toBe(salts[0]);
    const { saltHex } = JSON.parse(await readFile(join(folder, 'network-salt.json'), 'utf8')) as { saltHex: string };
    expect(saltHex).toBe(salts[0]);
  });

  it('is forgotten when forty newer networks were seen', async () => {
    for (let each = 0; each < 42; each++) {
      network = `net${each}`;
      await open().keep(madeAt(each));
    }
    expect(await readdir(join(folder, 'reports'))).toHaveLength(40);
    network = 'net1';
    expect(await open().ofThisNetwork()).toBeUndefined();
    network = 'net2';
    expect(await open().ofThisNetwork()).toBeDefined();
  });
});
