import type { AccountProvider } from '../provider.ts';
import type { Recipe } from '../recipe.ts';
import { azirevpn } from './azirevpn.ts';
import { ivpn } from './ivpn.ts';
import { mullvad } from './mullvad.ts';
import { nordvpn } from './nordvpn.ts';
import { pia } from './pia.ts';
import { surfshark } from './surfshark.ts';

export const recipes: Readonly<Record<NonNullable<AccountProvider['recipe']>, Recipe>> = {
  mullvad,
  ivpn,
  azirevpn,
  nordvpn,
  surfshark,
  pia,
};
