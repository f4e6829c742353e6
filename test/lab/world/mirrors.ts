import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readMirrors } from '../../../electron/signed/mirrors.ts';
import { places } from '../system/places.ts';
import type { Page, WorldPlan } from './plan.ts';

const documents = ['servers/servers.json', 'catalogue/catalogue.json'];

/** The mirrors of the signed documents, each holding what the repository does. */
export async function mirrorSites(): Promise<WorldPlan['pages']> {
  const files = documents.flatMap((path) => [path, `${path}.minisig`]);
  const read = async (path: string): Promise<[string, string]> => [
    path.split('/').at(-1) ?? '',
    await readFile(join(places.resources, path), 'utf8'),
  ];
  return mirrorsWith(Object.fromEntries(await Promise.all(files.map(read))));
}

/** Every mirror of the app, holding these files. */
export async function mirrorsWith(files: Readonly<Record<string, string>>): Promise<WorldPlan['pages']> {
  const mirrors = await readMirrors(join(places.resources, 'signing'));
  return Object.fromEntries(mirrors.map(({ url }) => [new URL(url).hostname, folderPages(url, files)]));
}

function folderPages(url: string, files: Readonly<Record<string, string>>): Record<string, Page> {
  const folder = new URL(url).pathname;
  const page = ([name, body]: [string, string]): [string, Page] => [`${folder}${name}`, { status: 200, body }];
  return { '*': { status: 404, body: 'not found\n' }, ...Object.fromEntries(Object.entries(files).map(page)) };
}
