import { Command, Decimal, ensure, type Decide } from '@app/kernel';
import { isShortDecimal } from '../../prioritisation/methods.js';
import type { Today } from '../initiative-facts.js';
import type { InitiativeEvent } from '../initiative.events.js';
import { initiativeRules } from '../initiative.rules.js';
import type { InitiativeState, StartedInitiative } from '../initiative.state.js';

export class StartInitiative extends Command<{
  readonly planId: string;
  readonly solutionId: string;
  /** Left out: the owner of the solution. */
  readonly owner?: string;
  readonly budget: { readonly amount: string; readonly unit: string };
  /** Calendar day. */
  readonly dueOn: string;
}> {}

export interface StartInitiativeFacts extends Today {
  /** Undefined: there is no such plan, or it is not in force. */
  readonly plan?: { readonly to: string; readonly solution?: SelectedSolution };
}

/** What the plan has selected. */
export interface SelectedSolution {
  readonly title: string;
  readonly owner?: string;
  readonly currency: string;
}

export const startInitiative: Decide<StartInitiative, InitiativeState, InitiativeEvent, StartInitiativeFacts> = (
  { data, metadata },
  state,
  { plan, today },
) => {
  const { planId, solutionId, dueOn } = data;
  const budget = { amount: data.budget.amount, unit: data.budget.unit };
  if (state.status !== 'not-started') {
    ensure(isAgain(data, state), initiativeRules.anInitiativeIsStartedOnce);
    return [];
  }
  ensure(plan !== undefined, initiativeRules.aPlanInForceIsCarriedOut);
  const { solution } = plan;
  ensure(solution !== undefined, initiativeRules.aSelectedSolutionIsCarriedOut, '/solutionId');
  const owner = data.owner ?? solution.owner;
  ensure(owner !== undefined, initiativeRules.somebodyAnswersForAnInitiative, '/owner');
  const isAmount = isShortDecimal(budget.amount) && !new Decimal(budget.amount).isNegative();
  ensure(isAmount, initiativeRules.aBudgetIsInTheMoneyOfThePlan, '/budget/amount');
  ensure(
    budget.unit === solution.currency,
    initiativeRules.aBudgetIsInTheMoneyOfThePlan,
    '/budget/unit',
    `The plan counts in ${solution.currency}.`,
  );
  ensure(
    dueOn > today && dueOn <= plan.to,
    initiativeRules.anInitiativeIsDueWithinItsPlan,
    '/dueOn',
    `The plan ends on ${plan.to}.`,
  );
  const { title } = solution;
  const days = { startedOn: today, dueOn, planEndsOn: plan.to };
  const by = metadata.actor.person;
  return [{ type: 'InitiativeStarted', data: { planId, solutionId, title, owner, budget, ...days, by } }];
};

const isAgain = ({ owner, budget, dueOn }: StartInitiative['data'], standing: StartedInitiative): boolean =>
  (owner === undefined || owner === standing.owner) &&
  isShortDecimal(budget.amount) &&
  new Decimal(budget.amount).equals(standing.budget.amount) &&
  budget.unit === standing.budget.unit &&
  dueOn === standing.dueOn;
