import { readFileSync } from 'node:fs';
import ipaddr from 'ipaddr.js';
import { describe, expect, it } from 'vitest';
import { catalogueSchema, type Catalogue } from '../../../electron/check/catalogue.ts';
import { places } from '../system/places.ts';
import { planWorld, worldAddresses } from './plan.ts';

const catalogue: Catalogue = catalogueSchema.parse(JSON.parse(readFileSync(places.catalogue, 'utf8')));
const plan = planWorld(catalogue);
const udpAt = (address: string, port: number): string[] =>
  plan.udp.find((socket) => socket.address === address && socket.port === port)?.roles.map(({ kind }) => kind) ?? [];

describe('planWorld', () => {
  it('gives every name of the catalogue an address of each family', () => {
    const hosts = catalogue.services.flatMap(({ messages, calls }) => [...messages, ...calls].map(({ host }) => host));
    for (const host of hosts.filter((one) => one !== null)) {
      expect(plan.names[host]?.v4.length, host).toBeGreaterThan(0);
      expect(plan.names[host]?.v6.length, host).toBeGreaterThan(0);
    }
  });

  it('keeps the addresses that are known and gives the others always the same', () => {
    expect(plan.names['web.telegram.org']?.v4).toEqual(['149.154.167.99']);
    expect(planWorld(catalogue)).toEqual(plan);
  });

  it("gives a host without a known address one of its service's published ranges", () => {
    const meta = ['31.13.24.0/21', '31.13.64.0/18', '157.240.0.0/17'].map((cidr) => ipaddr.parseCIDR(cidr));
    const [address = ''] = plan.names['web.whatsapp.com']?.v4 ?? [];
    expect(meta.some((range) => ipaddr.parse(address).match(range))).toBe(true);
  });

  it('gives no two names the same address unless the catalogue does', () => {
    const known = new Set(JSON.stringify(catalogue).match(/\d+\.\d+\.\d+\.\d+/g));
    const all = Object.values(plan.names).flatMap(({ v4, v6 }) => [...v4, ...v6]);
    const invented = all.filter((address) => !known.has(address));
    expect(new Set(invented).size).toBe(invented.length);
  });

  it('invents no address that a check would rightly call bogus', () => {
    for (const { v4, v6 } of Object.values(plan.names)) {
      for (const address of [...v4, ...v6]) expect(ipaddr.parse(address).range(), address).toBe('unicast');
    }
  });

  it('lets relays of strangers speak only where the facts say that they do', () => {
    expect(udpAt('91.108.9.35', 1400).toSorted()).toEqual(['stun', 'turn']);
    expect(udpAt(plan.names['stun.fbsbx.com']?.v4[0] ?? '', 3478)).toEqual(['stun']);
    expect(udpAt('157.240.1.51', 3478)).toEqual([]);
  });

  it('has DNS and STUN share a port where one operator does', () => {
    expect(udpAt('8.8.8.8', 53)).toEqual(['dns']);
    expect(udpAt('162.159.207.0', 53)).toEqual(['stun']);
  });

  it('names all addresses that need a route, its own router left out', () => {
    const { v4, v6 } = worldAddresses(plan);
    expect(v4).toContain('149.154.167.51');
    expect(v4).not.toContain('203.0.113.2');
    expect(v6.every((address) => address.includes(':'))).toBe(true);
  });
});
