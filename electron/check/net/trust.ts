import { createHash } from 'node:crypto';
import {
  createSecureContext,
  checkServerIdentity,
  rootCertificates,
  type PeerCertificate,
  type SecureContext,
} from 'node:tls';
import type { ServedCertificate } from './net.ts';

/** TLS contexts by name of the private root they accept besides the public ones; making one costs some 20 ms. */
export interface TrustStore {
  context(ca: string | null): SecureContext;
}

/** `extraRoots`: PEM text of NODE_EXTRA_CA_CERTS, accepted everywhere; `privateRoots`: PEM by the catalogue's name. */
export function createTrustStore(privateRoots: ReadonlyMap<string, string>, extraRoots: string | null): TrustStore {
  const made = new Map<string | null, SecureContext>();
  const common = extraRoots === null ? rootCertificates : [...rootCertificates, extraRoots];
  return {
    context(ca) {
      const known = made.get(ca);
      if (known) return known;
      const own = ca === null ? undefined : privateRoots.get(ca);
      const context = createSecureContext({
        ca: own === undefined ? [...common] : [...common, own],
        minVersion: 'TLSv1.2',
      });
      made.set(ca, context);
      return context;
    },
  };
}

const chainErrors: ReadonlySet<string> = new Set([
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'CERT_UNTRUSTED',
  'INVALID_CA',
]);

const dateErrors = new Map<string | null, NonNullable<ServedCertificate['outOfDate']>>([
  ['CERT_HAS_EXPIRED', 'expired'],
  ['CERT_NOT_YET_VALID', 'not-yet'],
]);

/** `chainError`: what OpenSSL said about the chain, null when it ends in a trusted root. */
export function judgeCertificate(
  leaf: PeerCertificate,
  serverName: string,
  chainError: string | null,
): ServedCertificate {
  const names = (leaf.subjectaltname ?? '')
    .split(', ')
    .filter((entry) => entry.startsWith('DNS:'))
    .slice(0, 32)
    .map((entry) => entry.slice(4));
  const failure = nameCertificateFailure(leaf, serverName, chainError);
  const outOfDate = failure === 'ssl_invalid_certificate' ? dateErrors.get(chainError) : undefined;
  return {
    failure,
    ...(outOfDate && { outOfDate }),
    fingerprint: createHash('sha256').update(leaf.raw).digest('hex'),
    issuer: oneLine(leaf.issuer),
    subject: oneLine(leaf.subject),
    names,
  };
}

function nameCertificateFailure(
  leaf: PeerCertificate,
  serverName: string,
  chainError: string | null,
): ServedCertificate['failure'] {
  if (chainError !== null && chainErrors.has(chainError)) return 'ssl_unknown_authority';
  if (checkServerIdentity(serverName, leaf) !== undefined) return 'ssl_invalid_hostname';
  return chainError === null ? null : 'ssl_invalid_certificate';
}

/** Certificates of strangers may hold anything: keep the text short and on one line. */
function oneLine(name: PeerCertificate['issuer']): string {
  return Object.entries(name)
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(', ')
    .replace(/[^\x20-\x7e]/g, '?')
    .slice(0, 200);
}
