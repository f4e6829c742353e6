import { createCipheriv, createDecipheriv, createHash, createHmac, createPublicKey, diffieHellman } from 'node:crypto';
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { blake2s } from '@noble/hashes/blake2.js';

/**
 * The other side of a WireGuard handshake, written a second time and over Node's own cryptography, so that a mistake in
 * the codec would have to be made twice. Only keyed BLAKE2s and XChaCha20, which Node lacks, come from @noble.
 */
export interface Responder {
  publicKey: Uint8Array;
  /** The client's static key and stamp when the initiation is genuine. */
  read(initiation: Uint8Array): { clientKey: Buffer; stamp: Buffer } | undefined;
  /** A response to a genuine initiation. */
  respond(initiation: Uint8Array, presharedKey?: Uint8Array): Buffer;
  cookieReply(initiation: Uint8Array, cookie: Uint8Array): Buffer;
  /** Whether MAC2 was made with this cookie. */
  hasMac2(initiation: Uint8Array, cookie: Uint8Array): boolean;
}

const privateDer = Buffer.from('302e020100300506032b656e04220420', 'hex');
const publicDer = Buffer.from('302a300506032b656e032100', 'hex');
const privateObject = (raw: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([privateDer, raw]), format: 'der', type: 'pkcs8' });
const publicObject = (raw: Uint8Array): KeyObject =>
  createPublicKey({ key: Buffer.concat([publicDer, raw]), format: 'der', type: 'spki' });
const rawPublic = (privateKey: KeyObject): Buffer =>
  createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32);

const H = (...parts: Uint8Array[]): Buffer => createHash('blake2s256').update(Buffer.concat(parts)).digest();
const mac = (key: Uint8Array, text: Uint8Array): Uint8Array => blake2s(text, { key, dkLen: 16 });
const hmac = (key: Uint8Array, text: Uint8Array): Buffer => createHmac('blake2s256', key).update(text).digest();

function kdf(count: number, chainKey: Uint8Array, input: Uint8Array): Buffer[] {
  const secret = hmac(chainKey, input);
  const keys: Buffer[] = [];
  for (let n = 1; n <= count; n++) keys.push(hmac(secret, Buffer.concat([keys.at(-1) ?? Buffer.of(), Buffer.of(n)])));
  return keys;
}

function open(key: Buffer, sealed: Uint8Array, associated: Buffer): Buffer | undefined {
  const cipher = createDecipheriv('chacha20-poly1305', key, Buffer.alloc(12), { authTagLength: 16 });
  cipher.setAAD(associated, { plaintextLength: sealed.length - 16 });
  cipher.setAuthTag(sealed.subarray(-16));
  try {
    return Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()]);
  } catch {
    return undefined;
  }
}

function sealNothing(key: Buffer, associated: Buffer): Buffer {
  const cipher = createCipheriv('chacha20-poly1305', key, Buffer.alloc(12), { authTagLength: 16 });
  cipher.setAAD(associated, { plaintextLength: 0 });
  cipher.final();
  return cipher.getAuthTag();
}

export function createResponder(privateRaw: Uint8Array): Responder {
  const privateKey = privateObject(privateRaw);
  const publicKey = rawPublic(privateKey);
  const dh = (other: Uint8Array): Buffer => diffieHellman({ privateKey, publicKey: publicObject(other) });

  function consume(initiation: Uint8Array) {
    const ephemeral = initiation.subarray(8, 40);
    let chainKey = H(Buffer.from('Noise_IKpsk2_25519_ChaChaPoly_BLAKE2s'));
    let hash = H(H(H(chainKey, Buffer.from('WireGuard v1 zx2c4 Jason@zx2c4.com')), publicKey), ephemeral);
    chainKey = kdf(1, chainKey, ephemeral)[0] as Buffer;
    let [next, key] = kdf(2, chainKey, dh(ephemeral)) as [Buffer, Buffer];
    const clientKey = open(key, initiation.subarray(40, 88), hash);
    if (clientKey === undefined) return undefined;
    hash = H(hash, initiation.subarray(40, 88));
    [next, key] = kdf(2, next, dh(clientKey)) as [Buffer, Buffer];
    const stamp = open(key, initiation.subarray(88, 116), hash);
    if (stamp === undefined) return undefined;
    return { clientKey, stamp, chainKey: next, hash: H(hash, initiation.subarray(88, 116)), ephemeral };
  }

  return {
    publicKey,
    read: (initiation) => consume(initiation),
    respond(initiation, presharedKey = new Uint8Array(32)) {
      const state = consume(initiation);
      if (state === undefined) throw new Error('not a genuine initiation');
      const ownPrivate = privateObject(H(initiation));
      const ownPublic = rawPublic(ownPrivate);
      const own = (other: Uint8Array): Buffer =>
        diffieHellman({ privateKey: ownPrivate, publicKey: publicObject(other) });
      let chainKey = state.chainKey;
      for (const input of [ownPublic, own(state.ephemeral), own(state.clientKey)])
        chainKey = kdf(1, chainKey, input)[0] as Buffer;
      const [, mixed, key] = kdf(3, chainKey, presharedKey) as [Buffer, Buffer, Buffer];
      const hash = H(H(state.hash, ownPublic), mixed);
      const head = Buffer.concat([
        Buffer.of(2, 0, 0, 0, 9, 9, 9, 9),
        initiation.subarray(4, 8),
        ownPublic,
        sealNothing(key, hash),
      ]);
      return Buffer.concat([head, mac(H(Buffer.from('mac1----'), state.clientKey), head), Buffer.alloc(16)]);
    },
    cookieReply(initiation, cookie) {
      const nonce = H(initiation).subarray(0, 24);
      const key = H(Buffer.from('cookie--'), publicKey);
      const sealed = xchacha20poly1305(key, nonce, initiation.subarray(116, 132)).encrypt(cookie);
      return Buffer.concat([Buffer.of(3, 0, 0, 0), initiation.subarray(4, 8), nonce, sealed]);
    },
    hasMac2: (initiation, cookie) =>
      Buffer.from(mac(cookie, initiation.subarray(0, 132))).equals(initiation.subarray(132)),
  };
}
