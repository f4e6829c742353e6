import ipaddr from 'ipaddr.js';
import { isIpv6 } from '../address.ts';

/**
 * Sets of addresses as prefixes (CIDR): sums and differences, always in their shortest form. A prefix is two numbers, so
 * that both families are one case: IPv6 needs 128 bits, which only bigint has.
 */

interface Block {
  first: bigint;
  bits: number;
}
type Family = 'ipv4' | 'ipv6';
const width: Record<Family, number> = { ipv4: 32, ipv6: 128 };

/** The same addresses in as few prefixes as can be, IPv4 first, ascending. Text as `parseNetwork` gives it. */
export function collapse(prefixes: readonly string[]): string[] {
  return perFamily(prefixes, [], (blocks) => blocks);
}

/** What is in `from` and not in `without`. */
export function subtract(from: readonly string[], without: readonly string[]): string[] {
  return perFamily(from, without, (blocks, holes, family) =>
    holes.reduce((left, hole) => left.flatMap((block) => cut(block, hole, width[family])), blocks),
  );
}

/** Whether one of the prefixes holds all addresses of this one. */
export function isWithin(prefix: string, prefixes: readonly string[]): boolean {
  return subtract([prefix], prefixes).length === 0;
}

function perFamily(
  one: readonly string[],
  other: readonly string[],
  combine: (one: Block[], other: Block[], family: Family) => Block[],
): string[] {
  return (['ipv4', 'ipv6'] as const).flatMap((family) => {
    const of = (prefixes: readonly string[]): Block[] =>
      prefixes.filter((prefix) => isIpv6(prefix) === (family === 'ipv6')).map(read);
    return merge(combine(of(one), of(other), family), width[family]).map((block) => write(block, family));
  });
}

/** The block around a hole, halved until the hole itself is left out (RFC 4632 §3.1: halves of a prefix are prefixes). */
function cut(block: Block, hole: Block, most: number): Block[] {
  if (contains(hole, block, most)) return [];
  if (!contains(block, hole, most)) return [block];
  const bits = block.bits + 1;
  const halves = [block.first, block.first + (1n << BigInt(most - bits))];
  return halves.flatMap((first) => cut({ first, bits }, hole, most));
}

/** Without those that lie in others, and with two halves of one as that one. */
function merge(blocks: readonly Block[], most: number): Block[] {
  const sorted = blocks.toSorted((a, b) => (a.first === b.first ? a.bits - b.bits : a.first < b.first ? -1 : 1));
  const merged: Block[] = [];
  for (const block of sorted) {
    const last = merged.at(-1);
    if (last && contains(last, block, most)) continue;
    merged.push(block);
    for (let [left, right] = merged.slice(-2); left && right; [left, right] = merged.slice(-2)) {
      if (!areHalves(left, right, most)) break;
      merged.splice(-2, 2, { first: left.first, bits: left.bits - 1 });
    }
  }
  return merged;
}

function areHalves(left: Block, right: Block, most: number): boolean {
  if (left.bits !== right.bits || left.bits === 0) return false;
  const size = 1n << BigInt(most - left.bits);
  return left.first + size === right.first && left.first % (2n * size) === 0n;
}

function contains(outer: Block, inner: Block, most: number): boolean {
  if (outer.bits > inner.bits) return false;
  const shift = BigInt(most - outer.bits);
  return outer.first >> shift === inner.first >> shift;
}

function read(prefix: string): Block {
  const [address = '', bits] = prefix.split('/');
  const bytes = ipaddr.parse(address).toByteArray();
  const first = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const most = bytes.length * 8;
  const length = bits === undefined ? most : Number(bits);
  const host = BigInt(most - length);
  return { first: (first >> host) << host, bits: length };
}

function write({ first, bits }: Block, family: Family): string {
  const count = width[family] / 8;
  const bytes = Array.from({ length: count }, (_, index) => Number((first >> BigInt(8 * (count - 1 - index))) & 0xffn));
  const address = ipaddr.fromByteArray(bytes);
  return `${address instanceof ipaddr.IPv6 ? address.toRFC5952String() : address.toString()}/${bits}`;
}
