import { importGoals } from './import-goals.js';
import { importReadings } from './import-readings.js';
import type { ImportCounts, ImportOptions } from './import-options.js';

export * from './import-options.js';

/** Brings a file into the ledger over HTTP, as its profile says. */
export function importFile(options: ImportOptions): Promise<ImportCounts> {
  const { profile } = options;
  return profile.kind === 'goals' ? importGoals({ ...options, profile }) : importReadings({ ...options, profile });
}
