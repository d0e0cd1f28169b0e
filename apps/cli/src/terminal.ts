import type { Environment } from './environment.js';
import type { Fetch } from './ledger-client.js';

/** Where the program reads and writes. Data goes to stdout, words to stderr, so that a pipe carries data only. */
export interface Terminal {
  readonly data: (text: string) => void;
  readonly words: (text: string) => void;
  readonly stderr: NodeJS.WriteStream;
  readonly environment: () => Environment;
  readonly fetch: Fetch;
  readonly profilesFolder: string;
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
  /** NO_COLOR is not set and somebody is looking. */
  readonly colour: boolean;
}
