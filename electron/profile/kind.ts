import { ProfileError } from './errors.ts';
import { linesOf } from './text.ts';

/** Inputs that are recognised but not opened: what they are, and what helps instead. */
const others: readonly { starts: readonly string[]; means: string }[] = [
  {
    starts: ['ss://', 'ssconf://'],
    means: 'this is a Shadowsocks or Outline key, another kind of tool; use the Outline app for it',
  },
  {
    starts: ['vless://', 'vmess://', 'trojan://', 'hysteria://', 'hysteria2://', 'hy2://', 'tuic://'],
    means: 'this is a key for a V2Ray-like proxy, another kind of tool; use the app it was made for',
  },
  {
    starts: ['http://', 'https://'],
    means: 'this is a web address; open it yourself, download the profile and import the file',
  },
];

/** Files told by their first bytes. */
const magics: readonly { bytes: readonly number[]; means: string }[] = [
  {
    bytes: [0x47, 0x49, 0x46, 0x38],
    means: 'this is a picture of a kind that Sawt cannot read; save it as PNG or JPEG',
  },
  {
    bytes: [0x52, 0x49, 0x46, 0x46],
    means: 'this is a picture of a kind that Sawt cannot read; save it as PNG or JPEG',
  },
];

/** Tells by content what an input is; extensions are often wrong. Throws ProfileError. */
export function recognise(bytes: Uint8Array, file: string): { kind: 'wireguard' | 'openvpn'; lines: string[] } {
  const place = { file, line: null, directive: null };
  const magic = magics.find((candidate) => candidate.bytes.every((byte, index) => bytes[index] === byte));
  if (magic) throw new ProfileError('profile-unsupported', place, magic.means);

  const lines = linesOf(bytes, file);
  const start = (lines.find((line) => line.trim() !== '') ?? '').trim().toLowerCase();
  const other = others.find(({ starts }) => starts.some((scheme) => start.startsWith(scheme)));
  if (other) throw new ProfileError('profile-unsupported', place, other.means);

  if (lines.some((line) => /^\s*\[\s*(interface|peer)\s*\]/i.test(line))) return { kind: 'wireguard', lines };
  // Quotes and dashes, because OpenVPN reads those too: what looks odd must reach the parser that lists it.
  if (lines.some((line) => /^\s*["']?(--)?((client|remote|dev|proto|tls-client)\b|<(ca|connection)>)/.test(line))) {
    return { kind: 'openvpn', lines };
  }
  throw new ProfileError(
    'profile-invalid',
    place,
    start === '' ? 'it is empty' : 'it is neither a WireGuard nor an OpenVPN profile',
  );
}
