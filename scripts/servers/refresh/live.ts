import { openApi } from '../../../electron/servers/accounts/api.ts';
import { AccountError } from '../../../electron/servers/accounts/errors.ts';
import type { AccountProvider } from '../../../electron/servers/accounts/provider.ts';
import type { Recipe } from '../../../electron/servers/accounts/recipe.ts';
import { recipes } from '../../../electron/servers/accounts/recipes/recipes.ts';
import type { RefreshOptions } from './refresh.ts';

const listOf = ({ servers, recipe }: AccountProvider): Recipe | null =>
  servers === 'provider' && recipe && recipes[recipe].servers ? recipes[recipe] : null;

/** Whether the app asks the provider for its servers, and knows how. */
export const hasLiveList = (provider: AccountProvider): boolean => listOf(provider) !== null;

/**
 * Providers whose servers the app asks for itself, when somebody wants one: there is no file to write, and the question is
 * whether the app still understands the list. False when it does not, or could not be had.
 */
export async function tryLiveList(
  provider: AccountProvider,
  { now, extraRoots, limitMs, signal, say }: Pick<RefreshOptions, 'now' | 'extraRoots' | 'limitMs' | 'signal' | 'say'>,
): Promise<boolean> {
  const recipe = listOf(provider);
  if (!recipe?.servers) throw new Error(`${provider.name} has no list of its own.`);
  const api = openApi({ provider, authority: undefined, extraRoots, signal, limitMs });
  try {
    const { length } = await recipe.servers(api, now.toISOString().slice(0, 10));
    say(`${provider.name}: the app reads ${length} servers there. It asks for them itself; no file is kept.`);
    return length > 0;
  } catch (error) {
    if (!(error instanceof AccountError)) throw error;
    say(`${provider.name}: the app could not read the list (${error.code}).`);
    return false;
  }
}
