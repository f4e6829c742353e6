import type { Journal, JournalFile } from './journal.ts';
import { undoLock, undoTunnel, type UndoTools } from './undo.ts';

/** Takes everything back, the lock last but the journal; after this the network is as it was before. Names what was removed. */
export async function disconnect(tools: UndoTools & { journal: JournalFile }, journal: Journal): Promise<string[]> {
  const removed = [...(await undoTunnel(tools, journal)), ...(await undoLock(tools, journal.routing, journal.sysctls))];
  await tools.journal.remove();
  return removed;
}
