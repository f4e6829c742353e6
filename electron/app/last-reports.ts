import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { reportSchema, type Report } from '../check/report.ts';
import { openCollection } from '../store/collection.ts';
import { openJsonFile } from '../store/json-file.ts';

const keptNetworks = 40;
const saltSchema = z.strictObject({ saltHex: z.string().regex(/^([0-9a-f]{2}){16,64}$/) });
const entrySchema = z.strictObject({ id: z.string(), report: reportSchema });

/** The last report made without a tunnel, for each network this computer was in. */
export interface LastReports {
  /** Keeps `report` as this network's last one; of the networks, only the latest 40 are remembered. */
  keep(report: Report): Promise<void>;
  /** Undefined when this network was never checked. */
  ofThisNetwork(): Promise<Report | undefined>;
  /** The newest of all: with a tunnel up, the network underneath cannot be recognised, and the newest is its own. */
  newest(): Promise<Report | undefined>;
}

export interface LastReportsOptions {
  /** The app's data folder. */
  folder: string;
  /** Recognises a network by a salted hash, so that the folder does not tell where one has been. */
  networkId: (salt: Uint8Array) => Promise<string>;
}

export function openLastReports({ folder, networkId }: LastReportsOptions): LastReports {
  const collection = openCollection(join(folder, 'reports'), entrySchema);
  const saltFile = openJsonFile(join(folder, 'network-salt.json'), saltSchema.nullable(), null);
  let savedSalt: Promise<Uint8Array> | undefined;

  const makeSalt = async (): Promise<Uint8Array> => {
    const saved = await saltFile.read();
    if (saved) return Buffer.from(saved.saltHex, 'hex');
    const salt = randomBytes(32);
    await saltFile.write({ saltHex: salt.toString('hex') });
    return salt;
  };
  const currentId = async (): Promise<string> => `n-${await networkId(await (savedSalt ??= makeSalt()))}`;
  const newestFirst = async (): Promise<z.infer<typeof entrySchema>[]> =>
    (await collection.list()).sort((a, b) => b.report.startedAt.localeCompare(a.report.startedAt));

  return {
    async keep(report) {
      await collection.put({ id: await currentId(), report });
      for (const { id } of (await newestFirst()).slice(keptNetworks)) await collection.remove(id);
    },
    async ofThisNetwork() {
      const id = await currentId();
      return (await collection.list()).find((entry) => entry.id === id)?.report;
    },
    async newest() {
      return (await newestFirst())[0]?.report;
    },
  };
}
