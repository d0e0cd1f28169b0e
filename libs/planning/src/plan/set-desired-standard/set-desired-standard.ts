import { Command, cycleOf, ensure, isDecimalText, type Decide } from '@app/kernel';
import { draftOf, same, says } from '../editing.js';
import { daysOf, fiscalYearStartOf, overlap, type Days } from '../plan-days.js';
import type { DesiredStandard, PlanEvent } from '../plan.events.js';
import { planRules } from '../plan.rules.js';
import type { PlanState, Standard } from '../plan.state.js';

export class SetDesiredStandard extends Command<{
  readonly standardId: string;
  readonly year: string;
  /** For a standard with an indicator. */
  readonly value?: string;
  /** For a standard in words. */
  readonly text?: string;
}> {}

export const setDesiredStandard: Decide<SetDesiredStandard, PlanState, PlanEvent> = ({ data, metadata }, given) => {
  const { standardId, year } = data;
  const state = draftOf(given);
  const standard = state.standards.find((one) => one.standardId === standardId);
  ensure(standard !== undefined, planRules.aStandardExistsBeforeItIsDesired, '/standard');
  ensure(isYearOf(state, year), planRules.aStandardIsDesiredForAYearOfThePlan, '/year');
  const desired = desiredOf(standard, data);
  if (same(standard.desired.find((one) => one.year === year)?.desired, desired)) return [];
  return [{ type: 'DesiredStandardSet', data: { standardId, year, desired, by: metadata.actor.person } }];
};

function isYearOf(plan: Days, year: string): boolean {
  const cycle = cycleOf(year);
  const days = cycle === 'year' || cycle === 'fiscal-year' ? daysOf(year, fiscalYearStartOf(plan)) : undefined;
  return days !== undefined && overlap(days, plan);
}

function desiredOf({ indicatorId }: Standard, { value, text }: SetDesiredStandard['data']): DesiredStandard {
  const inNumbers = indicatorId !== undefined;
  if (inNumbers && value !== undefined && text === undefined && isDecimalText(value)) return { kind: 'value', value };
  ensure(
    !inNumbers && text !== undefined && value === undefined && says(text),
    planRules.aStandardIsDesiredInItsOwnTerms,
    inNumbers ? '/value' : '/text',
  );
  return { kind: 'described', text };
}
