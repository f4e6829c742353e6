import type { HistoryNetwork, HistorySummary, ServiceOverTime, Since } from '../../../electron/api/schema.ts';
import { fill, type Formats } from '../../text/format.ts';
import type { HistoryText } from '../../text/history-text.ts';

/** The person's name for a network, or its number. */
export function networkName(network: Pick<HistoryNetwork, 'name' | 'number'>, text: HistoryText): string {
  return network.name ?? text.network(network.number);
}

/** `Network 1, 24 Nov 2026, 12:00`, and through what the check went. */
export function checkName(
  { network, startedAt, ownTunnel, tunnel }: HistorySummary,
  networks: readonly HistoryNetwork[],
  text: HistoryText,
  formats: Formats,
): string {
  const known = networks.find(({ id }) => id === network);
  const parts = [
    known && networkName(known, text),
    formats.moment(startedAt),
    throughWord({ ownTunnel, tunnel }, text),
  ];
  return parts.filter(Boolean).join(text.comma);
}

export function throughWord(
  { ownTunnel, tunnel }: Pick<HistorySummary, 'ownTunnel' | 'tunnel'>,
  text: HistoryText,
): string | null {
  if (ownTunnel) return text.through.own;
  return tunnel === 'none' ? null : text.through.other;
}

/** One sentence for each verdict and time: which services are hindered since when. */
export function hinderedSentences(
  services: readonly ServiceOverTime[],
  text: HistoryText,
  formats: Formats,
): { key: string; template: string; since: string; services: string }[] {
  const groups = new Map<string, { template: string; since: string; names: string[] }>();
  for (const { name, messages, calls } of services)
    for (const [topic, since] of [['messages', messages] as const, ['calls', calls] as const]) {
      if (!since || since.verdict === 'ok') continue;
      const key = [topic, since.verdict, since.since, since.orEarlier].join(' ');
      const group = groups.get(key) ?? {
        template: text.since[topic][since.verdict],
        since: sinceWord(since, text, formats),
        names: [],
      };
      group.names.push(name);
      groups.set(key, group);
    }
  return [...groups].map(([key, { names, ...group }]) => ({ key, ...group, services: names.join(text.comma) }));
}

function sinceWord({ since, orEarlier }: Since, text: HistoryText, formats: Formats): string {
  return orEarlier ? fill(text.orEarlier, { when: formats.moment(since) }) : formats.moment(since);
}
