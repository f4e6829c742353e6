import { ApiError } from '../api/errors.ts';
import type { Handlers, HistoryNetwork, HistorySummary } from '../api/schema.ts';
import { toOoniMeasurement } from '../check/ooni/measurement.ts';
import { countVerdicts, servicesOverTime } from '../check/over-time.ts';
import { StoreError } from '../store/errors.ts';
import type { CompareReports } from './check-handlers.ts';
import { cleanName } from './clean-name.ts';
import { isDirect, type History, type HistoryEntry } from './history.ts';
import type { KnownNetwork } from './network-names.ts';

export interface HistoryDependencies {
  history: History;
  compare: CompareReports;
  /** Behind our own tunnel the network that we are in cannot be recognised. */
  tunnelUp: () => Promise<boolean>;
  /** Of the app, for the export. */
  version: string;
  ownAddresses: () => readonly string[];
}

type HistoryHandlers = Pick<
  Handlers,
  'history.list' | 'history.show' | 'history.compare' | 'history.export' | 'history.rename' | 'history.clear'
>;

export function createHistoryHandlers(dependencies: HistoryDependencies): HistoryHandlers {
  const { history, compare, tunnelUp, version, ownAddresses } = dependencies;
  const get = (id: string): Promise<HistoryEntry> => history.get(id).catch(explain);
  return {
    'history.list': async () => {
      const entries = await history.entries();
      const here = (await tunnelUp()) ? null : await history.networks.current();
      const networks = (await history.networks.list()).sort((a, b) => a.number - b.number);
      return {
        networks: networks.map((network) => networkOf(network, here, entries)),
        entries: entries.map(summaryOf),
      };
    },
    'history.show': async ({ id }) => {
      const entry = await get(id);
      return { entry: summaryOf(entry), report: entry.report };
    },
    'history.compare': async ({ before, after }) => compare((await get(before)).report, (await get(after)).report),
    'history.export': async ({ network }) => {
      const entries = await history.entries();
      const wanted = entries.filter((entry) => network === undefined || entry.network === network);
      const direct = wanted.filter(isDirect).reverse();
      const lines = direct.map(({ report }) => JSON.stringify(toOoniMeasurement(report, version, ownAddresses())));
      const text = lines.map((line) => `${line}\n`).join('');
      return { text, measurements: direct.length, leftOut: wanted.length - direct.length };
    },
    'history.rename': async ({ network, name }) =>
      history.networks.rename(network, name === null ? null : cleanName(name)).catch(explain),
    'history.clear': async ({ network }) => ({ removed: await history.clear(network).catch(explain) }),
  };
}

function summaryOf({ id, network, ownTunnel, report }: HistoryEntry): HistorySummary {
  return {
    id,
    network,
    startedAt: report.startedAt,
    state: report.network.state,
    tunnel: report.network.tunnel,
    ownTunnel,
    messages: countVerdicts(report, 'messages'),
    calls: countVerdicts(report, 'calls'),
  };
}

function networkOf(network: KnownNetwork, here: string | null, entries: readonly HistoryEntry[]): HistoryNetwork {
  const reports = entries.filter((entry) => entry.network === network.id && isDirect(entry));
  return {
    ...network,
    here: network.id === here,
    services: servicesOverTime(reports.map(({ report }) => report)),
  };
}

function explain(error: unknown): never {
  if (!(error instanceof StoreError) || error.code !== 'not-found') throw error;
  throw new ApiError(
    {
      code: 'not-found',
      message: 'There is no such check or network in the history; "sawt history" lists those there are.',
    },
    { cause: error },
  );
}
