import { CommandFailure, exitCodes } from '../exit-codes.js';
import type { Fetch, TokenSource } from '../ledger-client.js';
import type { Profile } from './profile.js';

export interface ImportCounts {
  readonly accepted: number;
  readonly unchanged: number;
  readonly rejected: number;
  /** Rows that the profile does not ask for; absent where it asks for all. */
  readonly leftOut?: number;
}

export interface ImportProgress extends ImportCounts {
  readonly bytesRead: number;
  readonly bytesTotal: number;
  /** Rows that the service has answered for, or that never left because the profile cannot read them. */
  readonly rows: number;
}

export interface ImportOptions<Kind extends Profile = Profile> {
  readonly url: string;
  readonly token: TokenSource;
  readonly profile: Kind;
  /** CSV, or gzipped CSV when its name ends in .gz. */
  readonly file: string;
  /** Where rejections are written; none when left out. */
  readonly reportFile?: string;
  readonly progress?: (now: ImportProgress) => void;
  readonly notice?: (words: string) => void;
  readonly fetch?: Fetch;
  readonly signal?: AbortSignal;
  /** Milliseconds for which a busy or missing service is asked again. */
  readonly patience?: number;
  readonly batchLines?: number;
}

/** An import that ended before its file did. What the counts say is recorded and stays. */
export class ImportStopped extends CommandFailure {
  override readonly name = 'ImportStopped';
  constructor(
    cause: unknown,
    readonly counts: ImportCounts,
  ) {
    const { accepted, unchanged, rejected } = counts;
    const exitCode = cause instanceof CommandFailure ? cause.exitCode : exitCodes.failed;
    super(
      `${(cause as Error).message}\nStopped: ${accepted} accepted, ${unchanged} unchanged and ${rejected} rejected rows were answered for, and stay. ` +
        'Importing the same file again continues where it stopped.',
      (cause as Error).name === 'AbortError' ? exitCodes.interrupted : exitCode,
      { cause },
    );
  }
}
