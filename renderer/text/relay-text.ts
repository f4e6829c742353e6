import type { RelayWay } from '../../electron/api/schema.ts';
import type { Template } from './types.ts';

/** A relay of one's own, and the calls that are rehearsed by it. */
export interface RelayText {
  title: string;
  text: string;
  /** {user} */
  kept: Template;
  ownAuthority: string;
  transports: Record<RelayWay['transport'], string>;
  drop: string;
  choose: string;
  help: string;
  pasteLabel: string;
  pasteButton: string;
  replace: string;
  remove: string;
  removeAsk: string;
  removeYes: string;
  deeper: string;
  deeperHelp: string;
}
