import type { AppInfo } from '../api/schema.ts';
import type { Catalogue } from '../check/catalogue.ts';
import { loadCatalogue } from '../check/load-catalogue.ts';
import type { Endpoint } from '../profile/types.ts';

type Loaded = Awaited<ReturnType<typeof loadCatalogue>>;

/** The shipped catalogue as its users need it. When it cannot be used, `forCheck` and `edition` throw its error. */
export interface OpenCatalogue {
  forCheck(): Loaded;
  edition(): AppInfo['catalogue'];
  /** Neutral servers to prove with that traffic flows; empty when the catalogue cannot be used. */
  tunnelTargets(): { trafficTargets: { stun: Endpoint[] }; fallbackResolvers: string[] };
}

export async function openCatalogue(folder: string): Promise<OpenCatalogue> {
  let loaded: Loaded | undefined;
  let failure: unknown;
  try {
    loaded = await loadCatalogue(folder);
  } catch (error) {
    failure = error;
  }
  const forCheck = (): Loaded => {
    if (!loaded) throw failure;
    return loaded;
  };
  return {
    forCheck,
    edition: () => {
      const { version, asOf } = forCheck().catalogue;
      return { version, asOf };
    },
    tunnelTargets: () => targetsIn(loaded?.catalogue),
  };
}

function targetsIn(catalogue: Catalogue | undefined): ReturnType<OpenCatalogue['tunnelTargets']> {
  const { stun = [], dns = [] } = catalogue?.controls ?? {};
  return {
    trafficTargets: { stun: stun.flatMap(({ addresses, port }) => addresses.map((host) => ({ host, port }))) },
    fallbackResolvers: dns.map(({ address }) => address),
  };
}
