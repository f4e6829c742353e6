import { simple } from '../openvpn/samples.ts';
import { disguises, type SoundFile } from './disguises.ts';

export interface HostileFile {
  name: string;
  text: string;
}

/** Every directive of OpenVPN 2.6 that runs a program, or reads or writes a file, with the arguments that it wants. */
const directives = (path: string): readonly string[] => [
  ...[
    'up',
    'down',
    'route-up',
    'route-pre-down',
    'ipchange',
    'tls-verify',
    'learn-address',
    'client-connect',
    'client-disconnect',
  ].map((name) => `${name} ${path}`),
  ...[
    'client-crresponse',
    'dns-updown',
    'iproute',
    'tls-crypt-v2-verify',
    'plugin',
    'engine',
    'providers',
    'pkcs11-providers',
  ].map((name) => `${name} ${path}`),
  `auth-user-pass-verify ${path} via-file`,
  'script-security 2',
  'script-security 3 system',
  `setenv opt up ${path}`,
  'setenv opt script-security 2',
  `setenv PATH ${path}`,
  `setenv-safe X ${path}`,
  `config ${path}`,
  `cd ${path}`,
  `chroot ${path}`,
  `tmp-dir ${path}`,
  `askpass ${path}`,
  `auth-user-pass ${path}`,
  `http-proxy 192.0.2.1 8080 ${path} basic`,
  `http-proxy-user-pass ${path}`,
  `socks-proxy 192.0.2.1 1080 ${path}`,
  `management 127.0.0.1 7505 ${path}`,
  `management-client-user root`,
  `log ${path}`,
  `log-append ${path}`,
  `status ${path} 1`,
  `writepid ${path}`,
  `replay-persist ${path}`,
  `ifconfig-pool-persist ${path}`,
  `tls-export-cert ${path}`,
  `crl-verify ${path}`,
  `capath ${path}`,
  `client-config-dir ${path}`,
  `dh ${path}`,
  `pkcs12 ${path}`,
  `extra-certs ${path}`,
  `secret ${path}`,
  `auth-gen-token-secret ${path}`,
  `user root`,
  `daemon`,
  `syslog`,
  `dev-node ${path}`,
  `push "up ${path}"`,
];

function soundFile(): SoundFile {
  const [before = '', block = '', rest = ''] = simple.split(/(<ca>[^]*?<\/ca>)/);
  const [head = '', ...middle] = before.trim().split('\n');
  return { head, middle: middle.join('\n'), block, rest: rest.trim() };
}

/** Sound files of a client with one hostile line each, in every disguise; `path` is what the line names. */
export function openVpnCorpus(path: string): HostileFile[] {
  const sound = soundFile();
  return directives(path).flatMap((line) =>
    Object.entries(disguises).map(([disguise, dress]) => ({ name: `${line} (${disguise})`, text: dress(line, sound) })),
  );
}
