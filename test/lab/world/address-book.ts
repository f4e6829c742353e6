import { createHash } from 'node:crypto';
import ipaddr from 'ipaddr.js';

/**
 * Ranges for hosts whose operator publishes none. Public space, because an answer from a private or documentation range
 * would rightly be called a bogus one; nothing of it is reached outside the lab.
 */
const standInRanges = ['23.250.0.0/16', '2a0e:aa00::/32'];
/** A published range smaller than this names single machines, not room for more. */
const largestPrefixV4 = 26;

/** Which name has which addresses. The same names in the same order always get the same ones. */
export class AddressBook {
  readonly #names = new Map<string, string[]>();
  readonly #taken = new Set<string>();

  /**
   * Known addresses stay; a family that is missing is filled from the ranges. Returns all addresses of the host, those
   * of earlier calls included.
   */
  add(host: string, known: readonly string[], ranges: readonly string[]): string[] {
    const before = this.#names.get(host) ?? [];
    const all = [...new Set([...before, ...known])];
    // A made-up address of an earlier call gives way to nothing: both lead to the same host.
    for (const kind of ['ipv4', 'ipv6'] as const) {
      if (!all.some((address) => ipaddr.parse(address).kind() === kind)) all.push(this.#pick(host, kind, ranges));
    }
    for (const address of all) this.#taken.add(address);
    this.#names.set(host, all);
    return all;
  }

  names(): Record<string, { v4: string[]; v6: string[] }> {
    const family = (all: string[], kind: string): string[] => all.filter((one) => ipaddr.parse(one).kind() === kind);
    return Object.fromEntries(
      [...this.#names].map(([host, all]) => [host, { v4: family(all, 'ipv4'), v6: family(all, 'ipv6') }]),
    );
  }

  #pick(host: string, kind: 'ipv4' | 'ipv6', ranges: readonly string[]): string {
    const usable = [...ranges, ...standInRanges]
      .map((range) => ipaddr.parseCIDR(range))
      .find(([base, length]) => base.kind() === kind && (kind === 'ipv6' || length <= largestPrefixV4));
    if (usable === undefined) throw new Error(`No range for ${host}.`);
    const [base, length] = usable;
    for (let attempt = 0; ; attempt++) {
      const address = within(base.toByteArray(), length, createHash('sha256').update(`${host} ${attempt}`).digest());
      const last = address.at(-1);
      const text = ipaddr.fromByteArray(address).toString();
      if (last !== 0 && last !== 255 && !this.#taken.has(text)) return text;
    }
  }
}

/** The first `length` bits of the base, the rest from the hash. */
function within(base: readonly number[], length: number, hash: Buffer): number[] {
  return base.map((byte, index) => {
    const fixedBits = Math.min(8, Math.max(0, length - index * 8));
    const hostMask = 0xff >> fixedBits;
    return (byte & ~hostMask & 0xff) | ((hash[index] ?? 0) & hostMask);
  });
}
