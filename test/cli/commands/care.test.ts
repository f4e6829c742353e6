import { describe, expect, it } from 'vitest';
import { reportWith, sawt } from '../cli-bed.ts';

describe('sawt generate', () => {
  const profile = {
    id: 'p-2',
    name: 'Madrid',
    kind: 'wireguard',
    endpoint: '203.0.113.3:51820',
    provider: null,
    dropped: [],
    warnings: [],
  } as const;

  it('makes a profile for the server, with the keys of the profile that was named', async () => {
    const argv = ['generate', '--server', 'es-1', '--from', 'p-1', '--json'];
    const run = await sawt(argv, {
      'profiles.list': () => [{ ...profile, id: 'p-1' }],
      'servers.generate': () => profile,
    });
    expect(run).toMatchObject({ code: 0, err: '' });
    expect(run.calls.at(-1)).toMatchObject({ args: { serverId: 'es-1', fromProfile: 'p-1' } });
    expect(JSON.parse(run.out)).toEqual(profile);
  });

  it.each([
    [['--account', '-', '--from', 'p-1'], 2],
    [['--split', 'half'], 2],
  ])('with %o does nothing and says so', async (more, code) => {
    expect(await sawt(['generate', '--server', 'es-1', ...more])).toMatchObject({ code, calls: [] });
  });

  it('makes one for calls only of the profile for the server, and says what stays outside', async () => {
    const made = {
      profile: { ...profile, split: 'calls' },
      inside: ['telegram'],
      without: ['signal'],
      asOf: '2024-10',
    };
    const fakes = { 'servers.generate': () => profile, 'profiles.split': () => made };
    const run = await sawt(['generate', '--server', 'es-1', '--split', 'calls'], fakes);
    expect(run.code).toBe(0);
    expect(run.calls.at(-1)).toMatchObject({ args: { id: 'p-2', replace: true } });
    expect(run.out).toContain('calls only');
    expect(run.err).toContain('telegram (addresses as of 2024-10)');
    expect(run.err).toContain('publish no addresses: signal');
  });

  it('makes one for calls only beside an imported one', async () => {
    const made = { profile, inside: ['telegram'], without: [], asOf: '2024-10' };
    const argv = ['generate', '--from', 'p-1', '--split', 'calls', '--services', 'telegram,viber', '--json'];
    const run = await sawt(argv, { 'profiles.split': () => made });
    expect(run.calls).toEqual([
      { name: 'profiles.split', args: { id: 'p-1', replace: false, services: ['telegram', 'viber'] } },
    ]);
    expect(JSON.parse(run.out)).toEqual(profile);
  });

  it('needs a server, or a profile to make one for calls only of', async () => {
    expect(await sawt(['generate', '--split', 'calls'])).toMatchObject({ code: 2, calls: [] });
    expect(await sawt(['generate'])).toMatchObject({ code: 2, calls: [] });
  });
});

describe('sawt doctor', () => {
  const doctor = {
    system: 'Debian',
    tools: [
      { name: 'ip', version: '6.1', path: '/usr/sbin/ip', neededFor: 'routes', install: null },
      { name: 'wg', version: null, path: null, neededFor: 'WireGuard', install: 'apt install wireguard-tools' },
    ],
    backends: [{ name: 'direct', usable: false, reason: 'Run it with sudo.' }],
    permission: 'user',
    leftovers: true,
  };

  it('names what is missing, how to install it, and what a crash left', async () => {
    const run = await sawt(['doctor'], { 'doctor.run': () => doctor });
    expect(run.code).toBe(0);
    expect(run.out).toMatch(/^wg +missing +needed for WireGuard; to install: apt install wireguard-tools$/m);
    expect(run.out).toMatch(/^direct +not usable +Run it with sudo\.$/m);
    expect(run.out).toContain('sawt repair');
    expect(JSON.parse((await sawt(['doctor', '--json'], { 'doctor.run': () => doctor })).out)).toEqual(doctor);
  });
});

describe('sawt repair', () => {
  it('says what was removed, or that there was nothing', async () => {
    const run = await sawt(['repair'], { 'tunnel.repair': () => ({ removed: ['firewall', 'resolvers'] }) });
    expect(run).toMatchObject({ code: 0, err: '' });
    expect(run.out).toContain('  firewall\n  resolvers');
    expect((await sawt(['repair'], { 'tunnel.repair': () => ({ removed: [] }) })).out).toContain('Nothing of Sawt');
  });
});

describe('sawt recheck', () => {
  it.each([
    ['ok', 'ok', 'online', 0],
    ['ok', 'blocked', 'online', 10],
    ['not-run', 'not-run', 'offline', 20],
  ] as const)('that finds messages %s and calls %s (%s) ends with %i', async (messages, calls, state, code) => {
    const comparison = { before: null, after: reportWith(messages, calls, state), services: [] };
    const run = await sawt(['recheck', '--json', '--service', 'telegram'], { 'check.recheck': () => comparison });
    expect(run).toMatchObject({ code, err: '', calls: [{ args: { services: ['telegram'] } }] });
    expect(JSON.parse(run.out)).toMatchObject({ after: { network: { state } } });
  });
});
