// electron-builder's `beforePack`: a release whose server list or catalogue is signed with the development key is not
// made, because the secret half of that key is public and anybody could sign with it. Nor is one without keys of the
// maintainers, or with mirrors that are reserved names: it could never be updated.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * @param {{ packager?: { projectDir?: string } }} [context] As electron-builder gives it; without it the current folder.
 */
export default async function refuseDevelopmentKey(context) {
  const resources = join(context?.packager?.projectDir ?? process.cwd(), 'resources');
  const publicKey = await readFile(join(resources, 'servers', 'development.pub'));
  const key = Buffer.from(secondLine(publicKey), 'base64');
  await refuseSignedBy(key, join(resources, 'servers', 'servers.json'), 'server list', 'servers:sign');
  await refuseSignedBy(key, join(resources, 'catalogue', 'catalogue.json'), 'catalogue', 'catalogue:sign');
  const released = await readFile(join(resources, 'signing', 'release.pub'), 'utf8');
  if (!/^RW/m.test(released)) throw new Error('resources/signing/release.pub has no key of the maintainers yet.');
  const mirrors = await readFile(join(resources, 'signing', 'mirrors.json'), 'utf8');
  if (mirrors.includes('.example/')) throw new Error('resources/signing/mirrors.json still names reserved hosts.');
}

/**
 * @param {Buffer} key
 * @param {string} path
 * @param {string} what
 * @param {string} command
 */
async function refuseSignedBy(key, path, what, command) {
  const document = await readFile(path);
  const signed = Buffer.from(secondLine(await readFile(`${path}.minisig`)), 'base64');
  if (signed.length !== 74 || key.length !== 42) {
    throw new Error(`The ${what} has no readable signature; sign it with a release key (npm run ${command}).`);
  }
  const sameId = signed.subarray(2, 10).equals(key.subarray(2, 10));
  if (sameId || isSignedBy(key.subarray(10), signed, document)) {
    throw new Error(
      `The ${what} is signed with the development key, which anybody can sign with; sign it with a release key (SAWT_SIGNING_KEY=... npm run ${command}) before making a release.`,
    );
  }
}

/**
 * Also when somebody has changed the key's id in the signature.
 * @param {Buffer} key
 * @param {Buffer} signed
 * @param {Buffer} document
 */
function isSignedBy(key, signed, document) {
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key]);
  const message =
    signed.toString('latin1', 0, 2) === 'ED' ? createHash('blake2b512').update(document).digest() : document;
  return verify(null, message, createPublicKey({ key: spki, format: 'der', type: 'spki' }), signed.subarray(10));
}

/** @param {Buffer} file */
function secondLine(file) {
  return file.toString('utf8').split(/\r?\n/)[1] ?? '';
}
