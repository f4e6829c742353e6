import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Profile } from '../../electron/profile/types.ts';
import { maskProfile, writeProfile } from '../../electron/profile/write.ts';
import { blocks, parse as parseOvpn, simple as ovpn, staticKey, withLines } from './openvpn/samples.ts';
import { keyOf, parse as parseConf, presharedKey, privateKey, simple as conf, withPeer } from './wireguard/samples.ts';

const parse = (text: string): { profile: Profile; dropped: unknown[] } =>
  text.startsWith('[') ? parseConf(text) : parseOvpn(text);

const samples = [
  conf,
  withPeer(
    `PresharedKey = ${presharedKey}\nPersistentKeepalive = 25\nAllowedIPs = ::/0\n[Peer]\nPublicKey = ${keyOf(7)}`,
  ),
  ovpn,
  withLines(
    `cipher AES-256-CBC\nauth SHA512\nkeepalive 10 60\nverify-x509-name "C=FR, CN=my server" subject\nkey-direction 1\n<tls-auth>\n${staticKey}\n</tls-auth>`,
  ),
  `client\nremote a.example 443 tcp\nauth-user-pass\n<auth-user-pass>\nme\nsecret word\n</auth-user-pass>\n${blocks}`,
  `client\nremote 2001:db8::7\nauth-user-pass\n<auth-user-pass>\nme\n</auth-user-pass>\n<tls-crypt>\n${staticKey}\n</tls-crypt>\n${blocks}`,
];

test.each(samples)('what is written is read back as the same fields, and nothing in it needs dropping (%#)', (text) => {
  const { profile } = parse(text);
  const written = writeProfile(profile);
  expect(parse(written)).toMatchObject({ profile, dropped: [] });
  expect(writeProfile(parse(written).profile)).toBe(written);
});

test('a WireGuard file is written like this', () => {
  expect(writeProfile(parse(conf).profile)).toBe(conf);
});

test.each(samples)('masked, no secret is left and everything else is the same (%#)', (text) => {
  const { profile } = parse(text);
  const masked = maskProfile(profile);
  const secrets =
    profile.kind === 'wireguard'
      ? [profile.privateKey, ...profile.peers.map((peer) => peer.presharedKey)]
      : [profile.key, profile.tlsAuth?.key, profile.tlsCrypt, profile.userPass?.password];
  for (const secret of secrets) if (secret !== undefined) expect(masked).not.toContain(secret);
  expect(masked).toContain('****');
});

/** Every way to the strings in a value, with a function that puts another one there. */
function* stringPlaces(value: unknown, path: (string | number)[] = []): Generator<(string | number)[]> {
  if (typeof value === 'string') yield path;
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) yield* stringPlaces(inner, [...path, key]);
  }
}
function withString(value: unknown, path: (string | number)[], text: string): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return text;
  const copy = structuredClone(value) as Record<string | number, unknown>;
  copy[key] = withString(copy[key], rest, text);
  return copy;
}

const hostileText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .constantFrom(
      '\n',
      '\r',
      '\nPostUp = id\n',
      '\nup /bin/id\n',
      '# ',
      '" up x',
      "'",
      '</ca>',
      '</auth-user-pass>\nup x',
      '\u2028',
      '\0',
    )
    .chain((evil) =>
      fc.tuple(fc.constantFrom('', 'a', '10.0.0.1/8', privateKey), fc.constant(evil)).map((parts) => parts.join('')),
    ),
);

test.each(samples)(
  'no field can bring a new line or key into the file: it is refused or read back as itself (%#)',
  (text) => {
    const { profile } = parse(text);
    const places = [...stringPlaces(profile)].filter((path) => path[0] !== 'kind');
    fc.assert(
      fc.property(fc.constantFrom(...places), hostileText, (path, evil) => {
        const tampered = withString(profile, path, evil) as Profile;
        let written: string;
        try {
          written = writeProfile(tampered);
        } catch (error) {
          expect(error).toMatchObject({ name: 'ProfileError', code: 'profile-invalid' });
          expect(evil.length > 8 && String(error).includes(evil)).toBe(false);
          return;
        }
        expect(parse(written)).toMatchObject({ profile: tampered, dropped: [] });
      }),
      { numRuns: 400 },
    );
  },
);
