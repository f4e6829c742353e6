import type { RankReason, Standing } from '../../electron/api/schema.ts';
import type { Template } from './types.ts';

/** Choosing the best server. */
export interface BestText {
  button: string;
  help: string;
  title: string;
  asking: string;
  /** {done}, {planned} */
  progress: Template;
  ranking: string;
  /** Why a server that answered stands where it stands. */
  reasons: Record<RankReason, string>;
  /** What came of one that is no choice. */
  standings: Record<Exclude<Standing, 'usable'>, string>;
  /** {ms} */
  answers: Template;
  noLoss: string;
  /** {percent} */
  loses: Template;
  trying: string;
  failed: string;
  /** {server}, {why} */
  chosen: Template;
}

/** The user name and password that a VPN server wants. */
export interface LoginText {
  title: string;
  /** {profile} */
  text: Template;
  username: string;
  password: string;
  remember: string;
  rememberHelp: string;
  connect: string;
  kept: string;
  forget: string;
}
