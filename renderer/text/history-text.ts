import type { Change } from '../../electron/api/schema.ts';

/** What the history says, in one language. `Template` and `Counted` are those of types.ts. */
type Template = string;
type Counted = (count: number) => string;

export interface HistoryText {
  title: string;
  intro: string;
  empty: { title: string; text: string };
  network: Counted;
  here: string;
  /** Between the parts of a list in a sentence. */
  comma: string;
  columns: { when: string; messages: string; calls: string; choose: string };
  counts: Record<'ok' | 'blocked' | 'degraded' | 'unclear', Counted>;
  states: { offline: string; portal: string };
  through: { own: string; other: string };
  /** {since}, {services} */
  since: Record<'messages' | 'calls', Record<'blocked' | 'degraded', Template>>;
  /** {when} */
  orEarlier: Template;
  open: string;
  /** {check} */
  openLabel: Template;
  /** {check} */
  chooseLabel: Template;
  compare: string;
  compareHint: string;
  comparison: string;
  changes: Record<Change, string>;
  back: string;
  rename: string;
  /** {network} */
  renameLabel: Template;
  save: string;
  renameHint: string;
  export: { title: string; text: string; button: string; done: Counted; leftOut: Counted; nothing: string };
  clear: { button: string; ask: Counted; text: string; confirm: string; done: Counted };
}
