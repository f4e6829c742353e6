import { describe, expect, it } from 'vitest';
import { pushReplyOf, resolversIn } from '../../../electron/tunnel/openvpn/pushed.ts';

const log =
  "PUSH: Received control message: 'PUSH_REPLY,redirect-gateway def1,dhcp-option DNS 10.77.0.1,route-gateway 10.77.0.1,topology subnet,ifconfig 10.77.0.2 255.255.255.0,peer-id 0'";

describe('what a server pushes', () => {
  it('is read from its line in the log', () => {
    expect(pushReplyOf(log)).toContain('dhcp-option DNS 10.77.0.1');
    expect(pushReplyOf("SENT CONTROL [server]: 'PUSH_REQUEST' (status=1)")).toBeUndefined();
  });

  it('gives resolvers in both spellings, and search domains', () => {
    const options = [
      'dhcp-option DNS 10.77.0.1',
      'dhcp-option DNS6 2001:db8:66::1',
      'dns server 0 address 9.9.9.9 2620:fe::fe',
      'dhcp-option DOMAIN-SEARCH lan.example',
      'dns search-domains a.example',
    ];
    expect(resolversIn(options)).toEqual({
      resolvers: ['10.77.0.1', '2001:db8:66::1', '9.9.9.9'],
      searchDomains: ['lan.example', 'a.example'],
    });
  });

  it('gives nothing that is not an address or a plain name', () => {
    const options = [
      'dhcp-option DNS 10.0.0.1\nnameserver',
      'dhcp-option DNS $(id)',
      'dhcp-option DOMAIN a;b',
      'dhcp-option DOMAIN',
    ];
    expect(resolversIn(options)).toEqual({ resolvers: ['10.0.0.1'], searchDomains: [] });
  });
});
