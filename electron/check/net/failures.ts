/**
 * System errors to OONI's failure strings (ooni/spec df-007), named once, where the socket is. What is not in the list
 * stays visible as `unknown_failure: ...`, scrubbed of addresses.
 */

/** This computer itself refused to send: nothing that a network can do. */
export const ownRefusal = 'permission_denied';

const byCode: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection_refused',
  ECONNRESET: 'connection_reset',
  EPIPE: 'connection_reset',
  ECONNABORTED: 'connection_aborted',
  EHOSTUNREACH: 'host_unreachable',
  EHOSTDOWN: 'host_unreachable',
  ENETUNREACH: 'network_unreachable',
  EADDRNOTAVAIL: 'network_unreachable',
  ENETDOWN: 'network_down',
  ENETRESET: 'network_reset',
  // The own system would not send it: a firewall (Linux, macOS: EPERM) or a security program (Windows: EACCES).
  EPERM: ownRefusal,
  EACCES: ownRefusal,
  ETIMEDOUT: 'timed_out',
  EINTR: 'interrupted',
  ABORT_ERR: 'interrupted',
};

/** Own deadline passed without an answer. */
export const timeoutFailure = 'generic_timeout_error';

export function nameFailure(error: unknown): string {
  const { code, message, syscall } = describe(error);
  // Node reports a FIN before the handshake's end as ECONNRESET as well, but without a system call.
  if (code === 'ECONNRESET' && syscall === undefined) return 'eof_error';
  const named = byCode[code];
  if (named !== undefined) return named;
  if (code.startsWith('ERR_SSL') || code === 'EPROTO') return 'ssl_failed_handshake';
  return `unknown_failure: ${scrub(code === '' ? message : code)}`;
}

/** Replaces IPv4 and IPv6 addresses and ports behind them. */
export function scrub(text: string): string {
  return text
    .replace(
      /\[?(?:[0-9a-fA-F]{0,4}:){2,7}(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F]{0,4})(?:%\w+)?\]?(?::\d+)?/g,
      '[scrubbed]',
    )
    .replace(/\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b/g, '[scrubbed]')
    .slice(0, 200);
}

function describe(error: unknown): { code: string; message: string; syscall: string | undefined } {
  if (!(error instanceof Error)) return { code: '', message: String(error), syscall: undefined };
  const { code, syscall } = error as NodeJS.ErrnoException;
  return { code: typeof code === 'string' ? code : '', message: error.message, syscall };
}
