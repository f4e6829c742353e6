import { createPublicKey, X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addPeople, createOwnServer, revokePeople } from '../../../electron/profile/own-server/create.ts';
import { insideOf, personAddresses } from '../../../electron/profile/own-server/profiles.ts';
import { ownServerSchema, type OwnServer } from '../../../electron/profile/own-server/record.ts';
import { parseInterfaceAddress } from '../../../electron/profile/address.ts';
import { writeProfile } from '../../../electron/profile/write.ts';
import { pubkey } from '../../../electron/profile/wg/commands.ts';

const now = new Date('2026-11-24T12:00:00Z');
const order = {
  endpoint: 'vpn.example.org',
  protocols: { wireguard: true, openvpn: true },
  people: 2,
  resolvers: ['9.9.9.9', '1.1.1.1'],
  now,
};
const { server, people } = await createOwnServer(order);

describe('a server of one’s own', () => {
  it('is kept as it was made', () => {
    expect(ownServerSchema.parse(JSON.parse(JSON.stringify(server)))).toEqual(server);
  });

  it('keeps nobody’s private key but its own', () => {
    const kept = JSON.stringify(server);
    for (const { wireguard, openvpn } of people) {
      expect(kept).not.toContain(wireguard?.privateKey);
      expect(kept).not.toContain(openvpn?.key?.split('\n')[1]);
      expect(kept).toContain(pubkey(wireguard?.privateKey ?? ''));
    }
  });

  it('gives everybody a profile that passes the judgement of every profile', () => {
    for (const { wireguard, openvpn } of people) {
      if (!wireguard || !openvpn) throw new Error('both were ordered');
      expect(writeProfile(wireguard)).toContain(`Endpoint = vpn.example.org:${String(server.wireguard?.port)}`);
      expect(writeProfile(openvpn)).toContain('remote vpn.example.org 443 tcp-client');
    }
    expect(people.map(({ wireguard }) => wireguard?.addresses)).toEqual(
      server.people.map((person) => personAddresses(server, person)),
    );
  });

  it('signs certificates that other programs take for what they are', () => {
    const authority = new X509Certificate(server.authority.certificate);
    const own = new X509Certificate(server.openvpn?.server.certificate ?? '');
    const person = new X509Certificate(people[1]?.openvpn?.cert ?? '');
    for (const one of [own, person]) {
      expect(one.checkIssued(authority)).toBe(true);
      expect(one.verify(createPublicKey(server.authority.certificate))).toBe(true);
      expect(one.ca).toBe(false);
      expect(new Date(one.validTo).getUTCFullYear()).toBe(2036);
    }
    expect(authority.ca).toBe(true);
    expect(own.subject).toBe('CN=sawt-server');
    expect(own.checkHost('vpn.example.org')).toBe('vpn.example.org');
    expect(own.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    expect(person.subject).toBe('CN=person-2');
    expect(person.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2']);
  });

  it('takes more people by the same authority, and gives no number twice', async () => {
    const revoked = revokePeople(server, [2]);
    const more = await addPeople(revoked, { ...order, people: 1 });
    expect(more.server.people.map(({ number, revoked: out }) => [number, out])).toEqual([
      [1, false],
      [2, true],
      [3, false],
    ]);
    const person = new X509Certificate(more.people[0]?.openvpn?.cert ?? '');
    expect(person.verify(createPublicKey(server.authority.certificate))).toBe(true);
  });

  it('cannot revoke who is not there, nor hold more than it has room for', async () => {
    expect(() => revokePeople(server, [9])).toThrow('there is no person 9');
    await expect(addPeople(server, { ...order, people: 49 })).rejects.toThrow('room for 50');
  });

  it('has canonical addresses, whatever chance gives', () => {
    const global = fc.stringMatching(/^[0-9a-f]{10}$/);
    fc.assert(
      fc.property(global, fc.integer({ min: 0, max: 254 }), fc.integer({ min: 1, max: 200 }), (text, third, number) => {
        const some = { network: { second: 120, third, global: text } } satisfies Pick<OwnServer, 'network'>;
        for (const address of personAddresses(some, { number })) expect(parseInterfaceAddress(address)).toBe(address);
        expect(parseInterfaceAddress(`${insideOf(some).openvpn4}.1/24`)).toBe(`${insideOf(some).openvpn4}.1/24`);
      }),
    );
  });
});
