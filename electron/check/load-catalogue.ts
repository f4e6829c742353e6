import { X509Certificate } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { catalogueSchema, type Catalogue } from './catalogue.ts';
import { CatalogueError } from './errors.ts';

const fileName = 'catalogue.json';
const sizeMax = 4 * 1024 * 1024;

/**
 * Reads `folder/catalogue.json` and the private roots `folder/ca/NAME.pem`, PEM text by NAME. Throws CatalogueError, also
 * when a target names a root that is not there.
 */
export async function loadCatalogue(
  folder: string,
): Promise<{ catalogue: Catalogue; privateRoots: ReadonlyMap<string, string> }> {
  const catalogue = parseCatalogue(await readText(join(folder, fileName), fileName));
  const privateRoots = await readRoots(join(folder, 'ca'));
  catalogue.services.forEach((service, index) => {
    const missing = [...service.messages, ...service.calls].find(
      (target) => target.kind === 'tls' && target.ca !== null && !privateRoots.has(target.ca),
    );
    if (missing) {
      const place = `services.${index}`;
      throw new CatalogueError(fileName, place, `${fileName}, ${place}: names a root certificate that is not in ca/.`);
    }
  });
  return { catalogue, privateRoots };
}

function parseCatalogue(text: string): Catalogue {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new CatalogueError(fileName, null, `${fileName} is not JSON; install Sawt again.`, { cause });
  }
  const result = catalogueSchema.safeParse(json);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const place = issue ? issue.path.join('.') : '';
  throw new CatalogueError(
    fileName,
    place,
    `${fileName}, ${place}: not what a catalogue has there; install Sawt again.`,
  );
}

async function readRoots(folder: string): Promise<Map<string, string>> {
  const names = await readdir(folder).catch(() => [] as string[]);
  const roots = new Map<string, string>();
  for (const name of names.filter((each) => each.endsWith('.pem')).sort()) {
    const text = await readText(join(folder, name), `ca/${name}`);
    try {
      new X509Certificate(text);
    } catch (cause) {
      throw new CatalogueError(`ca/${name}`, null, `ca/${name} holds no certificate; install Sawt again.`, { cause });
    }
    roots.set(name.slice(0, -'.pem'.length), text);
  }
  return roots;
}

async function readText(path: string, shown: string): Promise<string> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new CatalogueError(shown, null, `${shown} cannot be read; install Sawt again.`, { cause });
  }
  if (text.length > sizeMax) throw new CatalogueError(shown, null, `${shown} is too large; install Sawt again.`);
  return text;
}
