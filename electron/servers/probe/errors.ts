export const probeErrorCodes = ['live-key', 'address-invalid', 'key-invalid'] as const;
export type ProbeErrorCode = (typeof probeErrorCodes)[number];

const sentences: Record<ProbeErrorCode, string> = {
  'live-key':
    'This profile is connected now, and a probe with its key would draw the tunnel away from it; disconnect first.',
  'address-invalid':
    'A probe needs an IP address and a port from 1 to 65535, so nothing was sent; look the name of the server up first.',
  'key-invalid': 'A key of this profile or server is not usable, so nothing was sent; import the profile again.',
};

/** A probe that was not begun. Never carries a key. */
export class ProbeError extends Error {
  override readonly name = 'ProbeError';
  readonly code: ProbeErrorCode;
  constructor(code: ProbeErrorCode) {
    super(sentences[code]);
    this.code = code;
  }
}
