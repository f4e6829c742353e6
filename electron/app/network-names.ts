import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { openCollection } from '../store/collection.ts';
import { storageFailed } from '../store/errors.ts';
import { openJsonFile } from '../store/json-file.ts';

const saltSchema = z.strictObject({ saltHex: z.string().regex(/^([0-9a-f]{2}){16,64}$/) });
const networkSchema = z.strictObject({
  id: z.string(),
  number: z.int().positive(),
  name: z.string().min(1).max(200).nullable(),
});

/** A network as this computer knows it: a number in the order of first sight, and a name if the person gave one. */
export type KnownNetwork = z.infer<typeof networkSchema>;

/** Tells networks apart without keeping where one has been: by a salted hash, whose salt stays in the app's folder. */
export interface NetworkNames {
  /** The network that this computer is in now. */
  current(): Promise<string>;
  list(): Promise<KnownNetwork[]>;
  /** Gives the network a number when it has none yet. */
  remember(id: string): Promise<void>;
  /** Throws StoreError `not-found`. */
  rename(id: string, name: string | null): Promise<KnownNetwork>;
  forget(id: string): Promise<void>;
  /** Forgets all of them and the salt: a later visit cannot be linked to what was there before. */
  forgetAll(): Promise<void>;
}

export interface NetworkNamesOptions {
  /** The app's data folder. */
  folder: string;
  networkId: (salt: Uint8Array) => Promise<string>;
}

export function openNetworkNames({ folder, networkId }: NetworkNamesOptions): NetworkNames {
  const networks = openCollection(join(folder, 'networks'), networkSchema);
  const saltPath = join(folder, 'network-salt.json');
  const saltFile = openJsonFile(saltPath, saltSchema.nullable(), null);
  let savedSalt: Promise<Uint8Array> | undefined;

  const makeSalt = async (): Promise<Uint8Array> => {
    const saved = await saltFile.read();
    if (saved) return Buffer.from(saved.saltHex, 'hex');
    const salt = randomBytes(32);
    await saltFile.write({ saltHex: salt.toString('hex') });
    return salt;
  };

  return {
    current: async () => `n-${await networkId(await (savedSalt ??= makeSalt()))}`,
    list: () => networks.list(),
    async remember(id) {
      const known = await networks.list();
      if (known.some((network) => network.id === id)) return;
      await networks.put({ id, number: Math.max(0, ...known.map(({ number }) => number)) + 1, name: null });
    },
    async rename(id, name) {
      const renamed = { ...(await networks.get(id)), name };
      await networks.put(renamed);
      return renamed;
    },
    forget: (id) => networks.remove(id),
    async forgetAll() {
      await networks.clear();
      savedSalt = undefined;
      await rm(saltPath, { force: true }).catch((error: unknown) => {
        throw storageFailed('remove', saltPath, error);
      });
    },
  };
}
