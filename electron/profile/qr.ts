import { create, toBuffer, toString } from 'qrcode';
import { ProfileError } from './errors.ts';
import type { Profile } from './types.ts';
import { writeProfile } from './write.ts';

export type QrFormat = 'png' | 'svg' | 'text';

export interface QrImage {
  /** PNG as base64, SVG or text as they are. */
  content: string;
  /** So many modules that phones have trouble to read it from a screen. */
  dense: boolean;
}

/** Above this a camera needs a large, sharp picture: version 25 has 117 modules a side. */
const lastEasyVersion = 25;

/**
 * A profile as the QR code (ISO/IEC 18004) that the WireGuard apps for phones scan: the text of its .conf file, secrets
 * included. Throws ProfileError: OpenVPN, whose apps scan none, or more than a code can hold (2,953 bytes).
 */
export async function writeQr(profile: Profile, format: QrFormat): Promise<QrImage> {
  const place = { file: 'profile', line: null, directive: null };
  if (profile.kind !== 'wireguard')
    throw new ProfileError(
      'profile-unsupported',
      place,
      'apps for OpenVPN scan no QR codes; export the profile as an .ovpn file and send it to the phone',
    );
  const text = writeProfile(profile);
  const level = levelFor(text);
  if (level === undefined)
    throw new ProfileError(
      'profile-too-large',
      place,
      'it is longer than a QR code can hold; export it as a .conf file and send that to the phone',
    );
  const options = { errorCorrectionLevel: level };
  return {
    content: await draw(text, format, options),
    dense: create(text, options).version > lastEasyVersion,
  };
}

/** A short text of the alphabet that codes pack tightest, as a PNG. */
export function drawPng(text: string): Promise<Uint8Array> {
  return toBuffer(text, { errorCorrectionLevel: 'M', type: 'png', scale: 6 });
}

type Level = 'M' | 'L';

/** As much correction as fits: M mends 15 % of a code, L 7 %. */
function levelFor(text: string): Level | undefined {
  return (['M', 'L'] as const).find((errorCorrectionLevel) => {
    try {
      return create(text, { errorCorrectionLevel }).version;
    } catch {
      return false; // the one thing that it refuses is too much data
    }
  });
}

async function draw(text: string, format: QrFormat, options: { errorCorrectionLevel: Level }): Promise<string> {
  switch (format) {
    case 'png':
      return (await toBuffer(text, { ...options, type: 'png', scale: 6 })).toString('base64');
    case 'svg':
      return toString(text, { ...options, type: 'svg' });
    case 'text':
      return toString(text, { ...options, type: 'utf8' });
  }
}
