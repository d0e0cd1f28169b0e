import { importConversation } from './import-conversation.js';
import { importGoals } from './import-goals.js';
import { importReadings } from './import-readings.js';
import type { ImportCounts, ImportOptions } from './import-options.js';

export * from './import-options.js';

/** Brings a file into the ledger over HTTP, as its profile says. */
export function importFile(options: ImportOptions): Promise<ImportCounts> {
  const { profile } = options;
  if (profile.kind === 'goals') return importGoals({ ...options, profile });
  if (profile.kind === 'conversation') return importConversation({ ...options, profile });
  return importReadings({ ...options, profile });
}
