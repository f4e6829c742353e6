import type { Probe, Why } from './schema.ts';

const listedMax = 3;

/**
 * The raw thing that a probe saw, beyond whether it worked: addresses, an issuer, where a page leads, a realm. Null when
 * there is nothing of the kind. It comes from strangers: to be shown as text, never interpreted.
 */
export function shown({ kind, failure, detail = {} }: Probe): string | null {
  switch (kind) {
    case 'dns':
    case 'doh':
      return listOf(detail['answers']);
    case 'tls':
      return failure === null ? null : textOf(fieldOf(detail['certificate'], 'issuer'));
    case 'http':
      return textOf(detail['redirectHost']) ?? textOf(detail['title']) ?? textOf(detail['status']);
    case 'turn':
      return textOf(detail['realm']);
    case 'signature':
      return textOf(detail['shape']);
    default:
      return null;
  }
}

function listOf(value: unknown): string | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  const shownOnes = value.slice(0, listedMax).map(String).join(', ');
  return value.length > listedMax ? `${shownOnes}, …` : shownOnes;
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null;
}

/** What the places in a sentence about a control hold: it speaks of the first of its probes. */
export function controlValues(
  { probes: ids }: Why['controls'][number],
  probes: readonly Probe[],
): Record<'target' | 'address' | 'name', string> {
  const [probe] = ids.flatMap((id) => probes.find((one) => one.id === id) ?? []);
  const name = probe?.detail?.['serverName'];
  return {
    target: probe?.target ?? '',
    address: probe?.address ?? probe?.target ?? '',
    name: typeof name === 'string' ? name : '',
  };
}
