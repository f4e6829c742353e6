import { createSecureContext, type SecureContext } from 'node:tls';
import type { ServedCertificate } from '../../electron/check/net/net.ts';
import type { TrustStore } from '../../electron/check/net/trust.ts';

/** Trust without cryptography: each context stands for the public roots and at most one private one. */
export class Roots implements TrustStore {
  readonly #contexts = new Map<string | null, SecureContext>();
  readonly #authorities = new WeakMap<SecureContext, string>();

  context(ca: string | null): SecureContext {
    const known = this.#contexts.get(ca);
    if (known) return known;
    const made = createSecureContext();
    this.#contexts.set(ca, made);
    if (ca !== null) this.#authorities.set(made, ca);
    return made;
  }

  /** What a client with this context makes of a server for `hosts`, whose certificate `authority` has issued. */
  judge(
    context: SecureContext,
    serverName: string,
    hosts: readonly string[],
    authority: string | null,
  ): ServedCertificate {
    const isTrusted = authority === null || authority === this.#authorities.get(context);
    const [subject = 'nobody'] = hosts;
    return {
      failure: !isTrusted ? 'ssl_unknown_authority' : hosts.includes(serverName) ? null : 'ssl_invalid_hostname',
      fingerprint: Buffer.from(subject).toString('hex'),
      issuer: `CN=${authority ?? 'public'} authority`,
      subject: `CN=${subject}`,
      names: hosts,
    };
  }
}
