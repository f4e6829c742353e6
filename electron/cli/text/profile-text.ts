import type { ProfileSummary } from '../../api/schema.ts';

/** A profile for people: what it is, what was left out of it, and what to know about it. Nothing secret. */
export function profileText(profile: ProfileSummary): string {
  const { id, name, kind, endpoint, provider, split, dropped, warnings } = profile;
  const kindName = kind === 'wireguard' ? 'WireGuard' : 'OpenVPN';
  const lines = [
    `${id}  ${name}  (${kindName}${endpoint ? `, ${endpoint}` : ''}${provider ? `, ${provider}` : ''}${split ? ', calls only' : ''})`,
  ];
  for (const { line, directive, reason } of dropped)
    lines.push(`  left out: ${directive}${line === null ? '' : ` in line ${line}`} (${reason})`);
  for (const { text } of warnings) lines.push(`  note: ${text}`);
  return lines.join('\n');
}
