/** What was named as servers for the signature check cannot be used for it. The sentence says why and what to name instead. */
export class SignatureError extends Error {
  override readonly name = 'SignatureError';
  readonly code = 'bad-request';
  readonly field = 'signatures';
}
