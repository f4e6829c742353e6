import type { VpnText } from '../types.ts';

export const vpn: VpnText = {
  aroundTitle: 'Something goes around the VPN',
  around: {
    udp: 'UDP goes around the VPN, and calls are made of UDP: this network sees your calls and can block them. Look for a setting that sends everything through the VPN.',
    tcp: 'TCP goes around the VPN: this network sees what you connect to. Look for a setting that sends everything through the VPN.',
    ipv6: 'IPv6 goes around the VPN: this network sees what you reach by it. Switch IPv6 off, or use a VPN that carries it.',
  },
};
