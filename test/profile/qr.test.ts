import { describe, expect, it, test } from 'vitest';
import { readQr } from '../../electron/profile/picture/read-qr.ts';
import { writeQr } from '../../electron/profile/qr.ts';
import { writeProfile } from '../../electron/profile/write.ts';
import { parse as parseOvpn, simple as ovpn } from './openvpn/samples.ts';
import { parse, simple as conf, withPeer } from './wireguard/samples.ts';
import { readSvg, readText } from './picture/read-back.ts';

const { profile } = parse(conf);
/** With so many networks, each some 16 letters long. */
const long = (networks: number): typeof profile =>
  parse(withPeer(Array.from({ length: networks }, (_, index) => `AllowedIPs = 172.16.${index}.0/24`).join('\n')))
    .profile;

describe('a reader gets the whole profile back', () => {
  it('from a PNG', async () => {
    const { content, dense } = await writeQr(profile, 'png');
    expect(Buffer.from(readQr(Buffer.from(content, 'base64'), 'qr.png')).toString()).toBe(writeProfile(profile));
    expect(dense).toBe(false);
  });

  it('from an SVG', async () => {
    expect(readSvg((await writeQr(profile, 'svg')).content)).toBe(writeProfile(profile));
  });

  it('from text', async () => {
    expect(readText((await writeQr(profile, 'text')).content)).toBe(writeProfile(profile));
  });

  it('never from a code of version 23 (109 modules a side), which much used readers misread', async () => {
    const modules = [];
    for (let networks = 32; networks < 46; networks++)
      modules.push(Number(/viewBox="0 0 (\d+)/.exec((await writeQr(long(networks), 'svg')).content)?.[1]) - 8);
    expect(modules).toEqual(expect.arrayContaining([105, 113]));
    expect(modules).not.toContain(109);
  });

  it('also when it is long; then it is told that phones have trouble', async () => {
    const { content, dense } = await writeQr(long(80), 'png');
    expect(Buffer.from(readQr(Buffer.from(content, 'base64'), 'qr.png')).toString()).toBe(writeProfile(long(80)));
    expect(dense).toBe(true);
  });
});

test('what does not fit is refused, and what only fits with less correction is not', async () => {
  expect((await writeQr(long(140), 'text')).dense).toBe(true);
  await expect(writeQr(long(200), 'png')).rejects.toMatchObject({ code: 'profile-too-large' });
});

test('OpenVPN is refused, with what helps instead', async () => {
  await expect(writeQr(parseOvpn(ovpn).profile, 'png')).rejects.toMatchObject({
    code: 'profile-unsupported',
    message: expect.stringContaining('.ovpn') as string,
  });
});
