import fc from 'fast-check';
import { expect, test } from 'vitest';
import { writeProfile } from '../../../electron/profile/write.ts';
import { check, strip } from '../../../electron/profile/wg/commands.ts';
import { refusedByWg, stripByWgQuick, wgVersion } from '../wg/real-tools.mjs';
import { keyOf, parse, presharedKey, simple, withInterface, withPeer } from './samples.ts';

const samples = [
  simple,
  withInterface('MTU = 1280\nDNS = 9.9.9.9, lan.example\nAddress = fd00::2/64'),
  withPeer(`PresharedKey = ${presharedKey}\nPersistentKeepalive = 25\nAllowedIPs = ::/0, 10.1.2.3/8`),
  `${simple}[Peer]\nPublicKey = ${keyOf(9)}\nEndpoint = [2001:db8::1]:443\nAllowedIPs = fd00::/8\n`,
];

test.skipIf(wgVersion() === undefined).each(samples)(
  'wg-quick and wg take what is written, and read the same in it (skipped: no wg) (%#)',
  (text) => {
    const written = writeProfile(parse(text).profile);
    const stripped = stripByWgQuick(Buffer.from(written));
    expect(stripped?.toString()).toBe(strip(written));
    expect(refusedByWg(stripped ?? Buffer.alloc(0))).toBe(false);
  },
);

const line = fc.oneof(
  fc.constantFrom(
    'PostUp = id',
    'pREuP=id',
    '[Interface]',
    'Table = off',
    'FwMark = 1',
    'SaveConfig = maybe',
    'Foo = bar',
    '; x',
    '# PostUp = id',
  ),
  fc.constantFrom(
    'DNS = 1.1.1.1',
    'MTU = 1400',
    'Address = fd00::7',
    'PersistentKeepalive = 5',
    'AllowedIPs = 10.0.0.0/8',
    'Jc = 3',
  ),
  fc.string({ unit: 'grapheme-ascii', maxLength: 30 }).filter((text) => !text.trimStart().startsWith('[')),
);

test('cleaning twice is cleaning once, and the result has nothing for wg-quick to run', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
      let parsed;
      try {
        parsed = parse(`${simple}${lines.join('\n')}`);
      } catch (error) {
        expect(error).toMatchObject({ name: 'ProfileError' });
        return;
      }
      const written = writeProfile(parsed.profile);
      expect(parse(written)).toMatchObject({ profile: parsed.profile, dropped: [] });
      expect(check(written)).toEqual([]);
      expect(written).not.toMatch(/^\s*(pre|post)(up|down)|table|saveconfig|fwmark/im);
    }),
    { numRuns: 300 },
  );
});
