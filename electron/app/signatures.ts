import type { Catalogue } from '../check/catalogue.ts';
import type { SignatureRequest } from '../check/run.ts';
import { parseEndpoints, resolveEndpoints } from '../check/signature/endpoints.ts';
import { SignatureError } from '../check/signature/errors.ts';
import { portsNeeded } from '../check/signature/plan.ts';
import { loadShapes } from '../check/signature/shapes.ts';

export interface SignatureDependencies {
  /** resources/signatures/shapes.json. */
  file: string;
  catalogue: () => Catalogue;
  lookUp: (name: string) => Promise<string>;
}

/** What a person named as servers of their own, and the services to look for (absent: all), as a check takes them. */
export type ReadSignatures = (text: string, services?: readonly string[]) => Promise<SignatureRequest>;

/** Nothing is sent but questions for names. Throws SignatureError, and CatalogueError where the app is damaged. */
export function createSignatureReader({ file, catalogue, lookUp }: SignatureDependencies): ReadSignatures {
  return async (text, services) => {
    const all = await loadShapes(file);
    const shapes = all.filter(({ service }) => services?.includes(service) ?? true);
    if (shapes.length === 0) {
      const known = all.map(({ service }) => service).join(', ');
      throw new SignatureError(`What calls look like is known for these services only: ${known}.`);
    }
    const endpoints = await resolveEndpoints(parseEndpoints(text), catalogue(), lookUp);
    const needed = portsNeeded(shapes, new Set(endpoints.map(({ address }) => address)).size);
    if (endpoints.length < needed) {
      throw new SignatureError(
        `${endpoints.length} ${endpoints.length === 1 ? 'port is' : 'ports are'} named, and ${needed} are needed: each packet gets a port of its own, because a filter may remember it (and may take a port of one address for the next port of the address before it). Name more, like 198.51.100.7:3478-${3478 + needed - 1}, or fewer services.`,
      );
    }
    return { endpoints, shapes };
  };
}
