import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../../electron/servers/probe/candidates.ts';
import { orderCandidates, withJitter } from '../../../electron/servers/probe/order.ts';

const unnamed = (id: string): Candidate => ({ id, server: id, address: '192.0.2.1', port: 1, method: { kind: 'tcp' } });
const candidate = (id: string, network: string): Candidate => ({ ...unnamed(id), network });
const middle = (): number => 0.5;

describe('the order to probe in', () => {
  it('takes one of every hosting network before the second of any, best first', () => {
    const given = [
      candidate('a1', 'a'),
      candidate('a2', 'a'),
      candidate('b1', 'b'),
      candidate('a3', 'a'),
      candidate('c1', 'c'),
    ];
    expect(orderCandidates(given, middle).map(({ id }) => id)).toEqual(['a1', 'b1', 'c1', 'a2', 'a3']);
  });

  it('counts near addresses as one network where it is not told the network', () => {
    const at = (address: string): Candidate => ({ ...unnamed(address), address });
    const given = ['185.1.2.3', '185.1.9.9', '185.2.0.1', '2001:db8::1', '2001:db8:5::1'].map(at);
    const order = orderCandidates(given, middle).map(({ address }) => address);
    expect(order).toEqual(['185.1.2.3', '185.2.0.1', '2001:db8::1', '185.1.9.9', '2001:db8:5::1']);
  });

  it('differs with chance, but loses and doubles nobody, and the last never comes first', () => {
    const given = Array.from({ length: 9 }, (_, at) => candidate(String(at), 'one'));
    const chances = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), {
      minLength: 9,
      maxLength: 9,
    });
    fc.assert(
      fc.property(chances, (values) => {
        const random = values.values();
        const order = orderCandidates(given, () => random.next().value ?? 0).map(({ id }) => id);
        expect(order.toSorted()).toEqual(given.map(({ id }) => id));
        expect(order[0]).not.toBe('8');
      }),
    );
    const swapping = [0.99, 0].values();
    expect(orderCandidates(given.slice(1, 3), () => swapping.next().value ?? 0).map(({ id }) => id)).toEqual([
      '1',
      '2',
    ]);
    const later = [0.5, 0.99, 0].values();
    expect(orderCandidates(given.slice(0, 3), () => later.next().value ?? 0).map(({ id }) => id)).toEqual([
      '0',
      '2',
      '1',
    ]);
  });
});

it('jitter is 30 % to both sides', () => {
  expect([withJitter(100, () => 0), withJitter(100, middle), withJitter(100, () => 1)]).toEqual([70, 100, 130]);
});
