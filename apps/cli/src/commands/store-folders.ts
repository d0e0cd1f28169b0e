import { statSync } from 'node:fs';
import type { Row } from '../output.js';

/** What an operator does with the folder of a store; answers are rows to print, refusals are thrown. */
export interface StoreFolders {
  verify(folder: string): Promise<{ readonly found: Row; readonly damages: readonly string[] }>;
  backUp(folder: string, target: string): Promise<Row>;
  restore(backup: string, folder: string): Promise<Row>;
}

const eventStore: StoreFolders = {
  async verify(folder) {
    const { verifyFolder } = await import('@app/embedded-eventstore');
    const { damages, ...found } = verifyFolder(folder);
    return { found: { ...found, damages: damages.length }, damages };
  },
  async backUp(folder, target) {
    const { backupFolder } = await import('@app/embedded-eventstore');
    const { files, ...made } = await backupFolder(folder, target);
    return { ...made, files: files.length };
  },
  async restore(backup, folder) {
    const { restoreFolder } = await import('@app/embedded-eventstore');
    const { events, end } = await restoreFolder(backup, folder);
    return { events, end };
  },
};

/** Its backup is a data folder too, so that a restore is a verified copy. */
const documentStore: StoreFolders = {
  async verify(folder) {
    const { verifyEmbeddedMongo } = await import('@app/embedded-mongo');
    return { found: { ...(await verifyEmbeddedMongo(folder)) }, damages: [] };
  },
  async backUp(folder, target) {
    const { backUpEmbeddedMongo } = await import('@app/embedded-mongo');
    return { ...(await backUpEmbeddedMongo(folder, target)) };
  },
  restore: (backup, folder) => documentStore.backUp(backup, folder),
};

/** The store that a folder, or a backup of one, belongs to: the event store unless it holds documents. */
export async function storeOf(folder: string): Promise<StoreFolders> {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new Error(`There is no folder ${folder}.`);
  const { isEmbeddedMongo } = await import('@app/embedded-mongo');
  return isEmbeddedMongo(folder) ? documentStore : eventStore;
}
