import type { FreeRecipe } from '../offer.ts';
import type { AccountProvider } from '../provider.ts';
import { leap } from './leap.ts';
import { vpnGate } from './vpn-gate.ts';

type Name = NonNullable<NonNullable<AccountProvider['openvpn']>['recipe']>;

/** Those without an account. */
export const freeRecipes: Readonly<Record<Name, FreeRecipe>> = { leap, vpngate: vpnGate };
