import { join } from 'node:path';
import { readFile, writeFile } from 'node:fs/promises';
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
  const extensions = extensionsOf(subject.usage, subject.names);
  await run('openssl', [
    ...['req', '-x509', '-CA', authority.certificateFile, '-CAkey', authority.keyFile],
    ...[...freshKey, ...validity, '-subj', `/CN=${subject.name}`, ...extensions],
    ...['-keyout', keyFile, '-out', certificateFile],
  ]);
  return read(certificateFile, keyFile);
}

function extensionsOf(usage: Subject['usage'], names: readonly string[]): string[] {
  return [
    'basicConstraints=critical,CA:FALSE',
    'keyUsage=critical,digitalSignature',
    `extendedKeyUsage=${usage}`,
    ...(names.length > 0 ? [`subjectAltName=${names.join(',')}`] : []),
  ].flatMap((extension) => ['-addext', extension]);
}

/** Settings of `openssl ca`, the only command of OpenSSL 3.0 that lets one choose both dates. */
const datedAuthority = (folder: string, name: string): string => `
[ca]
default_ca = lab
[lab]
database = ${join(folder, `${name}.index`)}
new_certs_dir = ${folder}
rand_serial = yes
default_md = sha256
policy = any
copy_extensions = copyall
[any]
commonName = supplied
`;

/** Like `issue`, but valid between these moments only. */
export async function issueFor(
  folder: string,
  authority: Authority,
  { name, usage, names }: Subject,
  valid: { from: Date; to: Date },
): Promise<Credential> {
  const file = (ending: string): string => join(folder, `${name}.${ending}`);
  await Promise.all([writeFile(file('index'), ''), writeFile(file('conf'), datedAuthority(folder, name))]);
  await run('openssl', [
    ...['req', '-new', ...freshKey, '-subj', `/CN=${name}`, ...extensionsOf(usage, names)],
    ...['-keyout', file('key'), '-out', file('csr')],
  ]);
  await run('openssl', [
    ...['ca', '-batch', '-notext', '-config', file('conf')],
    ...['-cert', authority.certificateFile, '-keyfile', authority.keyFile],
    ...['-startdate', stamp(valid.from), '-enddate', stamp(valid.to), '-in', file('csr'), '-out', file('crt')],
  ]);
  return read(file('crt'), file('key'));
}

/** YYYYMMDDHHMMSSZ */
const stamp = (moment: Date): string => moment.toISOString().replace(/[-:T]|\.\d+/g, '');

async function read(certificateFile: string, keyFile: string): Promise<Credential> {
  const [certificate, key] = await Promise.all([readFile(certificateFile, 'utf8'), readFile(keyFile, 'utf8')]);
  return { certificate, key };
}
