import type { DroppedLine, OpenVpnProfile } from '../types.ts';
import { strongCiphers } from './allowed.ts';
import type { Directive } from './lines.ts';

export const cipherDirectives = ['cipher', 'data-ciphers', 'ncp-ciphers', 'data-ciphers-fallback'];
const modern = ['AES-256-GCM', 'AES-128-GCM', 'CHACHA20-POLY1305'];

/**
 * OpenVPN 2.6 ignores `cipher` when it negotiates, so an old file's cipher must be offered in `data-ciphers`, and named
 * as the fallback for servers that cannot negotiate (openvpn(8), "Cipher negotiation"). Weak ciphers are left out.
 */
export function readCiphers(directives: readonly Directive[]): {
  options: OpenVpnProfile['options'];
  dropped: DroppedLine[];
  weak: boolean;
} {
  const last = (...names: string[]): Directive | undefined => directives.findLast(({ name }) => names.includes(name));
  const cipher = last('cipher');
  const list = last('data-ciphers', 'ncp-ciphers');
  const fallback = last('data-ciphers-fallback');
  const dropped: DroppedLine[] = [];
  const strong = (directive: Directive | undefined): string[] => {
    const names = (directive?.args[0] ?? '').split(':').map((name) => name.replace(/^\?/, '').toUpperCase());
    const kept = names.filter((name) => strongCiphers.includes(name));
    if (directive && kept.length < names.length) {
      dropped.push({
        line: directive.line,
        directive: directive.name,
        reason: 'names a cipher that is weak or unknown',
      });
    }
    return [...new Set(kept)];
  };

  const [old] = strong(cipher);
  const named = strong(list);
  const [lastResort = old] = strong(fallback);
  const offered = [...(named.length > 0 ? named : modern), ...(old === undefined ? [] : [old])];
  const options: OpenVpnProfile['options'] = [];
  if (named.length > 0 || old !== undefined) {
    options.push({ name: 'data-ciphers', args: [[...new Set(offered)].join(':')] });
  }
  if (lastResort !== undefined) options.push({ name: 'data-ciphers-fallback', args: [lastResort] });
  return { options, dropped, weak: dropped.length > 0 };
}
