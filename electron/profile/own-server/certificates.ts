import { createPrivateKey, createPublicKey, KeyObject, randomBytes, type webcrypto } from 'node:crypto';
import type * as X509 from '@peculiar/x509';
import { isIP } from 'node:net';
import type { Credential } from './record.ts';

/** Common name of the server's certificate, which the profiles ask for. */
export const serverName = 'sawt-server';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const years = 10;

export interface Subject {
  name: string;
  usage: 'server' | 'client';
  /** Addresses and names that a server is also known by. */
  alternatives?: readonly string[];
}

/** Signs what it is asked to. The certificates hold for ten years: a server that forgets itself locks people out. */
export interface Authority {
  credential: Credential;
  issue(subject: Subject): Promise<Credential>;
}

/**
 * Only those who make a server need it, and it takes a while to load. The first line is what the second one was built
 * upon and does not bring along.
 */
async function loadX509(): Promise<typeof X509> {
  await import('reflect-metadata');
  return import('@peculiar/x509');
}

export async function createAuthority(now: Date): Promise<Authority> {
  const x509 = await loadX509();
  const keys = await makeKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    ...lifeOf(now),
    name: 'CN=Own server',
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return authorityOf(certificate, keys, now);
}

/** The authority that was kept. `now`: for the certificates that it will issue. */
export async function openAuthority(credential: Credential, now: Date): Promise<Authority> {
  const x509 = await loadX509();
  const certificate = new x509.X509Certificate(credential.certificate);
  const pkcs8 = createPrivateKey(credential.privateKey).export({ type: 'pkcs8', format: 'der' });
  const spki = createPublicKey(credential.certificate).export({ type: 'spki', format: 'der' });
  const privateKey = await crypto.subtle.importKey('pkcs8', Uint8Array.from(pkcs8), algorithm, true, ['sign']);
  const publicKey = await crypto.subtle.importKey('spki', Uint8Array.from(spki), algorithm, true, ['verify']);
  return authorityOf(certificate, { privateKey, publicKey }, now);
}

function authorityOf(certificate: X509.X509Certificate, own: webcrypto.CryptoKeyPair, now: Date): Authority {
  return {
    credential: credentialOf(certificate, own.privateKey),
    issue: async ({ name, usage, alternatives = [] }) => {
      const x509 = await loadX509();
      const keys = await makeKeys();
      const purpose = usage === 'server' ? x509.ExtendedKeyUsage.serverAuth : x509.ExtendedKeyUsage.clientAuth;
      const names = alternatives.map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value }) as const);
      const issued = await x509.X509CertificateGenerator.create({
        ...lifeOf(now),
        subject: `CN=${name}`,
        issuer: certificate.subject,
        publicKey: keys.publicKey,
        signingKey: own.privateKey,
        signingAlgorithm: algorithm,
        extensions: [
          new x509.BasicConstraintsExtension(false, undefined, true),
          new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
          new x509.ExtendedKeyUsageExtension([purpose]),
          await x509.AuthorityKeyIdentifierExtension.create(own.publicKey),
          await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
          ...(names.length > 0 ? [new x509.SubjectAlternativeNameExtension(names)] : []),
        ],
      });
      return credentialOf(issued, keys.privateKey);
    },
  };
}

/** From a day before: clocks of other computers differ. */
function lifeOf(now: Date): { serialNumber: string; notBefore: Date; notAfter: Date } {
  const day = 86_400_000;
  const notAfter = new Date(now);
  notAfter.setUTCFullYear(now.getUTCFullYear() + years);
  // Positive and of at most 20 bytes (RFC 5280 §4.1.2.2).
  return { serialNumber: `40${randomBytes(15).toString('hex')}`, notBefore: new Date(now.getTime() - day), notAfter };
}

function makeKeys(): Promise<webcrypto.CryptoKeyPair> {
  return crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}

function credentialOf(certificate: X509.X509Certificate, privateKey: webcrypto.CryptoKey): Credential {
  return {
    certificate: certificate.toString('pem').trim(),
    privateKey: KeyObject.from(privateKey).export({ type: 'pkcs8', format: 'pem' }).toString().trim(),
  };
}
