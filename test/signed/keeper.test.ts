import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { joinParcel, splitParcel } from '../../electron/signed/files.ts';
import { openKeeper } from '../../electron/signed/keeper.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';
import { sample, signedBy } from './samples.ts';

const signed = signedBy(1, sample(6));

test('what is kept is there for the next start, and its version stays the floor when it is lost', async () => {
  const folder = join(await temporaryFolder(), 'signed');
  await openKeeper(folder).keep('servers', signed, 6);
  const next = openKeeper(folder);
  const read = await next.read('servers');
  expect([Buffer.from(read?.bytes ?? []), read?.signature]).toEqual([signed.bytes, signed.signature]);
  await writeFile(join(folder, 'servers.signed'), 'damaged');
  expect(await next.read('servers')).toBeUndefined();
  expect([await next.floor('servers'), await next.floor('catalogue')]).toEqual([6, 0]);
  await next.keep('servers', signed, 5);
  expect(await next.floor('servers')).toBe(6);
});

test('nothing kept, or a folder in its place, is nothing', async () => {
  const folder = join(await temporaryFolder(), 'signed');
  expect(await openKeeper(folder).read('catalogue')).toBeUndefined();
  await mkdir(join(folder, 'catalogue.signed'), { recursive: true });
  expect(await openKeeper(folder).read('catalogue')).toBeUndefined();
});

test('a parcel is the signature and then the document, and is taken apart to the same bytes', async () => {
  const folder = await temporaryFolder();
  await openKeeper(folder).keep('keys', signed, 1);
  expect(await readFile(join(folder, 'keys.signed'))).toEqual(
    Buffer.concat([Buffer.from(signed.signature), signed.bytes]),
  );
  const bytes = Buffer.from('{"a":1}\r\n\n{');
  expect(splitParcel(joinParcel({ bytes, signature: signed.signature }))?.bytes).toEqual(bytes);
  expect(
    ['', 'a\nb\nc\nd\n{}', signed.signature.slice(0, 80), `untrusted comment: ${'x'.repeat(5000)}\n{}`].map((text) =>
      splitParcel(Buffer.from(text)),
    ),
  ).toEqual(Array(4).fill(undefined));
});
