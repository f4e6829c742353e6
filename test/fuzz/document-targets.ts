import { schema, type CallName } from '../../electron/api/schema.ts';
import { catalogueSchema } from '../../electron/check/catalogue.ts';
import { readAuthority, readClientPair } from '../../electron/servers/accounts/recipes/leap-certificates.ts';
import { leapProviderSchema, leapServiceSchema } from '../../electron/servers/accounts/recipes/leap.ts';
import { readVolunteers } from '../../electron/servers/accounts/recipes/vpn-gate-list.ts';
import { createRowReader } from '../../electron/servers/rows.ts';
import { SignedError } from '../../electron/signed/errors.ts';
import { splitParcel } from '../../electron/signed/files.ts';
import { parseSignature } from '../../electron/signed/minisign.ts';
import { beforeIn } from '../../electron/tunnel/resolv-conf-text.ts';
import { parseJournal } from '../../electron/tunnel/journal.ts';
import { parseManagementLine } from '../../electron/tunnel/openvpn/management.ts';
import { pushReplyOf, resolversIn } from '../../electron/tunnel/openvpn/pushed.ts';
import { bytesOf, claim, latin1, refusing, type FuzzTarget } from './target.ts';

const row = JSON.stringify({
  id: 'a-es-1',
  provider: 'a',
  hostname: 'es1.a.example',
  country: 'ES',
  city: 'Madrid',
  ipv4: '198.51.100.7',
  ipv6: null,
  wireguard: { publicKey: Buffer.alloc(32, 9).toString('base64'), ports: [51820] },
  openvpn: null,
});
const minisig = [
  'untrusted comment: signature',
  Buffer.from(`ED${'x'.repeat(72)}`).toString('base64'),
  'trusted comment: timestamp:1',
  Buffer.alloc(64, 7).toString('base64'),
  '',
].join('\n');
const push =
  "PUSH: Received control message: 'PUSH_REPLY,route-gateway 10.8.0.1,dhcp-option DNS 10.8.0.1,dhcp-option DOMAIN a.example'";

const volunteer = Buffer.from('client\ndev tun\nremote 45.134.0.1 443 tcp\nauth-user-pass\n').toString('base64');
const volunteers = `*vpn_servers\n#HostName,IP,Score,CountryShort,OpenVPN_ConfigData_Base64\nvpn1,45.134.0.1,5,JP,${volunteer}\n*\n`;
const pem = (label: string): string => `-----BEGIN ${label}-----\nMIIBAQ==\n-----END ${label}-----\n`;
const leapService =
  '{"version":3,"gateways":[{"host":"a.riseup.net","ip_address":"45.134.0.1","location":"p","capabilities":{"transport":[]}}],"locations":{},"openvpn_configuration":{"auth":"SHA512"}}';

const readRow = createRowReader(new Map());
const jsonOf = (input: Uint8Array): unknown => refusing(() => JSON.parse(latin1(input)) as unknown, SyntaxError);

/** Documents and lines that come from a mirror, a window, the tunnel's program or a damaged disk. */
export const documentTargets: readonly FuzzTarget[] = [
  {
    name: 'signature',
    seeds: [bytesOf(minisig)],
    words: ['untrusted comment: ', 'trusted comment: '],
    maxBytes: 2000,
    execute: (input) => void refusing(() => parseSignature(latin1(input), 'servers'), SignedError),
  },
  {
    name: 'parcel',
    seeds: [bytesOf(`${minisig}{"schema":1}`)],
    words: ['untrusted comment: ', '\n'],
    maxBytes: 6000,
    execute(input) {
      const { bytes, signature } = splitParcel(input) ?? {};
      claim(bytes === undefined || (signature ?? '').length <= 4096, 'a signature is short');
    },
  },
  {
    name: 'server-row',
    seeds: [bytesOf(row)],
    words: ['"ipv4":', '"wireguard":', '"__proto__":', 'null', '{}', '[]'],
    maxBytes: 3000,
    execute: (input) => void readRow(jsonOf(input)),
  },
  {
    name: 'volunteers',
    seeds: [bytesOf(volunteers)],
    words: ['*vpn_servers', '#HostName', ',', '\r\n', '=HYPERLINK(', volunteer],
    maxBytes: 6000,
    execute(input) {
      const rows = readVolunteers(latin1(input)) ?? [];
      claim(
        rows.every(({ name, address, remote }) => /^[a-z0-9-]+$/.test(name) && remote.host === address),
        'a row leads where it says',
      );
    },
  },
  {
    name: 'leap-service',
    seeds: [
      bytesOf(leapService),
      bytesOf(
        '{"api_uri":"https://a.example","ca_cert_uri":"https://a.example/ca","ca_cert_fingerprint":"SHA256: 00"}',
      ),
    ],
    words: ['"gateways":', '"transport":', '"__proto__":', '\\n', '[', '{', 'null'],
    maxBytes: 3000,
    execute(input) {
      const value = jsonOf(input);
      leapProviderSchema.safeParse(value);
      const {
        auth = '',
        cipher = '',
        keepalive = '',
      } = leapServiceSchema.safeParse(value).data?.openvpn_configuration ?? {};
      claim(!/[\r\n"'\\]/.test(auth + cipher + keepalive), 'a setting is a word or two');
    },
  },
  {
    name: 'leap-certificates',
    seeds: [bytesOf(pem('CERTIFICATE')), bytesOf(pem('RSA PRIVATE KEY') + pem('CERTIFICATE'))],
    words: ['-----BEGIN ', '-----END ', 'CERTIFICATE-----', 'PRIVATE KEY-----', '\n'],
    maxBytes: 4000,
    execute(input) {
      const text = latin1(input);
      readAuthority(text, 'SHA256: 00', new Date(0));
      readClientPair(text);
    },
  },
  {
    name: 'catalogue',
    seeds: [bytesOf('{"version":1,"asOf":"2026-11-24","services":[]}')],
    words: ['"services":', '"kind":"tls"', '"__proto__":', '[', '{', 'null'],
    maxBytes: 3000,
    execute: (input) => void catalogueSchema.safeParse(jsonOf(input)),
  },
  {
    name: 'window-call',
    seeds: [
      bytesOf('{"services":["signal"],"depth":"quick"}'),
      bytesOf('{"files":[{"name":"a.conf","base64":"AAAA"}]}'),
      bytesOf('{"profile":"p-1","killSwitch":true}'),
    ],
    words: ['"id":', '"__proto__":', 'true', 'null', '1e309', '[', '{'],
    maxBytes: 3000,
    execute(input) {
      const args = jsonOf(input);
      for (const name of Object.keys(schema.calls) as CallName[]) schema.calls[name].args.safeParse(args);
    },
  },
  {
    name: 'journal',
    seeds: [bytesOf('{"schema":1}')],
    words: ['"resolver":', '"routing":', 'null', '[', '{'],
    maxBytes: 3000,
    execute: (input) => void parseJournal(latin1(input)),
  },
  {
    name: 'resolv-conf',
    seeds: [bytesOf('# written by Sawt\nnameserver 10.8.0.1\n')],
    maxBytes: 3000,
    execute: (input) => void beforeIn(latin1(input)),
  },
  {
    name: 'openvpn-talk',
    seeds: [
      bytesOf(push),
      bytesOf('>STATE:1700000000,CONNECTED,SUCCESS,10.8.0.2,198.51.100.7,1194,,'),
      bytesOf(">PASSWORD:Need 'Auth' username/password"),
    ],
    words: ['>STATE:', '>LOG:', '>HOLD:', 'PUSH_REPLY,', 'dhcp-option DNS ', ','],
    maxBytes: 3000,
    execute(input) {
      const line = latin1(input);
      parseManagementLine(line);
      const { resolvers } = resolversIn(pushReplyOf(line) ?? line.split(','));
      claim(
        resolvers.every((resolver) => !/\s/.test(resolver)),
        'a resolver is one word',
      );
    },
  },
];
