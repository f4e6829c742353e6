import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ApiError } from '../api/errors.ts';
import type { Handlers } from '../api/schema.ts';
import { parseRelay, relaySchema, relaySummary, type Relay } from '../check/rehearsal/relay.ts';
import { storageFailed } from '../store/errors.ts';
import { openJsonFile } from '../store/json-file.ts';

/** The one relay for call rehearsals, kept in `relay.json` of the given folder, readable by its owner only. */
export interface KeptRelay {
  read(): Promise<Relay | null>;
  write(relay: Relay): Promise<void>;
  remove(): Promise<void>;
}

export function openRelay(folder: string): KeptRelay {
  const path = join(folder, 'relay.json');
  const file = openJsonFile<Relay | null>(path, relaySchema.nullable(), null);
  return {
    read: () => file.read(),
    write: (relay) => file.write(relay),
    async remove() {
      // After what is still being written: read waits for it.
      await file.read();
      await rm(path, { force: true }).catch((error: unknown) => {
        throw storageFailed('remove', path, error);
      });
    },
  };
}

export function createRelayHandlers(kept: KeptRelay): Pick<Handlers, 'relay.set' | 'relay.show' | 'relay.remove'> {
  const show = async (): ReturnType<Handlers['relay.show']> => {
    const relay = await kept.read();
    return relay && relaySummary(relay);
  };
  return {
    'relay.set': async ({ text }) => {
      const relay = parseRelay(text);
      await kept.write(relay);
      return relaySummary(relay);
    },
    'relay.show': show,
    'relay.remove': async () => {
      if ((await kept.read()) === null) throw noRelay();
      await kept.remove();
      return null;
    },
  };
}

function noRelay(): ApiError {
  return new ApiError({ code: 'not-found', message: 'No relay is kept here, so that there is none to remove.' });
}
