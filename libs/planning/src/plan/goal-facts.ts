import type { AggregateReader } from '@app/event-store';
import { indicator } from '@app/indicators/events';
import type { Goal } from './plan.events.js';
import { plan } from './plan.state.js';
import type { GoalFacts } from './sound-goal.js';

/** The card of the indicator as it stands now, and the goals of the plan that the goal is carried from. */
export async function goalFacts(
  { tenant, data }: { readonly tenant: string; readonly data: Pick<Goal, 'indicatorId' | 'carriedFrom'> },
  reader: AggregateReader,
): Promise<GoalFacts> {
  const goalsBefore = await goalsOfPlan(data.carriedFrom?.plan, tenant, reader);
  if (data.indicatorId === undefined) return { goalsBefore };
  const { state } = await reader.load(indicator, tenant, data.indicatorId);
  if (state.status === 'undefined') return { goalsBefore };
  const { direction, unit, disaggregations } = state.card;
  return { goalsBefore, card: { direction, unit, dimensions: disaggregations } };
}

async function goalsOfPlan(
  planId: string | undefined,
  tenant: string,
  reader: AggregateReader,
): Promise<readonly string[]> {
  if (planId === undefined) return [];
  const { state } = await reader.load(plan, tenant, planId);
  return state.status === 'unopened' ? [] : state.goals.map(({ goalId }) => goalId);
}
