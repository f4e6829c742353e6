import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Catalogue, Target } from '../../../electron/check/catalogue.ts';
import { buildLab, type Lab } from '../../lab/lab.ts';
import { findScenario } from '../../lab/scenarios/all.ts';
import { places } from '../../lab/system/places.ts';
import type { Finished } from '../../lab/system/programs.ts';

// The built tool compares a copy of the catalogue with the lab's world, over real packets.

// Two whole checks, in which nothing is hurried.
vi.setConfig({ testTimeout: 90_000 });

let lab: Lab;
let repository: string;
beforeAll(async () => {
  lab = await buildLab();
});
afterAll(() => lab.close());
beforeEach(async () => {
  repository = await mkdtemp(join(tmpdir(), 'sawt-repository-'));
  await cp(join(places.resources, 'catalogue'), join(repository, 'resources', 'catalogue'), { recursive: true });
  await lab.flip({});
  return () => rm(repository, { recursive: true });
});

const verify = (...args: string[]): Promise<Finished> =>
  lab.exec('client', [process.execPath, places.program('catalogue-tool'), 'verify', ...args], { cwd: repository });
const text = (): Promise<string> => readFile(join(repository, 'resources', 'catalogue', 'catalogue.json'), 'utf8');
const target = async (service: string, id: string): Promise<Target | undefined> => {
  const { services } = JSON.parse(await text()) as Catalogue;
  const found = services.find((one) => one.id === service);
  return [...(found?.messages ?? []), ...(found?.calls ?? [])].find((one) => one.id === id);
};
const today = new Date().toISOString().slice(0, 10);
/** The line of one target. */
const lineOf = ({ stdout }: Finished, id: string): string =>
  stdout.split('\n').find((line) => line.slice(2).startsWith(`${id} `)) ?? '';

describe('on an open network', () => {
  it('everything is as expected, but for what answers strangers and was not known to', async () => {
    const before = await text();
    const finished = await verify();
    const { code, stdout } = finished;
    expect(code, stdout).toBe(0);
    const others = stdout.split('\n').filter((line) => /^[!?] /.test(line));
    expect(others.map((line) => line.split(' ')[1])).toEqual(['messenger/stun', 'teams/relay', 'teams/relay-sample']);
    expect(others.every((line) => line.includes('answers strangers after all'))).toBe(true);
    expect(lineOf(finished, 'telegram/turn-9')).toContain(`as expected  [2024-10, medium -> ${today}, medium]`);
    expect(lineOf(finished, 'wire/relay')).toMatch(/^= .*not known to answer strangers {2}\[2026-08, medium\]$/);
    expect(await text()).toBe(before);
  });

  it('--write renews dates, and makes what was hardly known less doubtful, of the services that are asked for', async () => {
    const { code, stdout } = await verify('--service', 'viber,wire', '--write');
    expect(code, stdout).toBe(0);
    expect(await target('viber', 'relay')).toMatchObject({ confidence: 'medium', asOf: today });
    expect(await target('viber', 'site')).toMatchObject({ confidence: 'high', asOf: today });
    expect(await target('wire', 'relay')).toMatchObject({ confidence: 'medium', asOf: '2026-08' });
    expect(await target('telegram', 'web')).toMatchObject({ asOf: '2026-08' });
  });
});

describe('a world that has changed since', () => {
  it('is told target by target, and silence never makes a fact surer', async () => {
    await lab.flip(
      {},
      {
        moved: { 'web.telegram.org': 'www.wikipedia.org' },
        realms: { 'turner.facebook': 'calls.meta.example' },
        mute: ['91.108.13.23', '18.195.4.121'],
        gone: ['cdn.discordapp.com'],
        foreign: ['signal.org'],
      },
    );
    const finished = await verify('--write');
    expect(finished.code, finished.stdout).toBe(0);
    expect(lineOf(finished, 'telegram/web')).toMatch(/^! .*works at [\d.]+, outside the stated addresses and ranges/);
    expect(lineOf(finished, 'messenger/relay')).toContain(
      'realm "calls.meta.example", the catalogue says "turner.facebook"',
    );
    expect(lineOf(finished, 'telegram/relay-13')).toMatch(/^\? .*silent {2}\[2024-10, medium -> 2024-10, low\]$/);
    expect(lineOf(finished, 'viber/relay')).toMatch(/^\? .*silent {2}\[2024-10, low\]$/);
    expect(lineOf(finished, 'discord/media')).toContain('no resolver knows the name any more');
    expect(lineOf(finished, 'signal/chat')).toContain('ssl_unknown_authority');
    expect(await target('telegram', 'relay-13')).toMatchObject({ confidence: 'low', asOf: '2024-10' });
    expect(await target('telegram', 'relay-9')).toMatchObject({ confidence: 'medium', asOf: today });
    expect(await target('messenger', 'relay')).toMatchObject({ confidence: 'low', asOf: '2024-10' });
    expect(await target('discord', 'media')).toMatchObject({ confidence: 'low', asOf: '2026-06' });
    // It may be an interceptor's certificate.
    expect(await target('signal', 'chat')).toMatchObject({ confidence: 'high', asOf: '2026-08' });
  });
});

describe('a network that blocks or fails is no place for it', () => {
  it.each(['practice', 'S12', 'S18', 'S29', 'offline'])('%s', async (id) => {
    const { censor, world, own } = findScenario(id);
    await lab.flip(censor, world, own);
    const before = await text();
    const { code, stdout } = await verify('--write');
    expect([code, await text()]).toEqual([3, before]);
    expect(stdout).toContain('Refused: ');
  });

  it('a name that only an encrypted resolver knows is reason enough, though its target is a weak one', async () => {
    await lab.flip({ names: [{ names: ['identity.ess.apple.com'], answer: 'nxdomain' }] });
    const { code, stdout } = await verify('--service', 'facetime');
    expect([code, stdout]).toEqual([3, expect.stringContaining('denies identity.ess.apple.com')]);
  });
});

it('names a service that there is not', async () => {
  const { code, stderr } = await verify('--service', 'acme');
  expect([code, stderr]).toEqual([1, 'The catalogue has no service acme.\n']);
});
