import type { RelaySummary } from '../../api/schema.ts';
import { columns } from '../output.ts';

/** The ways to a relay, one a line. */
export function relayText({ ways, username }: RelaySummary): string {
  const rows = ways.map(({ transport, host, port }) => [
    transport.toUpperCase(),
    host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`,
  ]);
  return `${columns(rows)}\nAs ${username}; the password is kept and not shown.`;
}
