import { isIP } from 'node:net';
import { inflateSync } from 'node:zlib';
import { z } from 'zod';
import { ProfileError } from './errors.ts';
import { alone, type Source } from './source.ts';
import { maxTextBytes } from './text.ts';

const scheme = 'vpn://';
/** Several configurations and what the app keeps beside them. */
const maxJsonBytes = 512 * 1024;

export function isAmneziaLink(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 64)).toString('latin1').trimStart().toLowerCase().startsWith(scheme);
}

const inner = z.object({ last_config: z.string().optional() }).optional();
const outer = z.object({
  containers: z.array(z.object({ container: z.string().default(''), wireguard: inner, awg: inner, openvpn: inner })),
  defaultContainer: z.string().default(''),
  description: z.string().optional(),
  hostName: z.string().optional(),
  dns1: z.string().default(''),
  dns2: z.string().default(''),
});
const lastConfig = z.object({ config: z.string() });

/**
 * The WireGuard and OpenVPN profiles in a key of the AmneziaVPN app, the app's own choice first: base64url without
 * padding of JSON, plain or as Qt's qCompress packs it (length in four bytes, then zlib). Throws ProfileError.
 */
export function readAmneziaLink(bytes: Uint8Array, name: string, input: string): Source[] {
  const place = { file: input, line: null, directive: null };
  const link = outer.safeParse(jsonOf(bytes));
  if (!link.success)
    throw new ProfileError('profile-invalid', place, 'the key of the AmneziaVPN app is damaged; copy it again, whole');
  const { containers, defaultContainer, description, hostName, dns1, dns2 } = link.data;
  const isDefault = ({ container }: { container: string }): number => (container === defaultContainer ? 0 : 1);
  const texts = containers
    .toSorted((a, b) => isDefault(a) - isDefault(b))
    .flatMap(({ wireguard, awg, openvpn }) => [wireguard, awg, openvpn])
    .flatMap((kind) => configOf(kind?.last_config) ?? []);
  if (texts.length === 0)
    throw new ProfileError(
      'profile-unsupported',
      place,
      'the key of the AmneziaVPN app holds no WireGuard and no OpenVPN profile; use it in that app, or ask for one of these',
    );
  const title = [description, hostName].find((text) => text !== undefined && text !== '') ?? name;
  return texts.map((text) => alone(title, input, Buffer.from(withResolvers(text, dns1, dns2))));
}

function jsonOf(bytes: Uint8Array): unknown {
  if (bytes.length > maxTextBytes) return undefined;
  const text = Buffer.from(bytes).toString('latin1').trim().slice(scheme.length);
  if (!/^[A-Za-z0-9_+/-]+={0,2}$/.test(text)) return undefined;
  const decoded = Buffer.from(text, 'base64url');
  try {
    return JSON.parse(
      (decoded[0] === 0x7b ? decoded : inflateSync(decoded.subarray(4), { maxOutputLength: maxJsonBytes })).toString(),
    );
  } catch {
    return undefined; // the schema takes no undefined
  }
}

/** `last_config` is itself JSON in a string, and the profile a text in that. */
function configOf(text: string | undefined): string | undefined {
  try {
    return lastConfig.parse(JSON.parse(text ?? '')).config;
  } catch {
    return undefined; // a container without a profile that was made for it
  }
}

/** The app writes names of its own in the place of the resolvers, which it fills in when it connects. */
function withResolvers(text: string, primary: string, secondary: string): string {
  const resolvers = [primary, secondary].filter((address) => isIP(address) !== 0);
  return text
    .split('\n')
    .flatMap((line) => {
      if (!/^\s*DNS\s*=.*\$(PRIMARY|SECONDARY)_DNS/i.test(line)) return line;
      return resolvers.length > 0 ? `DNS = ${resolvers.join(', ')}` : [];
    })
    .join('\n');
}
