import type { DroppedLine, OpenVpnProfile } from '../types.ts';
import { isAllowedOption, mayRepeat } from './allowed.ts';
import { shownName, type Directive } from './lines.ts';
import { whyDropped } from './reasons.ts';

interface Judged {
  options: OpenVpnProfile['options'];
  dropped: DroppedLine[];
}

/** Plain directives against the allow-list, in the order of the file. */
export function readOptions(directives: readonly Directive[], overTcp: boolean): Judged {
  const options: OpenVpnProfile['options'] = [];
  const dropped: DroppedLine[] = [];
  const allowed: Directive[] = [];
  const drop = ({ line, name }: Directive, reason: string): void =>
    void dropped.push({ line, directive: shownName(name), reason });
  for (const directive of directives.map(modernise)) {
    if (isAllowedOption(directive)) allowed.push(directive);
    else drop(directive, whyDropped(directive.name));
  }
  const keepalive = allowed.some(({ name }) => name === 'keepalive');
  for (const directive of allowed) {
    const { name, args } = directive;
    const isLast = allowed.findLast((other) => other.name === name) === directive;
    if (!mayRepeat(name) && !isLast) drop(directive, 'is given again further down');
    else if (overTcp && udpOnly.includes(name))
      drop(directive, 'is only for UDP, and a server here is reached over TCP');
    else if (keepalive && pings.includes(name)) drop(directive, 'keepalive says the same');
    else options.push({ name, args });
  }
  return { options, dropped };
}

/** OpenVPN refuses these with a server over TCP, and `ping` beside `keepalive`. */
const udpOnly = ['fragment', 'explicit-exit-notify'];
const pings = ['ping', 'ping-restart'];

/** Other spellings of the same thing. */
function modernise(directive: Directive): Directive {
  const { name, args } = directive;
  // Compressing can give away what is inside (VORACLE); "no" keeps the framing that such a server expects.
  if (name === 'comp-lzo') return { ...directive, args: ['no'] };
  if (name === 'route') return { ...directive, args: plainRoute(args) };
  if (name === 'auth') return { ...directive, args: args.map((arg) => arg.toUpperCase().replace(/^RSA-/, '')) };
  return directive;
}

/**
 * A route that says with words that it leads into the tunnel says so without them too; NetworkManager refuses the words, and
 * a metric counts nothing inside the tunnel's own table.
 */
function plainRoute(args: readonly string[]): string[] {
  const [network = '', mask = 'default', gateway = 'default', ...rest] = args;
  const plain = [network, mask === 'default' ? '255.255.255.255' : mask];
  return gateway === 'default' || gateway === 'vpn_gateway' ? plain : [...plain, gateway, ...rest];
}
