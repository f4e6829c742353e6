import { ProfileError } from '../errors.ts';
import type { DroppedLine, OpenVpnProfile, ProfileWarning } from '../types.ts';
import { takeInBeside, type LinesBeside } from './beside.ts';
import { cipherDirectives, readCiphers } from './ciphers.ts';
import { readLines, type Block, type Directive } from './lines.ts';
import { materialDirectives, readMaterials } from './materials.ts';
import { readOptions } from './options.ts';
import { readRemotes, remoteDirectives } from './remotes.ts';
import { readUserPass } from './user-pass.ts';
import { warningsFor } from './warnings.ts';

export interface ParsedOpenVpn {
  profile: OpenVpnProfile;
  dropped: DroppedLine[];
  warnings: ProfileWarning[];
}

/** Read by other parts, or always in the file that Sawt writes. */
const takenElsewhere = [
  ...[...remoteDirectives, ...cipherDirectives, ...materialDirectives],
  ...['client', 'tls-client', 'pull', 'dev', 'dev-type', 'nobind', 'persist-key', 'persist-tun'],
  ...['key-direction', 'auth-user-pass'],
];

/** A client profile of OpenVPN as fields. `beside` gives the files that came with it. Throws ProfileError. */
export function parseOpenVpn(
  lines: readonly string[],
  file: string,
  beside: LinesBeside = () => undefined,
): ParsedOpenVpn {
  const { dropped, ...read } = readLines(lines, file);
  const { directives, blocks } = takeInBeside(read.directives, read.blocks, beside);
  refuseOtherModes(directives, blocks, file);
  const connections = blocks.filter(({ name }) => name === 'connection');
  const servers = readRemotes(directives, connections, file);
  const otherBlocks = blocks.filter(({ name }) => name !== 'connection' && name !== 'auth-user-pass');
  const material = readMaterials(directives, otherBlocks, file);
  const credentials = readUserPass(directives, blocks);
  const ciphers = readCiphers(directives);
  const plain = readOptions(
    directives.filter((directive) => !takenElsewhere.includes(directive.name) && !demandsServer(directive)),
    servers.remotes.some(({ transport }) => transport === 'tcp'),
  );
  const profile: OpenVpnProfile = {
    kind: 'openvpn',
    remotes: servers.remotes,
    ...material.materials,
    ...(credentials.userPass && { userPass: credentials.userPass }),
    options: [...ciphers.options, ...plain.options],
  };
  refuseIncomplete(profile, file);
  const all = [dropped, servers.dropped, material.dropped, credentials.dropped, ciphers.dropped, plain.dropped].flat();
  return {
    profile,
    dropped: all.sort((a, b) => (a.line ?? 0) - (b.line ?? 0)),
    warnings: warningsFor(profile, directives, ciphers.weak),
  };
}

function demandsServer({ name, args }: Directive): boolean {
  return name === 'remote-cert-tls' && args[0] === 'server';
}

/** What is OpenVPN, but not a client's TLS tunnel for IP packets. */
function refuseOtherModes(directives: readonly Directive[], blocks: readonly Block[], file: string): void {
  const refuse = ({ line, name }: { line: number; name: string }, problem: string): never => {
    throw new ProfileError('profile-unsupported', { file, line, directive: name }, problem);
  };
  for (const directive of directives) {
    const { name, args } = directive;
    if ((name === 'dev' || name === 'dev-type') && args[0]?.startsWith('tun') !== true) {
      refuse(
        directive,
        'this kind of tunnel (tap) joins whole networks and needs a program of its own; ask for a "tun" profile',
      );
    }
    if (['server', 'server-ipv6', 'server-bridge', 'tls-server', 'mode'].includes(name)) {
      refuse(directive, 'this file is for the server, not for a client; ask for the client profile');
    }
  }
  for (const item of [...directives, ...blocks]) {
    if (item.name === 'secret')
      refuse(item, 'a tunnel with one static key is outdated and unsafe; ask for a profile with certificates');
    if (item.name === 'pkcs12')
      refuse(item, 'keys in PKCS #12 cannot be read yet; ask for a profile with <cert> and <key>');
  }
  if (!directives.some(({ name }) => name === 'client' || name === 'tls-client')) {
    throw new ProfileError(
      'profile-unsupported',
      { file, line: null, directive: 'client' },
      'this is not a profile for a client, or only a part of one; ask for the whole file',
    );
  }
}

/** OpenVPN would refuse to start; better to say so now. */
function refuseIncomplete(
  { ca, cert, key, tlsAuth, tlsCrypt, tlsCryptV2, userPass }: OpenVpnProfile,
  file: string,
): void {
  const refuse = (directive: string, problem: string): never => {
    throw new ProfileError('profile-invalid', { file, line: null, directive }, problem);
  };
  if (ca === undefined) refuse('ca', 'the file has no certificate to know the server by; ask for the whole file');
  if ((cert === undefined) !== (key === undefined))
    refuse(cert === undefined ? 'cert' : 'key', 'certificate and key only work together; one is missing');
  if (cert === undefined && !userPass)
    refuse('cert', 'the file has neither a certificate of yours nor asks for a password; ask for the whole file');
  if ([tlsAuth, tlsCrypt, tlsCryptV2].filter((value) => value !== undefined).length > 1) {
    refuse('tls-crypt', 'tls-auth, tls-crypt and tls-crypt-v2 exclude each other');
  }
}
