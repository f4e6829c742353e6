import shipped from '../../resources/catalogue/catalogue.json' with { type: 'json' };
import { catalogueSchema } from '../../electron/check/catalogue.ts';
import { planWorld, type Page, type TcpRole, type UdpRole, type WorldPlan } from '../lab/world/plan.ts';
import { findPage } from '../lab/world/web.ts';

export const catalogue = catalogueSchema.parse(shipped);

/** Where the second address of each host lies, for content networks that answer with one of several. */
const twinRange = '23.251';

/** The lab's world, looked up instead of served. Every host has one address more than there. */
class World {
  readonly plan: WorldPlan;
  readonly #udp = new Map<string, readonly UdpRole[]>();
  readonly #tcp = new Map<string, TcpRole>();
  readonly #hosts = new Map<string, string[]>();
  readonly #twins = new Map<string, string>();
  readonly #privateRoots = new Map<string, string>();

  constructor() {
    this.plan = planWorld(catalogue);
    Object.entries(this.plan.names).forEach(([host, { v4, v6 }], index) => {
      for (const address of [...v4, ...v6]) this.#hosts.set(address, [...(this.#hosts.get(address) ?? []), host]);
      const [first] = v4;
      if (first !== undefined) this.#twins.set(first, `${twinRange}.${index >> 8}.${index & 255}`);
    });
    for (const [address, twin] of this.#twins) this.#hosts.set(twin, this.#hosts.get(address) ?? []);
    for (const { address, port, roles } of this.plan.udp) {
      for (const each of this.#both(address)) this.#udp.set(`${each} ${port}`, roles);
    }
    for (const { address, port, role } of this.plan.tcp) {
      for (const each of this.#both(address)) this.#tcp.set(`${each} ${port}`, role);
    }
    for (const target of catalogue.services.flatMap(({ messages, calls }) => [...messages, ...calls])) {
      if (target.kind === 'tls' && target.ca !== null && target.host !== null)
        this.#privateRoots.set(target.host, target.ca);
    }
  }

  /** All addresses of a host. */
  addressesOf(host: string): string[] {
    const { v4 = [], v6 = [] } = this.plan.names[host] ?? {};
    return [...v4, ...this.twinsOf(v4), ...v6];
  }

  /** Second addresses of the same hosts; they answer the same. */
  twinsOf(addresses: readonly string[]): string[] {
    return addresses.flatMap((address) => this.#twins.get(address) ?? []);
  }

  #both(address: string): string[] {
    return [address, ...this.twinsOf([address])];
  }

  udpRoles(address: string, port: number): readonly UdpRole[] {
    return this.#udp.get(`${address} ${port}`) ?? [];
  }

  tcpRole(address: string, port: number): TcpRole | undefined {
    return this.#tcp.get(`${address} ${port}`);
  }

  /** Names that live at an address; empty where nobody does. */
  hostsAt(address: string): readonly string[] {
    return this.#hosts.get(address) ?? [];
  }

  /** Name of the private authority that a host's certificate comes from; null for the public ones. */
  authorityOf(host: string): string | null {
    return this.#privateRoots.get(host) ?? null;
  }

  page(address: string, host: string, path: string): Page {
    return findPage(this.plan.pages, this.plan.pages[address] ? address : host, path);
  }
}

/** Nothing ever changes in it: one serves all simulated networks. */
export const world = new World();

export type { World };
