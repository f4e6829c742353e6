import { homedir } from 'node:os';
import { join } from 'node:path';
import { version } from '../package.json';
import { sawtHome, type AppOptions } from './app.ts';

// What the three entry points share: how this process was started.

export { version };

/** `programs` is the folder of the built entry points, with `resources` beside it. */
export function appOptions(front: AppOptions['front'], programs: string): AppOptions {
  const { env, platform } = process;
  const extraRootsFile = env['NODE_EXTRA_CA_CERTS'];
  return {
    resources: join(programs, '..', 'resources'),
    home: sawtHome(env, platform, homedir()),
    version,
    front,
    practice: env['SAWT_PRACTICE'] === '1',
    ...(extraRootsFile !== undefined && { extraRootsFile }),
  };
}

/**
 * A signal that ends with the first Ctrl-C (or SIGTERM, SIGHUP), so that what is under way can be undone. A second one
 * ends the program at once.
 */
export function onStopSignals(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(1);
      controller.abort();
    });
  return controller.signal;
}
