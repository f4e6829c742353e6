import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { accountProviderSchema, type AccountProvider } from './provider.ts';

export interface AccountProviders {
  /** In the order of their names. */
  providers: readonly AccountProvider[];
  /** PEM text of the authorities, by the file name that a provider gives. */
  authorities: ReadonlyMap<string, string>;
}

/** Reads resources/servers/accounts. These are the program's own files: one that does not fit is a fault, not an input. */
export async function loadAccountProviders(folder: string): Promise<AccountProviders> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  const providers = await Promise.all(
    names.map(async (name) => accountProviderSchema.parse(JSON.parse(await readFile(join(folder, name), 'utf8')))),
  );
  const files = [...new Set(providers.flatMap(({ ca, openvpn }) => [ca ?? [], openvpn?.ca ?? []].flat()))];
  const authorities = await Promise.all(
    files.map(async (name): Promise<[string, string]> => [name, await readFile(join(folder, 'ca', name), 'utf8')]),
  );
  return {
    providers: providers.sort((one, other) => one.name.localeCompare(other.name, 'en')),
    authorities: new Map(authorities),
  };
}
