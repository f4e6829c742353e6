import { unheardOf, type CertifiedMaterial, type ProviderApi } from './api.ts';
import { openVpnPlaces } from './known.ts';

/** The list of volunteers as www.vpngate.net gives it out: CSV with a line before and after, CRLF, base64 at the end. */
export const vpngate: ProviderApi = ({ method, path }, { handsOut }) => {
  if (method !== 'GET' || path !== '/api/iphone/') return Promise.resolve(unheardOf);
  if (handsOut === undefined) return Promise.resolve({ status: 503, text: 'maintenance', type: 'text/plain' });
  return Promise.resolve({ status: 200, text: listOf(handsOut), type: 'text/plain; charset=utf-8' });
};

const columns =
  '#HostName,IP,Score,Ping,Speed,CountryLong,CountryShort,NumVpnSessions,Uptime,TotalUsers,TotalTraffic,LogType,Operator,Message,OpenVPN_ConfigData_Base64';

function listOf(material: CertifiedMaterial): string {
  const { address, port } = openVpnPlaces.vpngate;
  const row = (name: string, ip: string, score: number, country: string, ovpn: string): string =>
    [
      ...[name, ip, score, '-', 31_000_000, 'Japan', country, 3, 86_400_000, 120, 4_000_000_000, '2weeks'],
      ...['DESKTOP"s owner', '=HYPERLINK("http://evil.example")', Buffer.from(ovpn).toString('base64')],
    ].join(',');
  return [
    '*vpn_servers',
    columns,
    row('public-vpn-76', '219.100.37.50', 2_900_000, 'JP', file('219.100.37.50', 443, 'tcp', material)),
    row('vpn122070725', address, 400_000, 'JP', file(address, port, 'udp', material)),
    row('vpn657110922', '80.14.107.112', 300_000, 'FR', file('80.14.107.112', 1926, 'tcp', material)),
    row('vpn000000001', '80.14.107.113', 300_000, 'DE', 'up /bin/sh\r\n'),
    '*',
    '',
  ].join('\r\n');
}

const file = (address: string, port: number, proto: string, { authority, client }: CertifiedMaterial): string =>
  `###############################################################################
# OpenVPN 2.0 Sample Configuration File
# for PacketiX VPN / SoftEther VPN Server
###############################################################################

dev tun
proto ${proto}
remote ${address} ${port}
;http-proxy-retry
;http-proxy [proxy server] [proxy port]
cipher AES-128-CBC
auth SHA1
resolv-retry infinite
nobind
persist-key
persist-tun
client
verb 3
#auth-user-pass

<ca>
${authority.trim()}
</ca>

<cert>
${client.certificate.trim()}
</cert>

<key>
${client.key.trim()}
</key>
`.replaceAll('\n', '\r\n');
