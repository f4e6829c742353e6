import { createPrivateKey, X509Certificate } from 'node:crypto';

/** A client's certificate and its key (secret), PEM. */
export interface ClientPair {
  certificate: string;
  key: string;
  /** ISO 8601. */
  expiresAt: string;
}

const maxAuthorities = 8;

/**
 * The authorities in a PEM bundle, without those that have ended: bundles keep old ones. `fingerprint` (`SHA256: ...`) must
 * be that of one of them. Undefined: it is not, or none is left.
 */
export function readAuthority(text: string, fingerprint: string, now: Date): string | undefined {
  const blocks = blocksIn(text, 'CERTIFICATE');
  if (blocks.length > maxAuthorities) return undefined;
  const certificates = blocks.flatMap((pem) => parsed(pem) ?? []);
  const wanted = plain(fingerprint.replace(/^SHA256:/, ''));
  const known = certificates.some(({ fingerprint256 }) => plain(fingerprint256) === wanted);
  const standing = certificates.filter(({ ca, validTo }) => ca && new Date(validTo) > now);
  if (!known || certificates.length !== blocks.length || standing.length === 0) return undefined;
  return standing.map((certificate) => certificate.toString().trim()).join('\n');
}

/** One text with a private key and the certificate that belongs to it. */
export function readClientPair(text: string): ClientPair | undefined {
  const [pem, ...others] = blocksIn(text, 'CERTIFICATE');
  const [key, ...otherKeys] = blocksIn(text, '(?:RSA |EC )?PRIVATE KEY');
  const certificate = pem === undefined ? undefined : parsed(pem);
  if (certificate === undefined || key === undefined || others.length + otherKeys.length > 0) return undefined;
  if (!belongs(certificate, key)) return undefined;
  return { certificate: certificate.toString().trim(), key, expiresAt: new Date(certificate.validTo).toISOString() };
}

function blocksIn(text: string, label: string): string[] {
  const pattern = new RegExp(
    `^-----BEGIN ${label}-----\\r?\\n[A-Za-z0-9+/=\\r\\n]{1,16384}?-----END ${label}-----`,
    'gm',
  );
  return text.match(pattern) ?? [];
}

function parsed(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

function belongs(certificate: X509Certificate, key: string): boolean {
  try {
    return certificate.checkPrivateKey(createPrivateKey(key));
  } catch {
    return false;
  }
}

const plain = (hex: string): string => hex.replace(/[\s:]/g, '').toLowerCase();
