import type { GroupSettings, StartFrom } from '../../codec/group-requests.js';
import type { FilterOptions } from '../../codec/read-requests.js';
import { isStrategy } from './strategies.js';

export const ALL = '$all';

/** What a group is: everything that survives a restart but how far it has come. */
export interface GroupDefinition {
  /** A stream, or `$all`. */
  source: string;
  group: string;
  settings: GroupSettings;
  startFrom: Exclude<StartFrom, undefined>;
  filter: FilterOptions | undefined;
  /**
   * For a group that starts at the end: what the end was. So events that came before its first checkpoint are
   * delivered after a restart too; the real server forgets them.
   */
  end: number | undefined;
}

/** The name under which the group's own streams are kept. */
export const keyOf = (source: string, group: string): string => `${source}::${group}`;

/** Why a call about a group fails. */
export class GroupRefusal extends Error {
  constructor(
    readonly kind: 'exists' | 'does not exist' | 'full' | 'failed',
    readonly source: string,
    readonly group: string,
    reason = '',
  ) {
    super(reason);
    this.name = 'GroupRefusal';
  }
}

/** Refuses what the real server refuses, in its words; `end` is the last log position. */
export function checkDefinition({ source, group, settings, startFrom }: GroupDefinition, end: number): void {
  const refuse = (reason: string): never => {
    throw new GroupRefusal('failed', source, group, reason);
  };
  if (!isStrategy(settings.strategy)) refuse(`Consumer strategy ${settings.strategy} does not exist.`);
  if (settings.readBatchSize >= settings.historyBufferSize)
    refuse(
      "Specified argument was out of the range of valid values. (Parameter 'ReadBatchSize may not be greater than or equal to BufferSize')",
    );
  if (typeof startFrom !== 'object' || startFrom.commit === MAX_UINT64) return;
  if (startFrom.commit > end)
    refuse(
      'Invalid Start From position: commit position must be less than or equal to the last commit position in the transaction file.',
    );
}

const MAX_UINT64 = 18446744073709551615n;
