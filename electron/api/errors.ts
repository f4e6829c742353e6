/** The closed list of error codes that cross a border to a front. Each front has one sentence for each. */
export const errorCodes = [
  // the caller
  'bad-request',
  'not-found',
  'busy',
  'cancelled',
  'internal',
  // profiles
  'profile-invalid',
  'profile-dangerous',
  'profile-unsupported',
  'profile-too-large',
  'profile-in-use',
  'storage-failed',
  // catalogue and servers
  'catalogue-invalid',
  'list-signature',
  'list-rollback',
  'list-poisoned',
  'list-invalid',
  'list-incomplete',
  'not-a-list',
  'provider-mismatch',
  // relays for call rehearsals
  'relay-invalid',
  // accounts with providers
  'account-form',
  'account-refused',
  'account-inactive',
  'account-needs-file',
  'consent-needed',
  'too-many-devices',
  'too-many-requests',
  'provider-unreachable',
  'provider-slow',
  'provider-answer-invalid',
  'captive-page',
  // tunnel
  'tool-missing',
  'permission-refused',
  'no-endpoint',
  'no-base-route',
  'name-not-resolved',
  'handshake-silent',
  'handshake-rejected',
  'no-traffic',
  'another-tunnel',
  'firewall-failed',
  'lock-gone',
  'program-died',
  'server-silent',
  'connect-interrupted',
  'record-damaged',
  'password-needed',
  'password-wrong',
  'not-supported',
  'network-change-failed',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** An error as it crosses a border: code for the front's own sentence, message for the command line, details for both. */
export interface ErrorRecord {
  code: ErrorCode;
  /** One English sentence: what happened, what it means, what to do. Never a secret. */
  message: string;
  /** Places and names for a translated sentence: file, line, directive, tool ... */
  details: Record<string, string | number | boolean | null>;
}

/** An error whose code, message and details survive IPC and the WebSocket. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ErrorCode;
  readonly details: ErrorRecord['details'];

  constructor(record: Omit<ErrorRecord, 'details'> & Partial<Pick<ErrorRecord, 'details'>>, options?: ErrorOptions) {
    super(record.message, options);
    this.code = record.code;
    this.details = record.details ?? {};
  }

  toRecord(): ErrorRecord {
    return { code: this.code, message: this.message, details: this.details };
  }
}
