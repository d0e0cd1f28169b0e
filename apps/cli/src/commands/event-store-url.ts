import { CommandFailure, exitCodes } from '../exit-codes.js';
import type { Terminal } from '../terminal.js';

export const eventStoreWords =
  'esdb:// connection string; - for the one in EVENTSTORE_URL, which other users cannot see';

export function eventStoreUrl(store: string, terminal: Terminal): string {
  const url = store === '-' ? terminal.environment().eventStoreUrl : store;
  if (url === undefined) throw new CommandFailure('EVENTSTORE_URL is not set.', exitCodes.usage);
  return url;
}
