import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addresses } from '../addresses.ts';
import { createAuthority, issue } from '../system/certificates.ts';
import { startProgram, type Helper, type HelperOptions } from '../system/helper.ts';
import { findProgram } from '../system/programs.ts';

/**
 * The ports that one reaches the relay by: its own, that for TLS, and the one that looks most like the web, from which the
 * VPN host's translations lead to the others.
 */
export const relayPorts = { own: 3478, tls: 5349, web: 443 } as const;
const { relay: address } = addresses;
const username = 'lab';

export interface LabRelay {
  helper: Helper;
  /** RTCIceServer as JSON, as `sawt relay set` takes it; the second with a password that is not the relay's. */
  right: string;
  wrong: string;
}

/** A real coturn at an address of its own beside the VPN host, known by an authority of its own. */
export async function startRelay(
  folder: string,
  options: Omit<HelperOptions, 'name' | 'namespace'>,
): Promise<LabRelay> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const authority = await createAuthority(folder, 'relay-ca', 'Lab relay root');
  const names = [`IP:${address}`];
  await issue(folder, authority, { name: 'relay', usage: 'serverAuth', names });
  const credential = randomBytes(12).toString('hex');
  const config = join(folder, 'relay.conf');
  await writeFile(config, settings(folder, credential), { mode: 0o600 });
  const helper = await startProgram({
    ...options,
    name: 'relay',
    namespace: 'vpn',
    argv: [findProgram('turnserver'), '-c', config],
    isReady: (output) => output.includes('IO method (admin thread)'),
  });
  const described = (password: string): string =>
    JSON.stringify({
      urls: [
        `turn:${address}:${relayPorts.own}?transport=udp`,
        `turn:${address}:${relayPorts.web}?transport=udp`,
        `turn:${address}:${relayPorts.own}?transport=tcp`,
        `turns:${address}:${relayPorts.web}?transport=tcp`,
      ],
      ...{ username, credential: password, ca: authority.certificate },
    });
  return { helper, right: described(credential), wrong: described('wrong') };
}

const settings = (folder: string, credential: string): string => `
listening-ip=${address}
relay-ip=${address}
listening-port=${relayPorts.own}
tls-listening-port=${relayPorts.tls}
min-port=49160
max-port=49260
lt-cred-mech
realm=relay.lab
user=${username}:${credential}
cert=${join(folder, 'relay.crt')}
pkey=${join(folder, 'relay.key')}
userdb=${join(folder, 'turndb')}
pidfile=${join(folder, 'relay.pid')}
log-file=stdout
simple-log
no-cli
no-dtls
`;
