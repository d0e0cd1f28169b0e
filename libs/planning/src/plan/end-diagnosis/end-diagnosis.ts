import { Command, ensure, type Decide } from '@app/kernel';
import { openedPlan } from '../opened-plan.js';
import type { PlanEvent } from '../plan.events.js';
import { planRules } from '../plan.rules.js';
import type { PlanState } from '../plan.state.js';
import { emptySeats } from '../team.js';

export class EndDiagnosis extends Command<Readonly<Record<string, never>>> {}

export const endDiagnosis: Decide<EndDiagnosis, PlanState, PlanEvent> = ({ metadata }, given) => {
  const state = openedPlan(given);
  if (state.status === 'goal-setting') return [];
  ensure(state.status === 'diagnosing', planRules.onlyADiagnosisEnds, '', `The plan is ${state.status}.`);
  const empty = emptySeats(state.team);
  ensure(
    empty.length === 0,
    planRules.aTeamIsSeatedBeforeTheDiagnosisEnds,
    '/team',
    `Nobody is seated as ${empty.join(', ')}.`,
  );
  ensure(state.problems.length > 0, planRules.aDiagnosisFindsAProblem, '/problems');
  return [{ type: 'DiagnosisEnded', data: { by: metadata.actor.person } }];
};
