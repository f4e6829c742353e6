import type { ProfileSummary } from '../../api/schema.ts';

/** A profile for people: what it is, what was left out of it, and what to know about it. Nothing secret. */
export function profileText({ id, name, kind, endpoint, provider, dropped, warnings }: ProfileSummary): string {
  const kindName = kind === 'wireguard' ? 'WireGuard' : 'OpenVPN';
  const lines = [`${id}  ${name}  (${kindName}${endpoint ? `, ${endpoint}` : ''}${provider ? `, ${provider}` : ''})`];
  for (const { line, directive, reason } of dropped)
    lines.push(`  left out: ${directive}${line === null ? '' : ` in line ${line}`} (${reason})`);
  for (const { text } of warnings) lines.push(`  note: ${text}`);
  return lines.join('\n');
}
