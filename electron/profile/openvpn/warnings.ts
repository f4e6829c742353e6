import { rootCertificates } from 'node:tls';
import { endpointWarnings } from '../endpoint-warnings.ts';
import type { OpenVpnProfile, ProfileWarning } from '../types.ts';
import type { Directive } from './lines.ts';

/** What a person should know before using the profile. `directives`: what the file said, before anything was dropped. */
export function warningsFor(
  profile: OpenVpnProfile,
  directives: readonly Directive[],
  weakCipher: boolean,
): ProfileWarning[] {
  const warnings: ProfileWarning[] = [];
  const named = profile.options.some(({ name }) => name === 'verify-x509-name');
  const demandsServer = directives.some(({ name, args }) => name === 'remote-cert-tls' && args[0] === 'server');
  if (!named && isPublicAuthority(profile.ca)) {
    warnings.push({
      code: 'weak-identity',
      text: 'The profile trusts a public certificate authority and checks no name, so that anybody with a web certificate could pose as this server.',
    });
  } else if (!named && !demandsServer) {
    warnings.push({
      code: 'weak-identity',
      text: 'The profile did not check that it talks to a server; Sawt now demands it, but another customer of the same operator may still be able to pose as one.',
    });
  }
  if (weakCipher || profile.options.some(({ name, args }) => name === 'auth' && args[0] === 'MD5')) {
    warnings.push({
      code: 'weak-cipher',
      text: 'The profile names weak encryption. Weak ciphers are not used, and a server that knows no others will not answer.',
    });
  }
  if (profile.userPass && profile.userPass.password === undefined) {
    warnings.push({ code: 'needs-password', text: 'The server asks for a user name and a password.' });
  }
  if (profile.options.some(keepsTrafficOut)) {
    warnings.push({
      code: 'split-routes',
      text: 'The profile keeps some traffic out of the tunnel; calls to those addresses stay blocked.',
    });
  }
  return [...warnings, ...endpointWarnings(profile.remotes)];
}

function keepsTrafficOut({ name, args }: OpenVpnProfile['options'][number]): boolean {
  return (
    name === 'route-nopull' ||
    (name === 'pull-filter' && args[0] !== 'accept' && args[1]?.startsWith('redirect') === true)
  );
}

/** Made once, when the first profile is read: there are some 150, and archives have a thousand profiles. */
let publicAuthorities: ReadonlySet<string> | undefined;

function isPublicAuthority(ca: string | undefined): boolean {
  publicAuthorities ??= new Set(rootCertificates.map(bodyOf));
  const known = publicAuthorities;
  return (ca?.split(/(?<=-----END CERTIFICATE-----)\n/) ?? []).some((pem) => known.has(bodyOf(pem)));
}

const bodyOf = (pem: string): string => pem.replace(/-----[A-Z ]+-----|\s/g, '');
