import { join } from 'node:path';
import type { AppInfo } from '../api/schema.ts';
import type { Catalogue } from '../check/catalogue.ts';
import { loadCatalogue, maxCatalogueBytes, verifyCatalogue, type LoadedCatalogue } from '../check/load-catalogue.ts';
import type { Endpoint } from '../profile/types.ts';
import type { SignedRoom, SignedSources } from './signed-sources.ts';

/** The catalogue in use as its users need it. When it cannot be used, all but `tunnelTargets` throw its error. */
export interface OpenCatalogue {
  forCheck(): Pick<LoadedCatalogue, 'catalogue' | 'privateRoots'>;
  edition(): AppInfo['catalogue'];
  /** Neutral servers to prove with that traffic flows; empty when the catalogue cannot be used. */
  tunnelTargets(): { trafficTargets: { stun: Endpoint[] }; fallbackResolvers: string[] };
  signed: SignedRoom;
}

/** The app's own in `resources/catalogue`, or a newer one that an update has left. */
export async function openCatalogue(
  resources: string,
  { keeper, releaseKeys, now }: SignedSources,
): Promise<OpenCatalogue> {
  const folder = join(resources, 'catalogue');
  let loaded: LoadedCatalogue | undefined;
  let failure: unknown;
  const load = async (): Promise<void> => {
    try {
      loaded = await loadCatalogue({ folder, kept: await keeper.read('catalogue'), releaseKeys, now: now() });
    } catch (error) {
      failure = error;
    }
  };
  await load();
  const inUse = (): LoadedCatalogue => {
    if (!loaded) throw failure;
    return loaded;
  };
  return {
    forCheck: () => {
      const { catalogue, privateRoots } = inUse();
      return { catalogue, privateRoots };
    },
    edition: () => {
      const { version, asOf } = inUse().catalogue;
      return { version, asOf };
    },
    tunnelTargets: () => targetsIn(loaded?.catalogue),
    signed: {
      kind: 'catalogue',
      fileName: 'catalogue.json',
      maxBytes: maxCatalogueBytes,
      inUse: async () => {
        const { signed, catalogue, expired } = await Promise.resolve().then(inUse);
        return { document: signed, version: catalogue.version, expired };
      },
      verify: async (signed, keys) => {
        const { catalogue, privateRoots, clock } = inUse();
        const floor = Math.max(catalogue.version, await keeper.floor('catalogue'));
        return verifyCatalogue(signed, { keys, floor, now: clock }, privateRoots).document.version;
      },
      reload: load,
    },
  };
}

function targetsIn(catalogue: Catalogue | undefined): ReturnType<OpenCatalogue['tunnelTargets']> {
  const { stun = [], dns = [] } = catalogue?.controls ?? {};
  return {
    trafficTargets: { stun: stun.flatMap(({ addresses, port }) => addresses.map((host) => ({ host, port }))) },
    fallbackResolvers: dns.map(({ address }) => address),
  };
}
