import { spawnSync } from 'node:child_process';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { check, genkey, genpsk, pubkey, strip } from '../../../electron/profile/wg/commands.ts';
import { refusedByWg, stripByWgQuick, stripManyByWgQuick, wgVersion } from './real-tools.mjs';

const folder = join(import.meta.dirname, '..', '..', 'vectors', 'wg');
const recordSchema = z.strictObject({
  tool: z.string(),
  files: z.record(z.string(), z.strictObject({ strip: z.string().nullable(), refused: z.boolean() })),
});
const record = recordSchema.parse(JSON.parse(readFileSync(join(folder, 'recorded.json'), 'utf8')));
const files = Object.entries(record.files);
const read = (name: string): string => readFileSync(join(folder, name), 'latin1');
const real = wgVersion();

function stripOrNull(text: string): string | null {
  try {
    return strip(text);
  } catch {
    return null;
  }
}

/** `ip` would refuse these when the tunnel goes up; wg and `wg-quick strip` do not look at them. */
const refusedLater = [
  ...['address-bad.conf', 'glob.conf', 'value-with-equals.conf', 'backslash.conf', 'mtu-text.conf', 'mtu-zero.conf'],
  'mtu-huge.conf',
];
/** wg takes these for another port than the one that is written: what is over 16 bits wraps, a name is looked up. */
const portsThatWrap = [
  ...['endpoint-port-over.conf', 'endpoint-port-zero.conf', 'endpoint-service-port.conf', 'listen-port-over.conf'],
  'listen-port-plus.conf',
];
/** wg asks the resolver for these, or for an interface of that name, and found none where the record was made. */
const namesToResolve = ['endpoint-name.conf', 'endpoint-trailing-dot.conf', 'endpoint-v6-zone.conf'];

test('every file of the corpus is recorded', () => {
  expect(files.map(([name]) => name)).toEqual(
    readdirSync(folder)
      .filter((name) => name.endsWith('.conf'))
      .sort(),
  );
  expect(files.length).toBeGreaterThanOrEqual(240);
});

test.each(files)('%s: strip prints what wg-quick strip printed', (name, { strip: recorded }) => {
  expect(stripOrNull(read(name))).toBe(recorded);
});

test.each(files)('%s: check finds trouble exactly where wg did', (name, { refused }) => {
  const expected = refused
    ? !namesToResolve.includes(name)
    : refusedLater.includes(name) || portsThatWrap.includes(name);
  expect(check(read(name)).length > 0).toBe(expected);
});

test.skipIf(real === undefined).each(files)(
  '%s: the record is what the tools do here (skipped: no wg)',
  (name, recorded) => {
    const stripped = stripByWgQuick(readFileSync(join(folder, name)));
    expect(stripped?.toString('latin1') ?? null).toBe(recorded.strip);
    expect(stripped === undefined || refusedByWg(stripped)).toBe(recorded.refused);
  },
);

const piece = fc.constantFrom(
  ...[
    '[Interface]',
    '[Peer]',
    '[',
    ']',
    'PostUp',
    'postup',
    'SaveConfig',
    'true',
    'Address',
    'DNS',
    'MTU',
    'PrivateKey',
    '=',
  ],
  ...[' ', '\t', '\v', '\f', '\r', '\n', '\n', '\0', '#', '\\', '"', '$(id)', '*', '\xe9', '\x85', '\xa0', 'x', '-n'],
);
const oddFile = fc.array(piece, { maxLength: 25 }).map((pieces) => pieces.join(''));

test.skipIf(real === undefined)(
  'strip and wg-quick agree on files put together at random (skipped: no wg)',
  { timeout: 60_000 },
  () => {
    const texts = fc.sample(oddFile, 120).map((text) => `[Interface]\n${text}`);
    const theirs = stripManyByWgQuick(texts.map((text) => Buffer.from(text, 'latin1')));
    for (const [index, text] of texts.entries()) {
      expect([text, stripOrNull(text)]).toEqual([text, theirs[index]?.toString('latin1') ?? null]);
    }
  },
);

test('check names line and setting, never the value', () => {
  expect(check(read('allowed-bad-mask.conf'))).toEqual([
    { line: 8, directive: 'AllowedIPs', reason: 'has something that is not a network' },
  ]);
  expect(check(read('peer-no-key.conf'))).toEqual([{ line: 6, directive: 'Peer', reason: 'has no PublicKey' }]);
  expect(check(read('save-maybe.conf'))).toEqual([
    { line: 5, directive: 'SaveConfig', reason: 'is neither true nor false' },
  ]);
  expect(JSON.stringify(check(read('key-no-padding.conf')))).not.toContain('AQEBAQEB');
});

test('private keys are clamped and all different', () => {
  const keys = Array.from({ length: 50 }, genkey);
  expect(new Set(keys).size).toBe(50);
  for (const key of keys) {
    const bytes = Buffer.from(key, 'base64');
    expect(bytes).toHaveLength(32);
    expect([bytes.readUInt8(0) & 7, bytes.readUInt8(31) & 0xc0]).toEqual([0, 0x40]);
  }
});

test('pre-shared keys are 32 random bytes, not clamped', () => {
  const keys = Array.from({ length: 50 }, genpsk);
  expect(new Set(keys).size).toBe(50);
  expect(keys.every((key) => /^[A-Za-z0-9+/]{43}=$/.test(key))).toBe(true);
  expect(keys.some((key) => (Buffer.from(key, 'base64').readUInt8(0) & 7) !== 0)).toBe(true);
});

test('public keys are those of another implementation', () => {
  for (const key of Array.from({ length: 20 }, genkey)) {
    // PKCS #8 of an X25519 key: a fixed head (RFC 8410 §7), then the 32 bytes.
    const der = Buffer.concat([Buffer.from('302e020100300506032b656e04220420', 'hex'), Buffer.from(key, 'base64')]);
    const jwk = createPublicKey(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })).export({ format: 'jwk' });
    expect(Buffer.from(pubkey(key), 'base64').toString('base64url')).toBe(jwk.x);
  }
});

test('pubkey wants one whole key, white space only after it', () => {
  const key = genkey();
  expect(pubkey(`${key}\n`)).toBe(pubkey(key));
  for (const bad of ['', ` ${key}`, `${key}x`, key.slice(1), `${key}\n${key}`]) {
    expect(() => pubkey(bad)).toThrow(expect.objectContaining({ code: 'profile-invalid' }));
  }
});

test.skipIf(real === undefined)('keys are those of the real wg (skipped: no wg)', () => {
  for (const key of Array.from({ length: 5 }, genkey)) {
    const { stdout } = spawnSync('wg', ['pubkey'], { input: `${key}\n`, encoding: 'utf8' });
    expect(`${pubkey(key)}\n`).toBe(stdout);
  }
});
