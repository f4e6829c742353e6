import type { OwnServerCheck, OwnServerKit } from '../../electron/api/schema.ts';

export const ownServerKit: OwnServerKit = {
  server: {
    ...{ id: 'o-1', endpoint: '198.51.100.4', createdAt: '2026-11-24T12:00:00.000Z' },
    ...{ protocols: ['wireguard', 'openvpn'], wireguardPort: 23_456, openvpnPort: 443 },
    people: [
      { number: 1, revoked: false },
      { number: 2, revoked: false },
    ],
  },
  ...{ folder: '/home/me/kit', script: '/home/me/kit/server.sh', relay: '/home/me/kit/relay.json' },
  files: ['/home/me/kit/person-1.conf', '/home/me/kit/person-1.png'],
  profiles: [
    {
      ...{ id: 'p-own', name: 'Own server 198.51.100.4', kind: 'wireguard', endpoint: '198.51.100.4:23456' },
      ...{ provider: null, dropped: [], warnings: [] },
    },
  ],
};

/** On a network that holds back UDP. */
export const ownServerFound: OwnServerCheck = {
  ...{ host: '198.51.100.4', address: '198.51.100.4', conclusion: 'only-tcp' },
  doors: [
    { what: 'ssh', transport: 'tcp', port: 22, result: 'closed', rttMs: null },
    { what: 'wireguard', transport: 'udp', port: 23_456, result: 'silent', rttMs: null },
    { what: 'openvpn', transport: 'tcp', port: 443, result: 'answers', rttMs: 41.4 },
  ],
};
