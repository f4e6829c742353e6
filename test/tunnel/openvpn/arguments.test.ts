import { expect, it } from 'vitest';
import { openVpnArguments } from '../../../electron/tunnel/openvpn/arguments.ts';

const args = openVpnArguments({ config: '/run/sawt/a.ovpn', management: '/run/sawt/a.sock' }, 'sawt0123abcd', true);

it('the file comes first, so that nothing in it can overrule us', () => {
  expect(args.slice(0, 2)).toEqual(['--config', '/run/sawt/a.ovpn']);
  expect(args.join(' ')).toContain('--script-security 1');
  expect(args).toContain('--route-noexec');
});

it('packets carry the mark of the lock, in decimal as OpenVPN reads it', () => {
  expect(args[args.indexOf('--mark') + 1]).toBe('51820');
});

it('passwords are asked for only where there are some', () => {
  expect(args).toContain('--management-query-passwords');
  expect(openVpnArguments({ config: 'a', management: 'b' }, 'c', false)).not.toContain('--management-query-passwords');
});
