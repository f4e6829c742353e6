import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Folder of the nearest package.json above this file: the repository, whether the code runs bundled or from source. */
function repositoryFolder(): string {
  for (let folder = import.meta.dirname; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
  }
  throw new Error('The lab does not lie inside its repository.');
}

const repository = repositoryFolder();

/** Where the lab's bundled programs and the data it reads are. */
export const places = {
  repository,
  /** A bundled program of vite.config.ts, by its input name. */
  program: (name: string): string => join(repository, 'dist', `${name}.js`),
  resources: join(repository, 'resources'),
  serverList: join(repository, 'resources', 'servers', 'servers.json'),
  /** C source of the inspection engine. */
  inspector: join(repository, 'test', 'lab', 'dpi', 'inspector.c'),
  catalogue: join(repository, 'resources', 'catalogue', 'catalogue.json'),
};
