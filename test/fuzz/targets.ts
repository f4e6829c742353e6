import { documentTargets } from './document-targets.ts';
import { listTargets } from './list-targets.ts';
import { packetTargets } from './packet-targets.ts';
import { profileTargets } from './profile-targets.ts';
import type { FuzzTarget } from './target.ts';

/** Every parser of what comes from outside. A new one belongs here. */
export const targets: readonly FuzzTarget[] = [...packetTargets, ...profileTargets, ...documentTargets, ...listTargets];
