import { expect, it } from 'vitest';
import { examine, prettyName, versionIn } from '../../electron/tunnel/doctor.ts';
import type { Programs } from '../../electron/tunnel/run.ts';

/** A system with only these programs; each says its version. */
function systemWith(...present: string[]): Programs {
  return {
    find: (name) => (present.includes(name) ? `/usr/bin/${name}` : undefined),
    ask: (name) => Promise.resolve({ code: 0, stdout: `${name} 1.2.3\n`, stderr: '' }),
    run: () => Promise.resolve(''),
    start: () => Promise.reject(new Error('nothing is started here')),
  };
}

it.each([
  ['ip utility, iproute2-6.1.0, libbpf 1.1.0', '6.1.0'],
  ['nftables v1.0.6 (Lester Gooch #5)', '1.0.6'],
  ['wireguard-tools v1.0.20210914 - https://git.zx2c4.com/wireguard-tools/', '1.0.20210914'],
  ['OpenVPN 2.6.14 x86_64-pc-linux-gnu', '2.6.14'],
  ['no version here', null],
])('%s', (text, version) => expect(versionIn(text)).toBe(version));

it('names the system as it names itself', () => {
  expect(prettyName('ID=debian\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n')).toBe(
    'Debian GNU/Linux 12 (bookworm)',
  );
});

it('says which tool is missing and that it makes connecting impossible', async () => {
  const doctor = await examine(systemWith('ip', 'wg'), false);
  expect(doctor.tools.find(({ name }) => name === 'wg')).toMatchObject({
    path: '/usr/bin/wg',
    version: '1.2.3',
    install: null,
  });
  expect(doctor.tools.find(({ name }) => name === 'nft')).toMatchObject({ path: null, version: null });
  expect(doctor.backends).toEqual([
    { name: 'direct', usable: false, reason: expect.stringContaining('nft') as string },
  ]);
});

it('needs only one of the two protocols', async () => {
  const [direct] = (await examine(systemWith('ip', 'nft'), true)).backends;
  expect(direct?.reason).toMatch(/Neither WireGuard .* nor OpenVPN/);
  const [withOne] = (await examine(systemWith('ip', 'nft', 'openvpn'), true)).backends;
  expect(withOne?.reason ?? '').not.toMatch(/Neither/);
});
