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
  const shape = shapeFor(text, ['M', 'L']);
  if (shape === undefined)
    throw new ProfileError(
      'profile-too-large',
      place,
      'it is longer than a QR code can hold; export it as a .conf file and send that to the phone',
    );
  return { content: await draw(text, format, shape), dense: shape.version > lastEasyVersion };
}

/** A short text of the alphabet that codes pack tightest, as a PNG. */
export function drawPng(text: string): Promise<Uint8Array> {
  return toBuffer(text, { ...shapeFor(text, ['M']), type: 'png', scale: 6 });
}

/** M mends 15 % of a code, L 7 %. */
type Level = 'M' | 'L';

interface Shape {
  errorCorrectionLevel: Level;
  version: number;
}

/**
 * Of this version jsQR, the reader in many web pages, has one pattern in a wrong place: it spends on that what would mend
 * a bad picture, and with level L reads nothing.
 */
const misreadVersion = 23;

/** As much correction as fits. Undefined: it is too long for any code. */
function shapeFor(text: string, levels: readonly Level[]): Shape | undefined {
  for (const errorCorrectionLevel of levels) {
    try {
      const { version } = create(text, { errorCorrectionLevel });
      return { errorCorrectionLevel, version: version === misreadVersion ? version + 1 : version };
    } catch {
      continue; // the one thing that it refuses is too much data
    }
  }
  return undefined;
}

async function draw(text: string, format: QrFormat, shape: Shape): Promise<string> {
  switch (format) {
    case 'png':
      return (await toBuffer(text, { ...shape, type: 'png', scale: 6 })).toString('base64');
    case 'svg':
      return toString(text, { ...shape, type: 'svg' });
    case 'text':
      return toString(text, { ...shape, type: 'utf8' });
  }
}
