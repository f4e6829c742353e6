import type { Counts, HistoryNetwork, HistorySummary, Since } from '../../api/schema.ts';
import { columns } from '../output.ts';
import type { Paint } from '../terminal.ts';
import { networkSentences, verdictWords } from './words.ts';

interface Listed {
  networks: readonly HistoryNetwork[];
  entries: readonly HistorySummary[];
}

/** Kept checks for people: network by network, what is hindered there since when, then one line a check, newest first. */
export function historyText({ networks, entries }: Listed, paint: Paint): string {
  const parts = networks.map((network) => {
    const head = `${paint('bold', networkName(network))}${network.here ? ' (you are here)' : ''}  ${network.id}`;
    const rows = entries.filter((entry) => entry.network === network.id).map(entryRow);
    return [head, ...hinderedLines(network).map((line) => `  ${line}`), indented(columns(rows))].join('\n');
  });
  return parts.join('\n\n');
}

export function networkName({ name, number }: Pick<HistoryNetwork, 'name' | 'number'>): string {
  return name ?? `Network ${number}`;
}

/** `2026-11-24 12:00` on the clock of this computer. */
export function localTime(iso: string): string {
  const date = new Date(iso);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

export function throughText({ ownTunnel, tunnel }: Pick<HistorySummary, 'ownTunnel' | 'tunnel'>): string {
  if (ownTunnel) return 'through Sawt';
  return tunnel === 'none' ? '' : 'through a VPN';
}

function entryRow(entry: HistorySummary): string[] {
  const { id, startedAt, state, messages, calls } = entry;
  const seen = state === 'offline' || state === 'portal' ? [networkSentences[state].split(/[.:]/)[0] ?? '', ''] : [];
  const [left = `messages: ${countsText(messages)}`, right = `calls: ${countsText(calls)}`] = seen;
  return [localTime(startedAt), left, right, throughText(entry), id];
}

/** `5 work, 3 blocked`. What could not be judged is only said where nothing else is to say. */
function countsText({ ok, blocked, degraded, unclear }: Counts): string {
  const parts = [
    ok > 0 && `${ok} ${ok === 1 ? 'works' : 'work'}`,
    blocked > 0 && `${blocked} ${verdictWords.blocked}`,
    degraded > 0 && `${degraded} ${verdictWords.degraded}`,
  ].filter((part) => part !== false);
  return parts.length > 0 ? parts.join(', ') : `${unclear} unclear`;
}

/** One line for each verdict and time: which services it holds for. */
function hinderedLines({ services }: HistoryNetwork): string[] {
  const lines = new Map<string, string[]>();
  for (const { name, messages, calls } of services)
    for (const [what, since] of [['messages', messages] as const, ['calls', calls] as const]) {
      if (!since || since.verdict === 'ok') continue;
      const head = `${what} ${sinceText(since)}`;
      lines.set(head, [...(lines.get(head) ?? []), name]);
    }
  return [...lines].map(([head, names]) => `${head}: ${names.join(', ')}`);
}

function sinceText({ verdict, since, orEarlier }: Since): string {
  return `${verdictWords[verdict]} since ${localTime(since)}${orEarlier ? ' or earlier' : ''}`;
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, '  ');
}
