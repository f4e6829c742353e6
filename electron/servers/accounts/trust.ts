import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';

/** Making a context of all public roots costs some 100 ms, and their texts are always the same few. */
const made = new Map<string, SecureContext>();

/** Trusts the provider's own authority, or the public ones where it has none, and whom this computer trusts besides. PEM. */
export function trustOf(
  authority: string | undefined,
  extraRoots: string | undefined,
  besides: readonly string[] = [],
): SecureContext {
  const key = JSON.stringify([authority, extraRoots, besides]);
  const known = made.get(key);
  if (known) return known;
  const roots = authority === undefined ? rootCertificates : [authority];
  const context = createSecureContext({ ca: [...roots, extraRoots ?? [], ...besides].flat(), minVersion: 'TLSv1.2' });
  made.set(key, context);
  return context;
}
