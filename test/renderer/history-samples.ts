import type { Handlers, HistoryNetwork, HistorySummary, Report } from '../../electron/api/schema.ts';
import { blockedReport, cleanReport, compare, offlineReport } from './samples.ts';

const counts = (ok: number, blocked: number, degraded: number): HistorySummary['calls'] => ({
  ok,
  blocked,
  degraded,
  unclear: 8 - ok - blocked - degraded,
});
const entry = (
  id: string,
  network: string,
  startedAt: string,
  change: Partial<HistorySummary> = {},
): HistorySummary => ({
  id,
  network,
  startedAt,
  state: 'online',
  tunnel: 'none',
  ownTunnel: false,
  messages: counts(8, 0, 0),
  calls: counts(0, 5, 3),
  ...change,
});

/** A mobile network that blocks calls, checked thrice and once through the tunnel, and a home that does not. */
export const entries: HistorySummary[] = [
  entry('h5', 'n-mobile', '2026-11-24T12:05:00.000Z', { ownTunnel: true, tunnel: 'wireguard', calls: counts(7, 0, 0) }),
  entry('h4', 'n-mobile', '2026-11-24T12:00:00.000Z'),
  entry('h3', 'n-home', '2026-11-23T18:30:00.000Z', { calls: counts(7, 0, 0) }),
  entry('h2', 'n-mobile', '2026-11-22T09:00:00.000Z'),
  entry('h1', 'n-mobile', '2026-11-21T09:00:00.000Z', {
    state: 'offline',
    messages: counts(0, 0, 0),
    calls: counts(0, 0, 0),
  }),
];

const since = { since: '2026-11-22T09:00:00.000Z', orEarlier: true };
export const networks: HistoryNetwork[] = [
  {
    id: 'n-mobile',
    number: 1,
    name: null,
    here: true,
    services: blockedReport.services.map(({ id, name, calls }) => ({
      id,
      name,
      messages: { verdict: 'ok', ...since },
      calls: { verdict: calls.verdict === 'blocked' ? 'blocked' : 'degraded', ...since },
    })),
  },
  { id: 'n-home', number: 2, name: 'بيت العائلة', here: false, services: [] },
];

const reports: Record<string, Report> = { h5: cleanReport, h3: cleanReport, h1: offlineReport };
const reportOf = (id: string): Report => reports[id] ?? blockedReport;

/** A history that can be looked at, changed and cleared. */
export function historyHandlers(): Partial<Handlers> {
  let known = networks;
  let kept = entries;
  return {
    'history.list': () => Promise.resolve({ networks: known, entries: kept }),
    'history.show': ({ id }) => {
      const found = kept.find((one) => one.id === id);
      return found ? Promise.resolve({ entry: found, report: reportOf(id) }) : Promise.reject(new Error('gone'));
    },
    'history.compare': ({ before, after }) => Promise.resolve(compare(reportOf(before), reportOf(after))),
    'history.rename': ({ network, name }) => {
      known = known.map((one) => (one.id === network ? { ...one, name } : one));
      return Promise.resolve({ id: network, number: 1, name });
    },
    'history.export': () => Promise.resolve({ text: '{}\n{}\n', measurements: 4, leftOut: 1 }),
    'history.clear': () => {
      const removed = kept.length;
      [known, kept] = [[], []];
      return Promise.resolve({ removed });
    },
  };
}
