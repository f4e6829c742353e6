import { deflateSync } from 'node:zlib';
import { parseEndpoint, parseHost, parseNetwork, writeEndpoint } from '../../electron/profile/address.ts';
import { ProfileError } from '../../electron/profile/errors.ts';
import { importProfiles } from '../../electron/profile/import.ts';
import { readJpeg } from '../../electron/profile/picture/jpeg.ts';
import { PictureError } from '../../electron/profile/picture/grey.ts';
import { readPng } from '../../electron/profile/picture/png.ts';
import { readQr } from '../../electron/profile/picture/read-qr.ts';
import { check, strip } from '../../electron/profile/wg/commands.ts';
import { writeProfile } from '../../electron/profile/write.ts';
import { makeZip } from '../profile/archive/make-zip.ts';
import { blocks, simple as ovpn, staticKey } from '../profile/openvpn/samples.ts';
import { simple as conf, withPeer } from '../profile/wireguard/samples.ts';
import { bytesOf, claim, latin1, refusing, type FuzzTarget } from './target.ts';

/** Whatever goes in: a refusal, or profiles that our own reader finds nothing to drop in. */
async function importAll(input: Uint8Array): Promise<void> {
  for (const result of await importProfiles([{ name: 'fuzz', bytes: input }])) {
    if (!result.ok) continue;
    const written = writeProfile(result.profile.profile);
    claim(!/^\s*(post|pre)(up|down)\b/im.test(written), 'no hook survives');
    claim(
      written.split('\n').every((line) => !startsDangerously(line)),
      'no directive that runs something survives',
    );
    const [again] = await importProfiles([{ name: 'again', bytes: bytesOf(written) }]);
    claim(again?.ok === true && again.profile.dropped.length === 0, 'what is written needs nothing dropped');
    claim(again?.ok === true && writeProfile(again.profile.profile) === written, 'what is written is read as the same');
  }
}

const dangerous =
  /^\s*["']?(--)?(up|down|plugin|script-security|tls-verify|route-up|ipchange|config|cd|setenv (?!opt block-outside-dns$))/i;
const startsDangerously = (line: string): boolean => dangerous.test(line);

const ovpnWords = [
  ...[
    '<ca>',
    '</ca>',
    '<cert>',
    '<key>',
    '<connection>',
    '</connection>',
    '<tls-auth>',
    '<auth-user-pass>',
    'remote ',
    'proto tcp',
    'up ',
  ],
  ...[
    'plugin ',
    'script-security 2',
    'setenv opt ',
    'config ',
    'tls-verify ',
    '--',
    '"',
    "'",
    '\\',
    '\t',
    '\0',
    '\r',
    '#',
    ';',
    '\n',
  ],
];
const confWords = [
  ...[
    '[Interface]',
    '[Peer]',
    'PostUp = ',
    'PreDown=',
    'PrivateKey = ',
    'AllowedIPs = ',
    'Endpoint = ',
    'Address = ',
    'DNS = ',
    'MTU = ',
  ],
  ...['PersistentKeepalive = ', 'PresharedKey = ', '::/0', ', ', '=', '#', '\\', '\0', '\r\n', '\n'],
];
const amnezia = JSON.stringify({
  containers: [{ container: 'amnezia-wireguard', wireguard: { last_config: JSON.stringify({ config: conf }) } }],
});
const packed = deflateSync(amnezia);
const link = (bytes: Uint8Array): string => `vpn://${Buffer.from(bytes).toString('base64url')}`;

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAAAAABX3VL4AAAADklEQVR42mNk+M/AwMAAAAYCAQGs5zaZAAAAAElFTkSuQmCC',
  'base64',
);
const jpeg = Buffer.from(
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AN//Z',
  'base64',
);

/** What a friend, a stranger or a provider may hand to a person. */
export const profileTargets: readonly FuzzTarget[] = [
  {
    name: 'wireguard',
    seeds: [bytesOf(conf), bytesOf(withPeer('PersistentKeepalive = 25\nAllowedIPs = ::/0'))],
    words: confWords,
    maxBytes: 4000,
    execute: importAll,
  },
  {
    name: 'openvpn',
    seeds: [
      bytesOf(ovpn),
      bytesOf(`client\nremote a.example 443 tcp\nauth-user-pass\n<tls-crypt>\n${staticKey}\n</tls-crypt>\n${blocks}`),
    ],
    words: ovpnWords,
    maxBytes: 6000,
    execute: importAll,
  },
  {
    name: 'archive',
    seeds: [
      makeZip([
        { path: 'a/Madrid.conf', content: conf },
        { path: 'b.ovpn', content: ovpn },
      ]),
    ],
    words: ['PK\u0003\u0004', 'PK\u0001\u0002', 'PK\u0005\u0006', '../'],
    maxBytes: 8000,
    execute: importAll,
  },
  {
    name: 'link',
    seeds: [
      bytesOf(link(Buffer.concat([Buffer.from([0, 0, 1, 0]), packed]))),
      bytesOf(link(bytesOf(amnezia))),
      bytesOf('ss://abc@192.0.2.1:5#x'),
    ],
    words: ['vpn://', 'vless://', 'ssconf://'],
    maxBytes: 4000,
    execute: importAll,
  },
  {
    name: 'png',
    seeds: [png],
    words: ['IHDR', 'IDAT', 'PLTE', 'IEND', 'tRNS'],
    maxBytes: 4000,
    execute: (input) => void refusing(() => readPng(input), PictureError),
  },
  {
    name: 'jpeg',
    seeds: [jpeg],
    words: ['\u00ff\u00d8', '\u00ff\u00c0', '\u00ff\u00da', '\u00ff\u00dd'],
    maxBytes: 4000,
    execute: (input) => void refusing(() => readJpeg(input), PictureError),
  },
  {
    name: 'qr',
    seeds: [png, jpeg],
    maxBytes: 4000,
    execute: (input) => void refusing(() => readQr(input, 'fuzz'), ProfileError),
  },
  {
    name: 'wg',
    seeds: [bytesOf(conf)],
    words: confWords,
    maxBytes: 4000,
    execute(input) {
      const text = latin1(input);
      check(text);
      refusing(() => strip(text), ProfileError);
    },
  },
  {
    name: 'address',
    seeds: [
      bytesOf('[2001:db8::1]:51820'),
      bytesOf('198.51.100.7:1194'),
      bytesOf('10.0.0.0/8'),
      bytesOf('vpn.example.org:443'),
    ],
    words: ['::', '/0', '/128', ':65535', '[', ']', '%eth0', '0x7f.1', 'xn--'],
    maxBytes: 300,
    execute(input) {
      const text = latin1(input);
      parseHost(text);
      parseNetwork(text);
      const endpoint = parseEndpoint(text);
      if (endpoint)
        claim(
          JSON.stringify(parseEndpoint(writeEndpoint(endpoint))) === JSON.stringify(endpoint),
          'an endpoint is read back as itself',
        );
    },
  },
];
