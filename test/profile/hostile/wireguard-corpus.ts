import { keyOf, simple } from '../wireguard/samples.ts';
import { disguises } from './disguises.ts';
import type { HostileFile } from './openvpn-corpus.ts';

/** Settings of wg-quick(8) that run a command, write a file or turn the routing about. */
const settings = (path: string): readonly string[] => [
  ...['PreUp', 'PostUp', 'PreDown', 'PostDown'].map((name) => `${name} = ${path}`),
  'SaveConfig = true',
  'Table = off',
  'FwMark = 0x1',
  'ListenPort = 22',
];

/** What wg-quick does not run, but a shell or a careless reader might. */
const values = (path: string): readonly [line: string, instead: string][] => [
  [`Address = $(${path})/32`, 'Address = 10.2.0.2/32'],
  ['Address = /etc/pass*', 'Address = 10.2.0.2/32'],
  [`DNS = 10.2.0.1;${path}`, 'DNS = 10.2.0.1'],
  [`DNS = \`${path}\``, 'DNS = 10.2.0.1'],
  [`Endpoint = $(${path}):51820`, 'Endpoint = 198.51.100.7:51820'],
  [`Endpoint = -x.example:51820`, 'Endpoint = 198.51.100.7:51820'],
  [`PublicKey = ${keyOf(2)}'; ${path}; '`, `PublicKey = ${keyOf(2)}`],
  [`AllowedIPs = 0.0.0.0/0 && ${path}`, 'AllowedIPs = 0.0.0.0/0'],
];

/** Sound files with one hostile line each, in every disguise; `path` is what the line names. */
export function wireGuardCorpus(path: string): HostileFile[] {
  const [ownSection = '', peerSection = ''] = simple.trim().split('\n\n');
  const [heading = '', ...own] = ownSection.split('\n');
  const sound = { head: heading, middle: own.join('\n'), block: peerSection, rest: '' };
  return [
    ...settings(path).flatMap((line) =>
      Object.entries(disguises).map(([disguise, dress]) => ({
        name: `${line} (${disguise})`,
        text: dress(line, sound),
      })),
    ),
    ...['PostUp', 'preup'].map((name) => ({
      name: `${name} in [Interface] again`,
      text: `${simple}[Interface]\n${name} = ${path}\n`,
    })),
    ...values(path).map(([line, instead]) => ({ name: line, text: simple.replace(instead, line) })),
  ];
}
