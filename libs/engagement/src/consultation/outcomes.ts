import { agreement, type AgreementState } from '@app/agreements/events';
import type { AggregateReader } from '@app/event-store';
import { plan, type PlanState } from '@app/planning/events';
import { goalsWithoutData, lateProgress, processInstance, type NoData } from '@app/processes/events';
import type { AnswerLink } from './consultation.events.js';

type OpenedPlan = Exclude<PlanState, { readonly status: 'unopened' }>;

/** What a verified report says of a goal. */
export type MeasuredResult =
  | { readonly period: string; readonly value: string }
  | { readonly period: string; readonly text: string }
  | { readonly period: string; readonly noData: string };

export interface GoalOutcome {
  readonly goal: string;
  readonly title: string;
  readonly target?: object;
  readonly unit?: string;
  readonly dueDate?: string;
  /** Of the last report that somebody has verified; absent until there is one. */
  readonly result?: MeasuredResult;
  /** Of the public notice that nobody has answered for it; absent where none stands. */
  readonly noData?: NoData;
}

/** What came of an answer: the text of a plan is shown once the plan is published, of an agreement once it is in force. */
export interface Outcome {
  readonly kind: AnswerLink['kind'];
  readonly plan?: string;
  readonly agreement?: string;
  readonly id: string;
  readonly status: string;
  readonly title?: string;
  /** The goal that it leads to, or those that solve the problem. */
  readonly goals?: readonly GoalOutcome[];
}

const published: readonly PlanState['status'][] = ['published', 'under-revision', 'cycle-closed', 'evaluated'];

export function outcomeInPlan(
  link: AnswerLink,
  state: PlanState,
  noData: ReadonlyMap<string, NoData> = new Map(),
): Outcome {
  const { kind, id } = link;
  const named = { kind, ...(link.plan === undefined ? {} : { plan: link.plan }), id, status: state.status };
  if (state.status === 'unopened' || !published.includes(state.status)) return named;
  const problem = kind === 'problem' ? state.problems.find(({ problemId }) => problemId === id) : undefined;
  const goals = state.goals.filter((goal) => (kind === 'goal' ? goal.goalId === id : goal.problemIds.includes(id)));
  const title = problem?.statement ?? goals.find(({ goalId }) => goalId === id)?.title;
  return {
    ...named,
    ...(title === undefined ? {} : { title }),
    goals: goals.map(({ goalId, title: goalTitle, target, unit, dueDate }) => {
      const result = resultOf(state, goalId);
      const notice = noData.get(goalId);
      return {
        goal: goalId,
        title: goalTitle,
        ...(target === undefined ? {} : { target }),
        ...(unit === undefined ? {} : { unit }),
        ...(dueDate === undefined ? {} : { dueDate }),
        ...(result === undefined ? {} : { result }),
        ...(notice === undefined ? {} : { noData: notice }),
      };
    }),
  };
}

function resultOf({ reports }: OpenedPlan, goalId: string): MeasuredResult | undefined {
  const verified = reports.filter(({ status }) => status === 'verified');
  for (const { period, results } of [...verified].reverse()) {
    const result = results.find((one) => one.goalId === goalId);
    if (result?.kind === 'value') return { period, value: result.value };
    if (result?.kind === 'text') return { period, text: result.text };
    if (result?.kind === 'no-data') return { period, noData: result.reason };
  }
  return undefined;
}

export function outcomeInAgreement(link: AnswerLink, state: AgreementState): Outcome {
  const { kind, id } = link;
  const named = {
    kind,
    ...(link.agreement === undefined ? {} : { agreement: link.agreement }),
    id,
    status: state.status,
  };
  if (state.status !== 'active') return named;
  const objective = state.terms.objectives.find(({ objectiveId }) => objectiveId === id);
  return objective === undefined ? named : { ...named, title: objective.title };
}

/** As plans and agreements stand now. */
export const outcomesOf = (
  reader: AggregateReader,
  tenant: string,
  links: readonly AnswerLink[],
): Promise<readonly Outcome[]> =>
  Promise.all(
    links.map(async (link) => {
      if (link.plan !== undefined) {
        const { state } = await reader.load(plan, tenant, link.plan);
        const progress = await reader.load(processInstance, tenant, `${lateProgress}/${link.plan}`);
        return outcomeInPlan(link, state, goalsWithoutData(progress.state));
      }
      const { state } = await reader.load(agreement, tenant, link.agreement ?? link.id);
      return outcomeInAgreement(link, state);
    }),
  );
