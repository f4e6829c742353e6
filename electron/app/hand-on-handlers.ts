import { ApiError } from '../api/errors.ts';
import type { Handlers } from '../api/schema.ts';
import { drawPng } from '../profile/qr.ts';
import { joinParcel } from '../signed/files.ts';
import { writeFrames } from '../signed/frames.ts';
import { documentIn } from './handed-on.ts';
import type { SignedRoom, SignedSources } from './signed-sources.ts';
import { roomFor, takeDocument } from './take-document.ts';

export interface HandOnDependencies extends SignedSources {
  rooms: readonly SignedRoom[];
}

/** The signed documents from one person to another: whoever carries them, the signature speaks for itself. */
export function createHandOnHandlers(
  dependencies: HandOnDependencies,
): Pick<Handlers, 'servers.export' | 'servers.import'> {
  const { rooms } = dependencies;
  return {
    'servers.export': async ({ kind, form }) => {
      const { document } = await roomFor(kind, rooms).inUse();
      if (form === 'file')
        return { fileName: `${kind}.sawt`, base64: Buffer.from(joinParcel(document)).toString('base64') };
      const frames = writeFrames(document);
      if (!frames)
        throw new ApiError({
          code: 'not-supported',
          message: 'It is too large for pictures. Hand it on as a file.',
        });
      const pictures: string[] = [];
      for (const frame of frames) pictures.push(Buffer.from(await drawPng(frame)).toString('base64'));
      return { pictures };
    },
    'servers.import': async ({ files }) => {
      const read = files.map(({ name, base64 }) => ({ name, bytes: Buffer.from(base64, 'base64') }));
      const maxBytes = Math.max(...rooms.map((room) => room.maxBytes));
      return { documents: [await takeDocument(documentIn(read, maxBytes), rooms, dependencies)] };
    },
  };
}
