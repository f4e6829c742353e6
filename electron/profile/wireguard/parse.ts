import { ProfileError } from '../errors.ts';
import { noKey } from '../key.ts';
import type { DroppedLine, ProfileWarning, WireGuardPeer, WireGuardProfile } from '../types.ts';
import { takeOutAmnezia } from './amnezia.ts';
import { readAddresses, readAllowedIps, readDns, readEndpoint, readKeepalive, readKey, readMtu } from './fields.ts';
import { readSettings, type Setting } from './settings.ts';
import { warningsFor } from './warnings.ts';

export interface ParsedWireGuard {
  profile: WireGuardProfile;
  dropped: DroppedLine[];
  warnings: ProfileWarning[];
}

/** A wg-quick file as fields. Lists add up over repeated keys, of other repeated keys the last one counts. Throws ProfileError. */
export function parseWireGuard(lines: readonly string[], file: string): ParsedWireGuard {
  const read = readSettings(lines, file);
  const plain = takeOutAmnezia(file, read.settings);
  const repeated = repeatedIn(plain.settings);
  const settings = plain.settings.filter((setting) => !repeated.has(setting));
  const profile = profileFrom(file, settings);
  const dropped = [
    ...read.dropped,
    ...plain.dropped,
    ...[...repeated].map(({ line, key }) => ({ line, directive: key, reason: 'is given again further down' })),
  ].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  return { profile, dropped, warnings: [...plain.warnings, ...warningsFor(profile)] };
}

const lists = ['Address', 'DNS', 'AllowedIPs'];

/** Settings that a later one in the same section replaces. */
function repeatedIn(settings: readonly Setting[]): Set<Setting> {
  const last = new Map<string, Setting>();
  const repeated = new Set<Setting>();
  for (const setting of settings.filter(({ key }) => !lists.includes(key))) {
    const id = `${setting.peer} ${setting.key}`;
    const before = last.get(id);
    if (before) repeated.add(before);
    last.set(id, setting);
  }
  return repeated;
}

function profileFrom(file: string, settings: readonly Setting[]): WireGuardProfile {
  const own = settings.filter(({ section }) => section === 'interface');
  const find = (key: string): Setting | undefined => own.find((setting) => setting.key === key);
  const all = (key: string): Setting[] => own.filter((setting) => setting.key === key);

  const privateKey = find('PrivateKey');
  if (!privateKey) throw missing(file, 'PrivateKey', 'the file has no private key; ask for the whole file');
  const addresses = unique(all('Address').flatMap((setting) => readAddresses(file, setting)));
  if (addresses.length === 0)
    throw missing(file, 'Address', 'the file does not say which address is yours in the tunnel');
  const resolvers = all('DNS').map((setting) => readDns(file, setting));
  const mtu = find('MTU');
  return {
    kind: 'wireguard',
    privateKey: readKey(file, privateKey),
    addresses,
    dns: unique(resolvers.flatMap(({ dns }) => dns)),
    searchDomains: unique(resolvers.flatMap(({ searchDomains }) => searchDomains)),
    ...(mtu && { mtu: readMtu(file, mtu) }),
    peers: peersFrom(file, settings),
  };
}

function peersFrom(file: string, settings: readonly Setting[]): WireGuardPeer[] {
  const numbers = unique(settings.filter(({ peer }) => peer >= 0).map(({ peer }) => peer));
  const peers = numbers.map((number) =>
    peerFrom(
      file,
      settings.filter(({ peer }) => peer === number),
    ),
  );
  if (peers.length === 0) throw missing(file, 'Peer', 'the file names no server; ask for the whole file');
  if (unique(peers.map(({ publicKey }) => publicKey)).length < peers.length) {
    throw missing(file, 'PublicKey', 'two peers have the same key, so that one would silently replace the other');
  }
  return peers;
}

function peerFrom(file: string, settings: readonly Setting[]): WireGuardPeer {
  const find = (key: string): Setting | undefined => settings.find((setting) => setting.key === key);
  const publicKey = find('PublicKey');
  if (!publicKey) throw missing(file, 'PublicKey', 'a peer has no public key; ask for the whole file');
  const preshared = find('PresharedKey');
  const presharedKey = preshared && readKey(file, preshared);
  const endpoint = find('Endpoint');
  const keepalive = find('PersistentKeepalive');
  const persistentKeepalive = keepalive && readKeepalive(file, keepalive);
  return {
    publicKey: readKey(file, publicKey),
    ...(presharedKey !== undefined && presharedKey !== noKey && { presharedKey }),
    ...(endpoint && { endpoint: readEndpoint(file, endpoint) }),
    allowedIps: unique(
      settings.filter(({ key }) => key === 'AllowedIPs').flatMap((setting) => readAllowedIps(file, setting)),
    ),
    ...(persistentKeepalive !== undefined && { persistentKeepalive }),
  };
}

function missing(file: string, directive: string, problem: string): ProfileError {
  return new ProfileError('profile-invalid', { file, line: null, directive }, problem);
}

const unique = <T>(items: readonly T[]): T[] => [...new Set(items)];
