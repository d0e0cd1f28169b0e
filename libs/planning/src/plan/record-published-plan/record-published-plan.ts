import { Command, differences, ensure, type Decide } from '@app/kernel';
import type { PlanEvent } from '../plan.events.js';
import { isRecorded, type PlanState, type RecordedPlan } from '../plan.state.js';
import { publishedPlanRules } from '../published-plan.rules.js';

export class RecordPublishedPlan extends Command<{
  readonly title: string;
  readonly cycle: number;
  /** First and last day. */
  readonly from: string;
  readonly to: string;
  /** The plan before it, which is recorded here too. */
  readonly predecessor?: string | undefined;
  readonly publishedBy: string;
  readonly source: string;
  readonly sourceHash: string;
}> {}

/** The plan before it, where it names one. */
export interface RecordPublishedPlanFacts {
  readonly predecessor?: PlanState;
}

export const recordPublishedPlan: Decide<RecordPublishedPlan, PlanState, PlanEvent, RecordPublishedPlanFacts> = (
  { data, metadata },
  state,
  { predecessor: before },
) => {
  const { title, cycle, from, to, predecessor, publishedBy, source, sourceHash } = data;
  const named = predecessor === undefined ? {} : { predecessor };
  const published = { title, cycle, from, to, ...named, publishedBy, source };
  if (state.status !== 'unopened') {
    const standing = isRecorded(state) ? headOf(state) : {};
    const [different] = differences(standing, published);
    ensure(different === undefined, publishedPlanRules.aPublishedPlanIsRecordedOnce, different?.pointer ?? '');
    return [];
  }
  ensure(from < to, publishedPlanRules.aPublishedPlanEndsAfterItBegins, '/to');
  ensure(
    predecessor === undefined || (before !== undefined && isRecorded(before) && before.cycle < cycle),
    publishedPlanRules.aPublishedPlanFollowsARecordedOne,
    '/predecessor',
  );
  return [{ type: 'PublishedPlanRecorded', data: { ...published, sourceHash, by: metadata.actor.person } }];
};

/** The file may grow by other plans, so its hash is not held against what stands. */
const headOf = ({ title, cycle, from, to, predecessor, authority: { publishedBy, source } }: RecordedPlan) => ({
  ...{ title, cycle, from, to, publishedBy, source },
  ...(predecessor === undefined ? {} : { predecessor }),
});
