import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { run } from './programs.ts';

/** A certificate and its private key, as PEM text. */
export interface Credential {
  certificate: string;
  key: string;
}

/** A certificate authority, by the files that openssl needs to sign with it. */
export interface Authority extends Credential {
  certificateFile: string;
  keyFile: string;
}

const freshKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc'];
const validity = ['-days', '365'];

/** Makes an authority whose root nobody trusts who was not told to. Files NAME.crt and NAME.key in the folder. */
export async function createAuthority(folder: string, name: string, commonName: string): Promise<Authority> {
  const certificateFile = join(folder, `${name}.crt`);
  const keyFile = join(folder, `${name}.key`);
  const subject = ['-subj', `/CN=${commonName}`, '-addext', 'keyUsage=critical,keyCertSign,cRLSign'];
  await run('openssl', [
    'req',
    '-x509',
    ...freshKey,
    ...validity,
    ...subject,
    '-keyout',
    keyFile,
    '-out',
    certificateFile,
  ]);
  return { certificateFile, keyFile, ...(await read(certificateFile, keyFile)) };
}

export interface Subject {
  /** File name, and common name unless another is given. */
  name: string;
  usage: 'serverAuth' | 'clientAuth';
  /** subjectAltName entries, e.g. `DNS:example.org` or `IP:1.1.1.1`. */
  names: readonly string[];
}

/** Issues a certificate with a fresh key. */
export async function issue(folder: string, authority: Authority, subject: Subject): Promise<Credential> {
  const certificateFile = join(folder, `${subject.name}.crt`);
  const keyFile = join(folder, `${subject.name}.key`);
  const extensions = [
    'basicConstraints=critical,CA:FALSE',
    'keyUsage=critical,digitalSignature',
    `extendedKeyUsage=${subject.usage}`,
    ...(subject.names.length > 0 ? [`subjectAltName=${subject.names.join(',')}`] : []),
  ].flatMap((extension) => ['-addext', extension]);
  await run('openssl', [
    ...['req', '-x509', '-CA', authority.certificateFile, '-CAkey', authority.keyFile],
    ...[...freshKey, ...validity, '-subj', `/CN=${subject.name}`, ...extensions],
    ...['-keyout', keyFile, '-out', certificateFile],
  ]);
  return read(certificateFile, keyFile);
}

async function read(certificateFile: string, keyFile: string): Promise<Credential> {
  const [certificate, key] = await Promise.all([readFile(certificateFile, 'utf8'), readFile(keyFile, 'utf8')]);
  return { certificate, key };
}
