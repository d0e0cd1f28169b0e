import { Command, Decimal, ensure, type Decide } from '@app/kernel';
import { draftOf, same } from '../editing.js';
import { gapSize } from '../gap-size.js';
import type { AffectedGroup, PlanEvent } from '../plan.events.js';
import { planRules } from '../plan.rules.js';
import type { PlanState } from '../plan.state.js';

export class IdentifyGap extends Command<{
  readonly gapId: string;
  readonly standardId: string;
  readonly year: string;
  readonly groupIds: readonly string[];
}> {}

export interface IdentifyGapFacts {
  /** Newest population of each client group, by service. */
  readonly populations: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/** Asked again after a standard has changed, it is computed again. */
export const identifyGap: Decide<IdentifyGap, PlanState, PlanEvent, IdentifyGapFacts> = (
  { data, metadata },
  given,
  { populations },
) => {
  const { gapId, standardId, year, groupIds } = data;
  const { standards, gaps } = draftOf(given);
  const standing = gaps.find((one) => one.gapId === gapId);
  ensure(
    standing === undefined || (standing.standardId === standardId && standing.year === year),
    planRules.aGapKeepsItsStandard,
    '/id',
  );
  const standard = standards.find((one) => one.standardId === standardId);
  ensure(standard !== undefined, planRules.aStandardExistsBeforeItIsDesired, '/standard');
  const desired = standard.desired.find((one) => one.year === year)?.desired;
  const { current } = standard;
  ensure(
    current.kind === 'measured' && desired?.kind === 'value',
    planRules.aGapComparesNumbers,
    desired === undefined ? '/year' : '/standard',
  );
  const gap = gapSize(current.value, desired.value, current.direction);
  ensure(
    new Decimal(gap.size).greaterThan(0),
    planRules.aGapIsAShortfall,
    '/standard',
    `It is at ${current.value}, and ${desired.value} is desired.`,
  );
  const affectedGroups = affected(groupIds, populations.get(standard.serviceId) ?? new Map());
  const identified = {
    gapId,
    standardId,
    year,
    current: current.value,
    desired: desired.value,
    unit: current.unit,
    ...gap,
    affectedGroups,
    peopleAffected: affectedGroups.reduce((sum, { population }) => sum + population, 0),
  };
  return same(standing, identified)
    ? []
    : [{ type: 'GapIdentified', data: { ...identified, by: metadata.actor.person } }];
};

function affected(groupIds: readonly string[], populations: ReadonlyMap<string, number>): AffectedGroup[] {
  const unknown = groupIds.find((groupId) => !populations.has(groupId));
  ensure(
    groupIds.length > 0 && unknown === undefined && new Set(groupIds).size === groupIds.length,
    planRules.aGapAffectsGroupsOfTheService,
    '/groups',
    unknown && `The service has no ${unknown}.`,
  );
  return groupIds.map((groupId) => ({ groupId, population: populations.get(groupId)! }));
}
