import { X509Certificate } from 'node:crypto';
import { unheardOf, type ProviderApi, type Said } from './api.ts';
import { openVpnPlaces } from './known.ts';

/** The LEAP platform, version 3, as Riseup runs it: three hosts, and a path is known at its own host only. */
export const riseup: ProviderApi = ({ method, path, host, body, headers }, { handsOut }) => {
  const said = ((): Said => {
    if (handsOut === undefined) return { status: 503, text: 'maintenance', type: 'text/plain' };
    const { authority, client } = handsOut;
    const asked = `${method} ${host}${path}`;
    switch (asked) {
      case 'GET riseup.net/provider.json':
        return { status: 200, json: providerFile(authority) };
      case 'GET black.riseup.net/ca.crt':
        return { status: 200, text: authority, type: 'application/x-x509-ca-cert' };
      case 'GET api.black.riseup.net/3/config/eip-service.json':
        return { status: 200, json: service };
      case 'POST api.black.riseup.net/3/cert':
        // For anybody: who sends who they are has misunderstood it.
        if (body !== '' || headers.authorization !== undefined) return { status: 400, text: 'bad', type: 'text/plain' };
        return { status: 200, text: `${client.key}${client.certificate}`, type: 'text/plain' };
      default:
        return unheardOf;
    }
  })();
  return Promise.resolve(said);
};

function providerFile(authority: string): object {
  const fingerprint = new X509Certificate(authority).fingerprint256.replaceAll(':', '').toLowerCase();
  return {
    api_uri: 'https://api.black.riseup.net:443',
    api_version: '3',
    ca_cert_fingerprint: `SHA256: ${fingerprint}`,
    ca_cert_uri: 'https://black.riseup.net/ca.crt',
    domain: 'riseup.net',
    name: { en: 'Riseup Networks' },
    service: { allow_anonymous: true, allow_free: true, allow_registration: false },
  };
}

const gateway = (host: string, location: string, address: string, transport: object[]): object => ({
  capabilities: { adblock: false, filter_dns: false, limited: false, transport, user_ips: false },
  host,
  ip_address: address,
  location,
});
const openvpn = { type: 'openvpn', ports: ['53', '80', '1194'], protocols: ['tcp', 'udp'] };
const obfs4 = { type: 'obfs4', ports: ['443'], protocols: ['tcp'], options: { cert: 'x', 'iat-mode': '0' } };
const { address, port } = openVpnPlaces.riseup;

const service = {
  gateways: [
    gateway('vpn02-par.riseup.net', 'paris', address, [
      { ...openvpn, ports: ['53', String(port)], protocols: ['udp'] },
      obfs4,
    ]),
    gateway('vpn04-ams.riseup.net', 'amsterdam', '51.15.9.205', [openvpn]),
    gateway('vpn99-ams.riseup.net', 'amsterdam', '51.15.9.206', [obfs4]),
  ],
  locations: {
    amsterdam: { country_code: 'NL', hemisphere: 'N', name: 'Amsterdam', timezone: '+2' },
    paris: { country_code: 'FR', hemisphere: 'N', name: 'Paris', timezone: '+2' },
  },
  openvpn_configuration: {
    auth: 'SHA512',
    cipher: 'AES-256-GCM',
    dev: 'tun',
    float: '',
    keepalive: '10 30',
    'key-direction': '1',
    nobind: true,
    'persist-key': true,
    rcvbuf: '0',
    sndbuf: '0',
    'tls-cipher': 'TLS-ECDHE-ECDSA-WITH-AES-256-GCM-SHA384',
    'tls-version-min': '1.2',
    verb: '3',
  },
  serial: 3,
  version: 3,
};
