import ipaddr from 'ipaddr.js';
import type { Catalogue, Service, Target } from '../../../electron/check/catalogue.ts';
import { addresses } from '../addresses.ts';
import { AddressBook } from './address-book.ts';
import { apiHosts, ownServers, type ListProvider } from './providers/known.ts';
import { agreed, blockPageHost, cache, openAnyway, pageStatus } from './facts.ts';

/** What one UDP socket of the world answers; it is silent about everything else. */
export type UdpRole =
  | { kind: 'dns'; delayMs: number }
  | { kind: 'ntp' }
  /** `mapped`: which attribute names the asker's address; `cookieless`: RFC 3489 requests are answered too. */
  | { kind: 'stun'; mapped: 'xor' | 'classic'; cookieless: boolean }
  | { kind: 'turn'; realm: string; dialect: 'rfc8656' | 'ms' };

/** What one TCP port of the world speaks. `accept`: takes the connection and says nothing (protocols that are not public). */
export type TcpRole =
  | { kind: 'accept' }
  | { kind: 'web' }
  | { kind: 'http' }
  | { kind: 'dns' }
  /** The interface of a VPN provider. */
  | { kind: 'provider'; provider: ListProvider }
  | { kind: 'turn'; realm: string; tls: boolean };

export interface Page {
  status: number;
  body: string;
  /** Where a redirect leads. */
  location?: string;
}

/** Everything that is reachable behind the ISP, as plain data: the helper in the world's namespace is told this. */
export interface WorldPlan {
  names: Record<string, { v4: string[]; v6: string[] }>;
  udp: { address: string; port: number; roles: UdpRole[] }[];
  tcp: { address: string; port: number; role: TcpRole }[];
  /** By host, then path; `*` for any other path. A host without a page answers 200 with a short page. */
  pages: Record<string, Record<string, Page>>;
}

/** A public resolver answers this late over UDP, so that who stands closer can be first. */
const genuineAnswerDelayMs = 15;

/**
 * Builds the world of a catalogue, of other sites with their pages, and of names that lead to VPN servers. Hosts without a known address get one of their
 * service's published ranges, always the same.
 */
export function planWorld(
  catalogue: Catalogue,
  sites: WorldPlan['pages'] = {},
  servers: WorldPlan['names'] = {},
): WorldPlan {
  const planner = new Planner(new AddressBook());
  for (const service of catalogue.services) planner.addService(service);
  planner.addControls(catalogue);
  planner.addLab();
  planner.addAgreed();
  planner.addSites(sites);
  planner.addProviders();
  const plan = planner.plan();
  return { ...plan, names: { ...plan.names, ...servers } };
}

/** Hosts without IPv6. */
const { hostname, address } = ownServers.surfshark;
const ipv4Only: WorldPlan['names'] = { [hostname]: { v4: [address], v6: [] } };

class Planner {
  readonly #book: AddressBook;
  readonly #udp = new Map<string, { address: string; port: number; roles: UdpRole[] }>();
  readonly #tcp = new Map<string, { address: string; port: number; role: TcpRole }>();
  readonly #pages: WorldPlan['pages'] = {};

  constructor(book: AddressBook) {
    this.#book = book;
  }

  plan(): WorldPlan {
    return {
      names: { ...this.#book.names(), ...ipv4Only },
      udp: [...this.#udp.values()],
      tcp: [...this.#tcp.values()],
      pages: this.#pages,
    };
  }

  addService(service: Service): void {
    const ranges = service.prefixes.map(({ cidr }) => cidr);
    const targets = [...service.messages, ...service.calls];
    // A data centre that is addressed over plain HTTP on one port speaks it on all of them (Telegram: 80 and 443).
    const plainHttp = targets.some(({ kind, host }) => kind === 'http' && host === null);
    for (const target of targets) {
      const hostAddresses =
        target.host === null ? target.addresses : this.#book.add(target.host, target.addresses, ranges);
      for (const address of hostAddresses) {
        for (const port of target.ports) this.#addTarget(target, address, port, plainHttp);
      }
    }
  }

  #addTarget(target: Target, address: string, port: number, plainHttp: boolean): void {
    switch (target.kind) {
      case 'tcp':
        this.#listen(address, port, { kind: plainHttp && target.host === null ? 'http' : 'accept' });
        break;
      case 'tls':
        this.#site(target.host ?? address, address, port);
        break;
      case 'http':
        this.#listen(address, port, { kind: 'http' });
        this.#pages[target.host ?? address] ??= pageStatus[target.host ?? 'data centre'] ?? {};
        break;
      case 'stun':
        if (target.answersStrangers || openAnyway.stun.has(target.host ?? address))
          this.#stun(address, port, target.host);
        break;
      case 'turn':
        if (target.answersStrangers || target.dialect === 'ms') {
          const realm = target.realm ?? openAnyway.realms[target.host ?? address] ?? 'realm.example';
          this.#answer(address, port, { kind: 'turn', realm, dialect: target.dialect });
        }
    }
  }

  addControls({ controls }: Catalogue): void {
    for (const { host, addresses: known, port, page } of controls.tls) {
      if (page !== undefined) (this.#pages[host] ??= {})[page] = { status: 200, body: largePage(host) };
      for (const address of this.#book.add(host, known, [])) this.#site(host, address, port);
    }
    for (const { host, addresses: known, port, altPorts, classic } of controls.stun) {
      for (const address of this.#book.add(host, known, [])) {
        for (const each of [port, ...altPorts]) this.#stun(address, each, host, classic);
      }
    }
    for (const turn of controls.turn) {
      const realm = openAnyway.realms[turn.host] ?? turn.host;
      for (const address of this.#book.add(turn.host, turn.addresses, [])) {
        for (const port of turn.udp) this.#answer(address, port, { kind: 'turn', realm, dialect: 'rfc8656' });
        for (const port of turn.tcp) this.#listen(address, port, { kind: 'turn', realm, tls: false });
        for (const port of turn.tls) this.#listen(address, port, { kind: 'turn', realm, tls: true });
      }
    }
    for (const { address } of controls.dns) this.#resolver(address, genuineAnswerDelayMs);
    for (const { host, addresses: known } of controls.doh) {
      for (const address of this.#book.add(host, known, [])) this.#site(host, address, 443);
    }
    for (const { host, addresses: known, path, status, body } of controls.portal) {
      (this.#pages[host] ??= {})[path] = { status, body: body ?? '' };
      for (const address of this.#book.add(host, known, [])) this.#listen(address, 80, { kind: 'http' });
    }
    for (const { host, addresses: known } of controls.ntp) {
      for (const address of this.#book.add(host, known, [])) this.#answer(address, 123, { kind: 'ntp' });
    }
  }

  /** The world's own resolver for the tunnel, and a censor's block page that is hosted somewhere on the Internet. */
  addLab(): void {
    this.#resolver(addresses.world.v4, 0);
    this.#resolver(addresses.world.v6, 0);
    this.#pages[blockPageHost] = { '*': { status: 200, body: '<title>Blocked</title>This site is not available.\n' } };
    for (const address of this.#book.add(cache.host, [cache.v4, cache.v6], [])) this.#site(cache.host, address, 443);
    for (const address of this.#book.add(blockPageHost, [], [])) this.#site(blockPageHost, address, 443);
  }

  /** Binding and Allocate on every port, as a relay of the book answers them. */
  addAgreed(): void {
    this.#book.add(agreed.host, agreed.v4, []);
    for (const address of agreed.v4) {
      for (const port of agreed.ports) {
        this.#stun(address, port, agreed.host);
        this.#answer(address, port, { kind: 'turn', realm: agreed.host, dialect: 'rfc8656' });
      }
    }
  }

  addSites(sites: WorldPlan['pages']): void {
    for (const [host, pages] of Object.entries(sites)) {
      this.#pages[host] = pages;
      for (const address of this.#book.add(host, [], [])) this.#site(host, address, 443);
    }
  }

  /** VPN providers: where accounts are asked for keys, and the servers that only they name. */
  addProviders(): void {
    for (const { provider, host, addresses: known, port } of apiHosts) {
      for (const address of this.#book.add(host, known, []))
        this.#listen(address, port, { kind: 'provider', provider });
    }
  }

  #site(host: string, address: string, port: number): void {
    this.#listen(address, port, { kind: 'web' });
    if (port === 443) this.#listen(address, 80, { kind: 'http' });
    const pages = pageStatus[host];
    if (pages !== undefined) this.#pages[host] ??= pages;
  }

  #stun(address: string, port: number, host: string | null, cookieless = false): void {
    const mapped = openAnyway.classicMapped.has(host ?? address) ? 'classic' : 'xor';
    this.#answer(address, port, { kind: 'stun', mapped, cookieless });
  }

  #resolver(address: string, delayMs: number): void {
    this.#answer(address, 53, { kind: 'dns', delayMs });
    this.#listen(address, 53, { kind: 'dns' });
  }

  /** One socket may answer several protocols: STUN and DNS both live on port 53 of one operator. */
  #answer(address: string, port: number, role: UdpRole): void {
    const key = `${address} ${port}`;
    const socket = this.#udp.get(key) ?? { address, port, roles: [] };
    const same = socket.roles.find(({ kind }) => kind === role.kind);
    if (same === undefined) socket.roles.push(role);
    else if (same.kind === 'stun' && role.kind === 'stun') same.cookieless ||= role.cookieless;
    this.#udp.set(key, socket);
  }

  /** The first to claim a port keeps it, except that a relay's own protocol goes before a web page. */
  #listen(address: string, port: number, role: TcpRole): void {
    const key = `${address} ${port}`;
    const before = this.#tcp.get(key);
    if (before === undefined || (before.role.kind === 'accept' && role.kind !== 'accept')) {
      this.#tcp.set(key, { address, port, role });
    }
  }
}

/** As large as front pages of encyclopaedias are. */
const largePageBytes = 90_000;

function largePage(host: string): string {
  const line = 'Word after word, as in any page of some length, that nobody reads here.\n';
  return `<title>${host}</title>\n${line.repeat(Math.ceil(largePageBytes / line.length))}`;
}

/** All addresses at which something lives in the world, by family. Those of its own router are not among them. */
export function worldAddresses(plan: WorldPlan): { v4: string[]; v6: string[] } {
  const own: string[] = Object.values(addresses.world);
  const named = Object.values(plan.names).flatMap(({ v4, v6 }) => [...v4, ...v6]);
  const all = new Set([...named, ...[...plan.udp, ...plan.tcp].map(({ address }) => address)]);
  const others = [...all].filter((address) => !own.includes(address));
  return {
    v4: others.filter((address) => ipaddr.parse(address).kind() === 'ipv4'),
    v6: others.filter((address) => ipaddr.parse(address).kind() === 'ipv6'),
  };
}
