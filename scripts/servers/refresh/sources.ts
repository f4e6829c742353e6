import type { ListSource } from './source.ts';
import { airvpn } from './sources/airvpn.ts';
import { azirevpn } from './sources/azirevpn.ts';
import { ivpn } from './sources/ivpn.ts';
import { mullvad } from './sources/mullvad.ts';
import { ovpnCom } from './sources/ovpn.com.ts';
import { windscribe } from './sources/windscribe.ts';

/** Providers whose servers stand in our list, and where they publish them. */
export const listSources: readonly ListSource[] = [airvpn, azirevpn, ivpn, mullvad, ovpnCom, windscribe];
