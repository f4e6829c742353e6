import type { Connection, Verified } from '../../api/schema.ts';
import { stateWords } from './words.ts';

const callWords: Record<Verified['calls'], string> = {
  ok: 'The calls that were blocked work now.',
  degraded: 'Some of the calls that were blocked work now.',
  blocked: 'The calls that were blocked are still blocked through this tunnel.',
  unknown: 'Calls were not checked again.',
};
const ipv6Words: Record<Verified['ipv6'], string> = {
  tunnelled: 'IPv6 goes through the tunnel too.',
  blocked: 'IPv6 is held back, because this tunnel does not carry it.',
  absent: 'This network has no IPv6.',
  leaking: 'Careful: IPv6 goes around the tunnel.',
};

/** A connection for people. Its error is said elsewhere, on standard error. */
export function connectionText({ state, profile, split, verified }: Connection): string {
  const lines = [stateWords[state]];
  if (profile) lines.push(`Profile: ${profile}`);
  if (split)
    lines.push(
      'Calls only: the call services with known addresses and all look-ups go through the tunnel, the rest does not.',
    );
  if (!verified) return lines.join('\n');
  if (verified.exit) lines.push(`The world sees you as ${verified.exit}.`);
  lines.push(ipv6Words[verified.ipv6], callWords[verified.calls]);
  if (split && verified.calls !== 'unknown')
    lines.push('Only the services whose calls go through the tunnel were checked again; the others go outside.');
  if (!verified.dnsInTunnel) lines.push('Careful: names are not looked up through the tunnel.');
  return lines.join('\n');
}
