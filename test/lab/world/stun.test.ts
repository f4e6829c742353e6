import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocateRequest, bindingRequest, msAllocateRequest } from '../probe/orders.ts';
import type { UdpRole } from './plan.ts';
import { answerStun } from './stun.ts';

const asker = { address: '198.51.100.7', port: 4660 };
const xor: UdpRole = { kind: 'stun', mapped: 'xor', cookieless: false };
const answer = (role: UdpRole, hex: string, from = asker): string | undefined =>
  answerStun([role], Buffer.from(hex, 'hex'), from)?.toString('hex');
const transaction = '000102030405060708090a0b';

describe('answerStun', () => {
  it("hides the asker's address behind the cookie, as RFC 8489 §14.2 has it", () => {
    // 4660 ^ 0x2112 = 0x3326; 198.51.100.7 = c6336407, ^ 2112a442 = e721c045
    expect(answer(xor, bindingRequest('modern'))).toBe(`0101000c2112a442${transaction}0020000800013326e721c045`);
  });

  it('masks an IPv6 address with cookie and transaction', () => {
    const reply = answer(xor, bindingRequest('modern'), { address: '2001:db8::1', port: 4660 });
    expect(reply).toBe(`010100182112a442${transaction}00200014000233260113a9fa000102030405060708090a0a`);
  });

  it('answers requests without the cookie only where it is told to, in the old attribute', () => {
    expect(answer(xor, bindingRequest('classic'))).toBeUndefined();
    const old = answer({ ...xor, cookieless: true }, bindingRequest('classic'));
    expect(old).toBe(`0101000c5a5a5a5a${transaction}0001000800011234c6336407`);
  });

  it('refuses an Allocate with 401, realm and nonce', () => {
    const role: UdpRole = { kind: 'turn', realm: 'viber.com', dialect: 'rfc8656' };
    const reply = answer(role, allocateRequest) ?? '';
    expect(reply).toMatch(new RegExp(`^0113.{36}0009001000000401${Buffer.from('Unauthorized').toString('hex')}`));
    expect(reply).toContain(`00140009${Buffer.from('viber.com').toString('hex')}`);
    expect(reply).toContain('00150010');
  });

  it("numbers realm and nonce the other way round in Microsoft's dialect, and wants its cookie", () => {
    const role: UdpRole = { kind: 'turn', realm: 'relay', dialect: 'ms' };
    expect(answer(role, allocateRequest)).toBeUndefined();
    const reply = answer(role, msAllocateRequest) ?? '';
    expect(reply).toContain(`00150005${Buffer.from('relay').toString('hex')}`);
    expect(reply).toContain('00140010');
  });

  it('is silent about anything that is no request of its role', () => {
    expect(answer({ kind: 'turn', realm: 'r', dialect: 'rfc8656' }, bindingRequest('modern'))).toBeUndefined();
    expect(answer(xor, allocateRequest)).toBeUndefined();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        fc.pre(bytes[0] !== 0 || bytes[1] !== 1);
        expect(answerStun([xor], Buffer.from(bytes), asker)).toBeUndefined();
      }),
    );
  });
});
