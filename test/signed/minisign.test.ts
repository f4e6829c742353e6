import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { developmentKey } from '../../electron/signed/keys.ts';
import { parsePublicKey, parseSignature, verifySignature } from '../../electron/signed/minisign.ts';
import { sign } from '../../scripts/servers/sign.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';
import { developmentSecret, resources } from '../servers/samples.ts';

const withoutMinisign = spawnSync('minisign', ['-v']).status !== 0;
const bytes = Buffer.from('any bytes');
const good = sign(bytes, developmentSecret, 'version 1');
const verify = (file: string): unknown => verifySignature(bytes, file, [developmentKey], 'servers');
const refusedWith = (rule: string): unknown => expect.objectContaining({ code: 'list-signature', rule });
const [untrusted = '', signed = '', trusted = '', global = ''] = good.split('\n');

test('a good signature names its key', () => {
  expect(verify(good)).toBe(developmentKey);
  expect(verify(good.replaceAll('\n', '\r\n'))).toBe(developmentKey);
  expect(parseSignature(good, 'servers')).toMatchObject({ algorithm: 'Ed', trustedComment: 'version 1' });
});

test.each([
  ['no file', ''],
  ['a line missing', [untrusted, signed, trusted].join('\n')],
  ['more text behind', `${good}more\n`],
  ['no untrusted comment', [signed, signed, trusted, global].join('\n')],
  ['no trusted comment', [untrusted, signed, 'comment: x', global].join('\n')],
  ['short', [untrusted, signed.slice(4), trusted, global].join('\n')],
  ['an unknown algorithm', [untrusted, `RX${signed.slice(2)}`, trusted, global].join('\n')],
  ['base64 with a second spelling', [untrusted, ` ${signed}`, trusted, global].join('\n')],
])('refused: %s', (_, file) => {
  expect(() => verify(file)).toThrow(refusedWith('signature-format'));
});

test('refused: an unknown key, other bytes, a changed comment', () => {
  expect(() => verifySignature(bytes, good, [], 'servers')).toThrow(refusedWith('signature-key'));
  expect(() => verifySignature(Buffer.from('any bytez'), good, [developmentKey], 'servers')).toThrow(
    refusedWith('signature-list'),
  );
  expect(() => verify([untrusted, signed, 'trusted comment: version 2', global].join('\n'))).toThrow(
    refusedWith('signature-comment'),
  );
});

test('a key that only claims the id of ours is refused', () => {
  const stranger = { ...developmentSecret, seed: Buffer.alloc(32, 9) };
  expect(() => verify(sign(bytes, stranger, 'x'))).toThrow(refusedWith('signature-list'));
});

test('any one bit changed in the signature is refused', () => {
  const raw = Buffer.from(signed, 'base64');
  fc.assert(
    fc.property(fc.integer({ min: 0, max: raw.length * 8 - 1 }), (bit) => {
      const changed = Buffer.from(raw);
      const at = bit >> 3;
      changed.writeUInt8(changed.readUInt8(at) ^ (1 << (bit & 7)), at);
      expect(() => verify([untrusted, changed.toString('base64'), trusted, global].join('\n'))).toThrow(
        expect.objectContaining({ code: 'list-signature' }),
      );
    }),
    { numRuns: 60 },
  );
});

test('a signature has one spelling: its number plus the order of the group is refused (RFC 8032, 5.1.7)', () => {
  const order = 2n ** 252n + 27742317777372353535851937790883648493n;
  const raw = Buffer.from(signed, 'base64');
  const number = BigInt(`0x${Buffer.from(raw.subarray(42)).reverse().toString('hex')}`) + order;
  Buffer.from(number.toString(16).padStart(64, '0'), 'hex').reverse().copy(raw, 42);
  expect(() => verify([untrusted, raw.toString('base64'), trusted, global].join('\n'))).toThrow(
    refusedWith('signature-list'),
  );
});

test('the key in the code is the one in the file beside the list, and is named for what it is', () => {
  const [comment, line = ''] = readFileSync(join(resources, 'development.pub'), 'utf8').split('\n');
  expect(parsePublicKey(line)).toEqual(developmentKey);
  expect(comment).toContain('DEVELOPMENT KEY');
  expect(() => parsePublicKey('x')).toThrow(TypeError);
});

test.skipIf(withoutMinisign)(
  'the real minisign takes ours, and we take its, in both kinds (skipped: no minisign)',
  async () => {
    const folder = await temporaryFolder();
    const at = (name: string): string => join(folder, name);
    writeFileSync(at('list'), bytes);
    writeFileSync(at('list.minisig'), good);
    const publicKey = join(resources, 'development.pub');
    expect(spawnSync('minisign', ['-V', '-p', publicKey, '-m', at('list')]).status).toBe(0);
    for (const kind of [['-H'], ['-l']]) {
      const secret = join(resources, 'development.key');
      const { status } = spawnSync(
        'minisign',
        ['-S', ...kind, '-W', '-s', secret, '-m', at('list'), '-t', 'hello', '-x', at('theirs')],
        { input: '\n' },
      );
      expect(status).toBe(0);
      const theirs = readFileSync(at('theirs'), 'utf8');
      expect(parseSignature(theirs, 'servers')).toMatchObject({
        algorithm: kind[0] === '-l' ? 'Ed' : 'ED',
        trustedComment: 'hello',
      });
      expect(verify(theirs)).toBe(developmentKey);
    }
  },
);
