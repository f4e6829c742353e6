import { posix, win32, type PlatformPath } from 'node:path';

/** Where Sawt keeps its state. Folders are made when first written to. */
export interface SawtHome {
  /** Settings. */
  config: string;
  /** Profiles, reports, an updated server list. */
  data: string;
  /** What belongs to a running connection: journal, sockets, files for the programs we start. */
  runtime: string;
}

/**
 * SAWT_HOME puts everything under one folder; else each platform's own places (Linux: XDG Base Directory 0.8, which
 * says that a relative path in its variables is to be ignored).
 */
export function sawtHome(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
  homedir: string,
): SawtHome {
  const path = platform === 'win32' ? win32 : posix;
  const chosen = env['SAWT_HOME'];
  if (chosen !== undefined && chosen !== '') return under(path.resolve(chosen), path);
  const folder = (variable: string, ...otherwise: string[]): string => {
    const value = env[variable];
    return value !== undefined && path.isAbsolute(value) ? value : path.join(homedir, ...otherwise);
  };

  if (platform === 'win32') {
    const local = path.join(folder('LOCALAPPDATA', 'AppData', 'Local'), 'Sawt');
    return {
      config: path.join(folder('APPDATA', 'AppData', 'Roaming'), 'Sawt'),
      data: path.join(local, 'data'),
      runtime: path.join(local, 'run'),
    };
  }
  if (platform === 'darwin') return under(path.join(homedir, 'Library', 'Application Support', 'Sawt'), path);

  const data = path.join(folder('XDG_DATA_HOME', '.local', 'share'), 'sawt');
  const runtime = env['XDG_RUNTIME_DIR'];
  return {
    config: path.join(folder('XDG_CONFIG_HOME', '.config'), 'sawt'),
    data,
    // Root has no XDG_RUNTIME_DIR after sudo or in a service.
    runtime: runtime !== undefined && path.isAbsolute(runtime) ? path.join(runtime, 'sawt') : path.join(data, 'run'),
  };
}

function under(root: string, path: PlatformPath): SawtHome {
  return { config: path.join(root, 'config'), data: path.join(root, 'data'), runtime: path.join(root, 'run') };
}
