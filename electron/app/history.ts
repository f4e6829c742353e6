import { join } from 'node:path';
import { z } from 'zod';
import { withoutOwnAddresses } from '../check/own-addresses.ts';
import { reportSchema, type Report } from '../check/report.ts';
import { openCollection, type Collection } from '../store/collection.ts';
import { openNetworkNames, type NetworkNames } from './network-names.ts';

/** How many reports are kept. Each is about 0.2 MB; the last bound is for those that are much larger. */
export interface Bounds {
  aNetwork: number;
  inAll: number;
  bytes: number;
}
const usualBounds: Bounds = { aNetwork: 50, inAll: 200, bytes: 48 * 1024 * 1024 };

const entrySchema = z.strictObject({
  id: z.string(),
  network: z.string(),
  /** Made while a connection of our own carried the traffic, or held it back. */
  ownTunnel: z.boolean(),
  report: reportSchema,
});
/** A kept report. Ids are times, so that their order is the order in which checks were made. */
export type HistoryEntry = z.infer<typeof entrySchema>;

export interface History {
  /** Keeps the report, without own addresses; the oldest make room. */
  keep(report: Report, ownTunnel: boolean): Promise<void>;
  /** The last report made without a tunnel on this network; undefined when there is none. */
  ofThisNetwork(): Promise<Report | undefined>;
  /** The newest without a tunnel of all: with a tunnel up, the network underneath cannot be recognised, and this is its own. */
  newest(): Promise<Report | undefined>;
  /** Newest first; damaged ones are set aside and left out. */
  entries(): Promise<HistoryEntry[]>;
  /** Throws StoreError `not-found`. */
  get(id: string): Promise<HistoryEntry>;
  /** Of one network, or of all, salt included. Gives how many. */
  clear(network?: string): Promise<number>;
  networks: Pick<NetworkNames, 'current' | 'list' | 'rename'>;
}

export interface HistoryOptions {
  /** The app's data folder. */
  folder: string;
  /** Recognises a network by a salted hash, so that the folder does not tell where one has been. */
  networkId: (salt: Uint8Array) => Promise<string>;
  /** Addresses that this computer has now. */
  ownAddresses: () => readonly string[];
  /** Absent: 50 reports of a network, 200 in all, 48 MB. */
  bounds?: Bounds;
}

export function openHistory({ folder, networkId, ownAddresses, bounds = usualBounds }: HistoryOptions): History {
  const collection = openCollection(join(folder, 'history'), entrySchema);
  const networks = openNetworkNames({ folder, networkId });
  const newestDirect = async (network?: string): Promise<HistoryEntry | undefined> => {
    for (const { id } of (await collection.sizes()).reverse()) {
      if (network !== undefined && !id.endsWith(mark(network))) continue;
      const entry = await collection.get(id).catch(() => undefined);
      if (entry && isDirect(entry) && (network === undefined || entry.network === network)) return entry;
    }
    return undefined;
  };

  return {
    async keep(report, ownTunnel) {
      // Behind our own tunnel the network underneath is the one that was checked last.
      const network = (ownTunnel ? (await newestDirect())?.network : undefined) ?? (await networks.current());
      await networks.remember(network);
      const bare = withoutOwnAddresses(report, ownAddresses());
      await collection.put({ id: idOf(report, network), network, ownTunnel, report: bare });
      const left = await prune(collection, bounds);
      for (const { id } of await networks.list()) if (!left.has(mark(id))) await networks.forget(id);
    },
    ofThisNetwork: async () => (await newestDirect(await networks.current()))?.report,
    newest: async () => (await newestDirect())?.report,
    entries: async () => (await collection.list()).reverse(),
    get: (id) => collection.get(id),
    async clear(network) {
      const all = await collection.list();
      if (network === undefined) {
        await collection.clear();
        await networks.forgetAll();
        return all.length;
      }
      const ofNetwork = all.filter((entry) => entry.network === network);
      for (const { id } of ofNetwork) await collection.remove(id);
      await networks.forget(network);
      return ofNetwork.length;
    },
    networks,
  };
}

/** What passed through no tunnel, ours or another's: only such a report describes the network itself. */
export function isDirect({ ownTunnel, report }: HistoryEntry): boolean {
  return !ownTunnel && report.network.tunnel === 'none';
}

/** Time of the check to the millisecond, then the network's mark: which files are of a network shows without reading them. */
function idOf({ startedAt }: Report, network: string): string {
  return `${startedAt.replace(/\D/g, '').padEnd(17, '0').slice(0, 17)}${mark(network)}`;
}

function mark(network: string): string {
  return `-${network.replace(/^n-/, '').slice(0, 8)}`;
}

/** Gives the marks of the networks that still have reports. */
async function prune(collection: Collection<HistoryEntry>, bounds: Bounds): Promise<ReadonlySet<string>> {
  const ofNetwork = new Map<string, number>();
  let count = 0;
  let bytes = 0;
  for (const { id, sizeBytes } of (await collection.sizes()).reverse()) {
    const network = id.slice(id.indexOf('-'));
    const place = (ofNetwork.get(network) ?? 0) + 1;
    const fits = place <= bounds.aNetwork && count < bounds.inAll && bytes + sizeBytes <= bounds.bytes;
    if (!fits && count > 0) await collection.remove(id);
    else {
      ofNetwork.set(network, place);
      count += 1;
      bytes += sizeBytes;
    }
  }
  return new Set(ofNetwork.keys());
}
