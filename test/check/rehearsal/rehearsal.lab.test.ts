import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Report } from '../../../electron/api/schema.ts';
import { makeClientBed, type ClientBed } from '../../cli/client-bed.ts';
import { addresses } from '../../lab/addresses.ts';

let bed: ClientBed;
let relay: string;
beforeAll(async () => {
  bed = await makeClientBed();
  relay = await bed.lab.relay('right');
});
afterEach(() => bed.sawt(['disconnect']));
afterAll(() => bed.lab.close());

async function check(...args: string[]): Promise<Report> {
  const { stdout, stderr } = await bed.sawt(['check', '--service', 'signal', '--depth', 'full', '--json', ...args]);
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Report;
}
const outcomes = ({ rehearsal }: Report): Record<string, string> =>
  Object.fromEntries((rehearsal?.ways ?? []).map(({ transport, port, outcome }) => [`${transport} ${port}`, outcome]));

it('a call that the network cuts goes well through WireGuard', { timeout: 90_000 }, async () => {
  await bed.flip('call-cut');
  await bed.sawt(['relay', 'set', relay]);
  expect(outcomes(await check())).toMatchObject({ 'udp 3478': 'cut', 'udp 443': 'cut', 'tls 443': 'good' });
  const connected = await bed.sawt(['connect', await bed.importProfile(), '--no-recheck', '--json']);
  expect(connected.code, connected.stderr).toBe(0);
  const through = await check();
  expect(through.network.tunnel).not.toBe('none');
  expect(outcomes(through)).toMatchObject({ 'udp 3478': 'good', 'udp 443': 'good', 'tls 443': 'good' });
});

it('neither the report nor OONI’s measurement of it tells which relay it was', { timeout: 60_000 }, async () => {
  await bed.flip('S01');
  const { username, credential } = JSON.parse(await readFile(relay, 'utf8')) as Record<string, string>;
  const report = await check('--relay', relay);
  expect(report.rehearsal?.outcome).toBe('good');
  const file = join(bed.lab.folder, 'ooni.jsonl');
  expect((await bed.sawt(['history', '--export', 'ooni', file])).code).toBe(0);
  for (const text of [JSON.stringify(report), await readFile(file, 'utf8')]) {
    expect(text).not.toContain(addresses.relay);
    expect(text).not.toContain(credential);
    expect(text).not.toContain(`"${username ?? ''}"`);
  }
});

it('a stranger who answers in the place of a relay is told nothing over TLS', { timeout: 60_000 }, async () => {
  await bed.flip('S01');
  const own = JSON.parse(await readFile(relay, 'utf8')) as { urls: string[]; ca?: string };
  const urls = own.urls.filter((url) => url.startsWith('turns:'));
  const stranger = join(bed.lab.folder, 'relay-stranger.json');
  // The lab's own root is not the relay's.
  await writeFile(
    stranger,
    JSON.stringify({ ...own, urls, ca: await readFile(join(bed.lab.folder, 'ca.pem'), 'utf8') }),
  );
  const { rehearsal, probes } = await check('--relay', stranger);
  expect(rehearsal).toMatchObject({ outcome: 'no-relay', rule: null });
  expect(probes.find(({ kind }) => kind === 'turn-call')?.failure).toBe('ssl_unknown_authority');
});
