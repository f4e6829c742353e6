import { expect, test } from 'vitest';
import type { SignedDocument } from '../../electron/signed/document.ts';
import { openKeeper } from '../../electron/signed/keeper.ts';
import { openKeyRing, type KeyRing } from '../../electron/signed/key-ring.ts';
import { developmentKey } from '../../electron/signed/keys.ts';
import { developmentSecret } from '../servers/samples.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';
import { publicKeyOf, publicLine, sample, secretOf, signedBy } from './samples.ts';

const own = [publicKeyOf(1), publicKeyOf(2)];
const lines = (...numbers: number[]): string[] => numbers.map((number) => publicLine(secretOf(number)));
const newKeys = (version: number, keys: string[] = lines(3, 4)): Record<string, unknown> => ({
  ...sample(version),
  ...{ schema: 1, keys },
});

/** Signed by these keys, one signature after the other. */
function signedByBoth(value: unknown, ...keys: number[]): SignedDocument {
  const [first, ...more] = keys.map((key) => signedBy(key, value));
  if (!first) throw new Error('by nobody');
  return { bytes: first.bytes, signature: [first, ...more].map(({ signature }) => signature).join('') };
}

async function ring(
  folder: string,
  keys = own,
): Promise<{ ring: KeyRing; take: (keys: SignedDocument) => Promise<void> }> {
  const keeper = openKeeper(folder);
  const opened = await openKeyRing(keys, keeper);
  const take = async (signed: SignedDocument): Promise<void> => {
    await keeper.keep('keys', signed, opened.verify(signed));
    await opened.reload();
  };
  return { ring: opened, take };
}

test('new keys that both old ones vouch for take their place, also at the next start', async () => {
  const folder = await temporaryFolder();
  const { ring: first, take } = await ring(folder);
  expect([first.outside(), first.renewed()]).toEqual([own, undefined]);
  await take(signedByBoth(newKeys(1), 2, 1));
  expect(first.outside()).toEqual([publicKeyOf(3), publicKeyOf(4)]);
  expect((await ring(folder)).ring.outside()).toEqual([publicKeyOf(3), publicKeyOf(4)]);
});

test('a newer app, with other keys of its own, forgets them', async () => {
  const folder = await temporaryFolder();
  await (await ring(folder)).take(signedByBoth(newKeys(1), 1, 2));
  const newer = [publicKeyOf(5), publicKeyOf(6)];
  expect((await ring(folder, newer)).ring.outside()).toEqual(newer);
});

test.each([
  ['signature-both', signedByBoth(newKeys(3), 1)],
  ['signature-key', signedByBoth(newKeys(3), 1, 1)],
  ['signature-key', signedByBoth(newKeys(3), 1, 3)],
  ['signature-key', signedByBoth(newKeys(3), 3, 4)],
  ['signature-format', signedByBoth(newKeys(3), 1, 2, 2)],
  ['signature-list', { ...signedByBoth(newKeys(3), 1, 2), bytes: Buffer.from(JSON.stringify(newKeys(4))) }],
  ['version-floor', signedByBoth(newKeys(1), 1, 2)],
  ['schema', signedByBoth(newKeys(3, lines(3)), 1, 2)],
  ['schema', signedByBoth(newKeys(3, lines(3, 3)), 1, 2)],
  ['schema', signedByBoth(newKeys(3, ['x', 'y']), 1, 2)],
  ['schema', signedByBoth(newKeys(3, [...lines(3), publicLine(developmentSecret)]), 1, 2)],
  ['size', signedByBoth(' '.repeat(20_000), 1, 2)],
])('refused by the rule %s, and the keys stay (%#)', async (rule, signed) => {
  const { ring: held, take } = await ring(await temporaryFolder());
  await take(signedByBoth(newKeys(2), 1, 2));
  expect(() => held.verify(signed)).toThrow(expect.objectContaining({ rule }));
  expect(held.outside()).toEqual([publicKeyOf(3), publicKeyOf(4)]);
});

test('one key alone, or none, can bring in no other', async () => {
  const { ring: alone } = await ring(await temporaryFolder(), [publicKeyOf(1)]);
  expect(() => alone.verify(signedByBoth(newKeys(1), 1, 1))).toThrow(
    expect.objectContaining({ rule: 'signature-both' }),
  );
  const { ring: none } = await ring(await temporaryFolder(), []);
  expect(none.outside()).toEqual([]);
  expect(none.outside()).not.toContain(developmentKey);
});
