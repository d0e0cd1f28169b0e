import { Command, instantSeconds, type Decide, type PeriodKey } from '@app/kernel';
import type { ReadingIdsEvent } from '../reading-ids.events.js';
import { claimOf, type Claim, type ReadingIds } from '../reading-ids.state.js';

/** The id is the indicator. */
export class ClaimReadingIds extends Command<{
  readonly period: PeriodKey;
  readonly ids: readonly string[];
  readonly at: string;
  /** Claims for another period that no reading stands behind, and none will, by their id. */
  readonly abandoned: ReadonlyMap<string, Claim>;
}> {}

/** Seconds for which one claim serves several uploads. */
const serves = 60;
/** Seconds after which nothing is under way behind a claim: a recording gives up long before. */
const expires = 300;

const age = (claim: Claim, at: string): number => instantSeconds(at) - instantSeconds(claim.at);

export const hasExpired = (claim: Claim, at: string): boolean => age(claim, at) > expires;

/** Claims those that are free; whoever asked looks afterwards which period has each of them. */
export const claimReadingIds: Decide<ClaimReadingIds, ReadingIds, ReadingIdsEvent> = (
  { data: { period, ids, at, abandoned } },
  state,
) => {
  const isFree = (id: string): boolean => {
    const claim = claimOf(state, id);
    if (claim === undefined) return true;
    if (claim.period === period) return age(claim, at) > serves;
    const given = abandoned.get(id);
    return given?.period === claim.period && given.since === claim.since;
  };
  const free = ids.filter(isFree);
  return free.length === 0 ? [] : [{ type: 'ReadingIdsClaimed', data: { period, ids: free, at } }];
};
