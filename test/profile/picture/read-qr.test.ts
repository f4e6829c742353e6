import { encode } from 'jpeg-js';
import { toBuffer } from 'qrcode';
import { describe, expect, it, test } from 'vitest';
import { importProfiles, type ImportResult } from '../../../electron/profile/import.ts';
import { shrink, toRgba, type GreyPicture } from '../../../electron/profile/picture/grey.ts';
import { simple as conf, withPeer } from '../wireguard/samples.ts';
import { drawQr, makePng } from './make-pictures.ts';

const importPicture = async (bytes: Uint8Array): Promise<ImportResult | undefined> =>
  (await importProfiles([{ name: 'Photo of Madrid.png', bytes }]))[0];
const imported = { ok: true, profile: { kind: 'wireguard', name: 'Photo of Madrid', endpoint: '198.51.100.7:51820' } };

/** A screenshot of a page on which the code is one thing of several. */
function onPage(code: GreyPicture, width: number, height: number, dark = 0): GreyPicture {
  const pixels = new Uint8Array(width * height).fill(230);
  for (let y = 0; y < 40; y++) pixels.fill(60, y * width, y * width + width);
  for (let y = 0; y < code.height; y++)
    for (let x = 0; x < code.width; x++)
      pixels[(y + 120) * width + x + 200] = Math.abs((code.pixels[y * code.width + x] ?? 0) - dark);
  return { width, height, pixels };
}

const asPng = ({ width, height, pixels }: GreyPicture): Buffer =>
  makePng({
    ...{ width, height, depth: 8, colour: 0 },
    rows: Array.from({ length: height }, (_, y) =>
      Buffer.concat([Buffer.of(0), pixels.subarray(y * width, (y + 1) * width)]),
    ),
  });
const asJpeg = (picture: GreyPicture): Buffer => {
  const { width, height, data } = toRgba(picture, 1);
  return encode({ width, height, data }, 60).data;
};

describe('a profile is read from a QR code', () => {
  it('as phones and servers make it', async () => {
    expect(await importPicture(await toBuffer(conf))).toMatchObject(imported);
  });

  it('that has one pixel for each module, or no margin', async () => {
    expect(await importPicture(await toBuffer(conf, { scale: 1 }))).toMatchObject(imported);
    expect(await importPicture(await toBuffer(conf, { margin: 0 }))).toMatchObject(imported);
  });

  it('on a screenshot, light on dark too', async () => {
    expect(await importPicture(asPng(onPage(drawQr(conf, 6), 1920, 1080)))).toMatchObject(imported);
    expect(await importPicture(asPng(onPage(drawQr(conf, 6), 1920, 1080, 255)))).toMatchObject(imported);
  });

  it('in a large photo', { timeout: 10_000 }, async () => {
    const photo = asJpeg(onPage(drawQr(conf, 24), 3000, 2400));
    expect(await importPicture(photo)).toMatchObject(imported);
  });

  it('of each size, with the least correction', { timeout: 60_000 }, async () => {
    const unread = [];
    for (let version = 10; version <= 40; version++) {
      const picture = await toBuffer(conf, { version, errorCorrectionLevel: 'L', scale: 2 });
      if ((await importPicture(picture))?.ok !== true) unread.push(version);
    }
    expect(unread).toEqual([]);
  });

  it('that holds many networks', async () => {
    const networks = Array.from({ length: 60 }, (_, index) => `AllowedIPs = 10.${index}.0.0/16`).join('\n');
    expect(await importPicture(await toBuffer(withPeer(networks)))).toMatchObject({ ok: true });
  });

  it('with its letters whole', async () => {
    const result = await importPicture(await toBuffer(`# صوت\n${conf}`));
    expect(result).toMatchObject({ ok: true });
  });
});

test.each([
  ['https://example.org', 'profile-unsupported', 'web address'],
  ['vless://abc', 'profile-unsupported', 'V2Ray'],
  ['hello', 'profile-invalid', 'neither'],
])('a code with %j is explained', async (text, code, says) => {
  expect(await importPicture(await toBuffer(text))).toMatchObject({
    ok: false,
    error: { code, message: expect.stringContaining(says) as string },
  });
});

test.each([
  ['no code in it', asPng(onPage({ width: 0, height: 0, pixels: new Uint8Array() }, 600, 400)), 'no QR code'],
  ['no data in it', Buffer.of(0x89, 0x50, 0x4e, 0x47, 1, 2), 'damaged'],
  ['no data in it, as a JPEG', Buffer.of(0xff, 0xd8, 0xff, 0xe0), 'damaged'],
  ['another format', Buffer.from('GIF89a...'), 'PNG or JPEG'],
])('a picture with %s is refused', async (_, bytes, says) => {
  const result = await importPicture(bytes);
  expect(result?.ok === false && result.error.message).toContain(says);
});

test('shrinking takes means and keeps what is small enough', () => {
  const picture = { width: 4, height: 2, pixels: Uint8Array.of(0, 100, 200, 200, 100, 200, 200, 200) };
  expect(shrink(picture, 2)).toEqual({ width: 2, height: 1, pixels: Uint8Array.of(100, 200) });
  expect(shrink(picture, 4)).toBe(picture);
});
