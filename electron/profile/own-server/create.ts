import { randomBytes, randomInt } from 'node:crypto';
import { ProfileError } from '../errors.ts';
import type { OpenVpnProfile, WireGuardProfile } from '../types.ts';
import { genkey, genpsk, pubkey } from '../wg/commands.ts';
import { createAuthority, openAuthority, serverName, type Authority } from './certificates.ts';
import { openVpnProfileOf, wireGuardProfileOf } from './profiles.ts';
import { personName, type OwnServer, type Person } from './record.ts';

export interface OwnServerOrder {
  /** Address or name, in the spelling of `parseHost`. */
  endpoint: string;
  protocols: { wireguard: boolean; openvpn: boolean };
  /** Of WireGuard; one by chance when left out. */
  wireguardPort?: number;
  /** Of OpenVPN; 443 when left out, which looks most like the web. */
  openvpnPort?: number;
  people: number;
  /** Asked by the people, through the tunnel. */
  resolvers: readonly string[];
  now: Date;
}

/** A person and what that person needs to connect; the private keys are nowhere else. */
export interface NewPerson {
  number: number;
  wireguard: WireGuardProfile | null;
  openvpn: OpenVpnProfile | null;
}

/**
 * All keys are made here, the server's too: so the profiles are whole before the server exists, nothing has to be
 * fetched from it, and it never sees a person's private key. The price is a script with secrets in it.
 */
export async function createOwnServer(order: OwnServerOrder): Promise<{ server: OwnServer; people: NewPerson[] }> {
  const { endpoint, protocols, now } = order;
  const authority = await createAuthority(now);
  const server: OwnServer = {
    id: `o-${randomBytes(8).toString('hex')}`,
    createdAt: now.toISOString(),
    endpoint,
    // Where home networks seldom are: two networks with the same addresses could not be told apart.
    network: { second: randomInt(100, 250), third: randomInt(0, 255), global: randomBytes(5).toString('hex') },
    wireguard: protocols.wireguard ? { port: order.wireguardPort ?? quietPort(), privateKey: genkey() } : null,
    openvpn: protocols.openvpn
      ? {
          port: order.openvpnPort ?? 443,
          server: await authority.issue({ name: serverName, usage: 'server', alternatives: [endpoint] }),
          tlsCrypt: staticKey(),
        }
      : null,
    relay: {
      user: 'rehearsal',
      password: randomBytes(16).toString('hex'),
      realm: 'sawt',
      server: await authority.issue({ name: serverName, usage: 'server', alternatives: [endpoint] }),
    },
    authority: authority.credential,
    people: [],
  };
  return await withPeople(server, authority, order);
}

/** The server with more people; what exists stays as it is. */
export async function addPeople(
  server: OwnServer,
  order: Pick<OwnServerOrder, 'people' | 'resolvers' | 'now'>,
): Promise<{ server: OwnServer; people: NewPerson[] }> {
  return await withPeople(server, await openAuthority(server.authority, order.now), order);
}

/** The server without these people. Nobody is forgotten: a number, and the addresses that go with it, is never given again. */
export function revokePeople(server: OwnServer, numbers: readonly number[]): OwnServer {
  const unknown = numbers.find((number) => !server.people.some((person) => person.number === number));
  if (unknown !== undefined) throw refuse(`there is no person ${unknown} on this server`);
  const people = server.people.map((person) =>
    numbers.includes(person.number) ? { ...person, revoked: true } : person,
  );
  return { ...server, people };
}

async function withPeople(
  server: OwnServer,
  authority: Authority,
  { people: count, resolvers }: Pick<OwnServerOrder, 'people' | 'resolvers'>,
): Promise<{ server: OwnServer; people: NewPerson[] }> {
  const taken = server.people.length;
  if (taken + count > mostPeople) throw refuse(`a server has room for ${mostPeople} people`);
  const made: NewPerson[] = [];
  const added: Person[] = [];
  for (let number = taken + 1; number <= taken + count; number++) {
    const privateKey = genkey();
    const person = { number, revoked: false, publicKey: pubkey(privateKey), presharedKey: genpsk() };
    added.push(person);
    const wireguard = server.wireguard && wireGuardProfileOf(server, person, { privateKey, resolvers });
    const openvpn =
      server.openvpn && openVpnProfileOf(server, await authority.issue({ name: personName(person), usage: 'client' }));
    made.push({ number, wireguard, openvpn });
  }
  return { server: { ...server, people: [...server.people, ...added] }, people: made };
}

const mostPeople = 50;

/** Not 51820, which everybody knows and some networks block, nor where systems open ports by chance (from 32768 on). */
function quietPort(): number {
  return randomInt(10_000, 32_000);
}

/** OpenVPN's static key file: 2048 random bits in hexadecimal, sixteen bytes a line (openvpn(8), `--genkey secret`). */
function staticKey(): string {
  const lines = randomBytes(256).toString('hex').match(/.{32}/g) ?? [];
  return ['-----BEGIN OpenVPN Static key V1-----', ...lines, '-----END OpenVPN Static key V1-----'].join('\n');
}

function refuse(problem: string): ProfileError {
  return new ProfileError('profile-invalid', { file: 'own server', line: null, directive: null }, problem);
}
