import type { VpnText } from '../types.ts';

export const vpn: VpnText = {
  aroundTitle: 'Une partie du trafic contourne le VPN',
  around: {
    udp: 'L’UDP, dont les appels sont faits, contourne le VPN : ce réseau voit vos appels et peut les bloquer. Cherchez un réglage qui fait tout passer par le VPN.',
    tcp: 'Le TCP contourne le VPN : ce réseau voit à quoi vous vous connectez. Cherchez un réglage qui fait tout passer par le VPN.',
    ipv6: 'L’IPv6 contourne le VPN : ce réseau voit ce que vous joignez par là. Désactivez l’IPv6, ou prenez un VPN qui le transporte.',
  },
};
