import type { ErrorRecord } from '../../electron/api/errors.ts';
import type { Api, Comparison, HistoryNetwork, HistorySummary, Report } from '../../electron/api/schema.ts';
import { attempt } from './errors.ts';

/** What is on the screen: the list, one check, or two side by side. */
export type HistoryView =
  | { kind: 'list' }
  | { kind: 'check'; entry: HistorySummary; report: Report }
  | { kind: 'comparison'; before: HistorySummary; after: HistorySummary; comparison: Comparison };

/** The checks kept on this computer, by network. */
export class HistoryState {
  networks = $state.raw<readonly HistoryNetwork[]>([]);
  entries = $state.raw<readonly HistorySummary[]>([]);
  view = $state.raw<HistoryView>({ kind: 'list' });
  /** Ids of the checks to compare, two at most; a third takes the place of the first. */
  chosen = $state.raw<readonly string[]>([]);
  /** What the last export held; null when there was none. */
  exported = $state.raw<{ measurements: number; leftOut: number } | null>(null);
  /** How many checks were just forgotten. */
  cleared = $state<number | null>(null);
  loaded = $state(false);
  error = $state.raw<ErrorRecord | null>(null);

  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  /** Starts at the list, as it is now. */
  async load(): Promise<void> {
    this.view = { kind: 'list' };
    this.exported = null;
    this.cleared = null;
    await attempt(this, () => this.#refresh());
    this.loaded = true;
  }

  async open(id: string): Promise<void> {
    await attempt(this, async () => {
      this.view = { kind: 'check', ...(await this.#api.call('history.show', { id })) };
    });
  }

  choose(id: string): void {
    this.chosen = this.chosen.includes(id)
      ? this.chosen.filter((other) => other !== id)
      : [...this.chosen, id].slice(-2);
  }

  /** The two chosen ones, the older as the one before. */
  async compare(): Promise<void> {
    // Newest first in the list.
    const [after, before] = this.entries.filter(({ id }) => this.chosen.includes(id));
    if (!before || !after) return;
    await attempt(this, async () => {
      const comparison = await this.#api.call('history.compare', { before: before.id, after: after.id });
      this.view = { kind: 'comparison', before, after, comparison };
    });
  }

  close(): void {
    this.view = { kind: 'list' };
  }

  /** An empty name gives the network its number back. */
  async rename(network: string, name: string): Promise<void> {
    await attempt(this, async () => {
      await this.#api.call('history.rename', { network, name: name === '' ? null : name });
      await this.#refresh();
    });
  }

  /** The export's text, to be saved as a file; null when there is nothing to export. */
  async export(): Promise<string | null> {
    let text: string | null = null;
    await attempt(this, async () => {
      const { text: lines, ...counts } = await this.#api.call('history.export', { format: 'ooni' });
      this.exported = counts;
      text = counts.measurements > 0 ? lines : null;
    });
    return text;
  }

  async clear(): Promise<void> {
    await attempt(this, async () => {
      this.cleared = (await this.#api.call('history.clear', {})).removed;
      this.chosen = [];
      this.exported = null;
      await this.#refresh();
    });
  }

  async #refresh(): Promise<void> {
    const { networks, entries } = await this.#api.call('history.list', {});
    this.networks = networks;
    this.entries = entries;
    this.chosen = this.chosen.filter((id) => entries.some((entry) => entry.id === id));
  }
}
