// electron-builder's `beforePack`: a release whose server list is signed with the development key is not made, because
// the secret half of that key is public and anybody could sign a list with it.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * @param {{ packager?: { projectDir?: string } }} [context] As electron-builder gives it; without it the current folder.
 */
export default async function refuseDevelopmentKey(context) {
  const folder = join(context?.packager?.projectDir ?? process.cwd(), 'resources', 'servers');
  const list = await readFile(join(folder, 'servers.json'));
  const signature = await readFile(join(folder, 'servers.json.minisig'));
  const publicKey = await readFile(join(folder, 'development.pub'));
  const signed = Buffer.from(secondLine(signature), 'base64');
  const key = Buffer.from(secondLine(publicKey), 'base64');
  if (signed.length !== 74 || key.length !== 42) {
    throw new Error('The server list has no readable signature; sign it with a release key (npm run servers:sign).');
  }
  const sameId = signed.subarray(2, 10).equals(key.subarray(2, 10));
  if (sameId || isSignedBy(key.subarray(10), signed, list)) {
    throw new Error(
      'The server list is signed with the development key, which anybody can sign with; sign it with a release key (SAWT_SIGNING_KEY=... npm run servers:sign) before making a release.',
    );
  }
}

/**
 * Also when somebody has changed the key's id in the signature.
 * @param {Buffer} key
 * @param {Buffer} signed
 * @param {Buffer} list
 */
function isSignedBy(key, signed, list) {
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key]);
  const message = signed.toString('latin1', 0, 2) === 'ED' ? createHash('blake2b512').update(list).digest() : list;
  return verify(null, message, createPublicKey({ key: spki, format: 'der', type: 'spki' }), signed.subarray(10));
}

/** @param {Buffer} file */
function secondLine(file) {
  return file.toString('utf8').split(/\r?\n/)[1] ?? '';
}
