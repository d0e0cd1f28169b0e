import { agreement } from '@app/agreements/events';
import { breach, type Detection } from '@app/compliance/events';
import type { AggregateReader } from '@app/event-store';
import { ledgerNamespace, uuidV5, type RecordedEvent } from '@app/kernel';
import { StateProblem, StateProblemHandler } from '@app/planning/commands';
import { plan, type OpenedPlan, type ProblemOrigin } from '@app/planning/events';
import { defineProcess } from './engine/process-definition.js';
import type { ProcessEvent } from './process/process.events.js';
import { openActions, type ProcessState } from './process/process.state.js';

export interface ConfirmedBreach {
  readonly breachId: string;
  readonly detection: Detection;
  /** Of the agreement that was broken. */
  readonly serviceIds: readonly string[];
}

export interface CurrentPlan {
  readonly planId: string;
  readonly from: string;
  readonly keyServices: readonly string[];
  /** Breaches that a problem of the plan comes from already, whoever stated it. */
  readonly statedBreaches: readonly string[];
}

export interface BreachFacts {
  readonly tenant: string;
  /** The one that was just confirmed, and those that wait. */
  readonly breaches: readonly ConfirmedBreach[];
  /** Cycles that are not closed. */
  readonly plans: readonly CurrentPlan[];
}

/** Plans and breaches meet in one instance for each agency: a breach without a plan waits there for the next cycle. */
const agencyWide = 'all-plans';
const ofAgency = (): readonly string[] => [agencyWide];
const ofBreach = ({ data }: RecordedEvent): readonly string[] =>
  (data as { readonly origin: ProblemOrigin }).origin.kind === 'breach' ? [agencyWide] : [];

const waitingName = (breachId: string): string => `waiting ${breachId}`;
const planName = (planId: string): string => `plan ${planId}`;
const commandName = (breachId: string, planId: string): string => `state ${breachId} in ${planId}`;

const breachStream = (tenant: string, breachId: string): string => `${breach.category}-${tenant}/${breachId}`;

const namesAfter = (word: string, { memory }: ProcessState): readonly string[] =>
  Object.keys(memory).flatMap((name) => (name.startsWith(`${word} `) ? [name.slice(word.length + 1)] : []));

async function confirmedBreach(
  reader: AggregateReader,
  tenant: string,
  breachId: string,
): Promise<readonly ConfirmedBreach[]> {
  const { state } = await reader.load(breach, tenant, breachId);
  if (state.status !== 'confirmed') return [];
  const { state: broken } = await reader.load(agreement, tenant, state.detection.agreementId);
  const serviceIds = broken.status === 'undrafted' ? [] : broken.terms.serviceIds;
  return [{ breachId, detection: state.detection, serviceIds }];
}

const isCurrent = ({ status }: OpenedPlan): boolean => status !== 'cycle-closed' && status !== 'evaluated';

/**
 * A breach that is severe, or follows one of the same objective and scope in the period before, is a problem of the
 * agency's current plan for the service; where there is no such plan, of the next one.
 */
export const stateProblemWhenBreachRepeats = defineProcess<BreachFacts>({
  name: 'state-problem-when-breach-repeats',
  hears: {
    BreachConfirmed: ofAgency,
    PlanCycleOpened: ofAgency,
    KeyServiceSelected: ofAgency,
    ProblemStated: ofBreach,
    PlanCycleClosed: ofAgency,
  },
  facts: async (reader, { tenant, trigger, state }) => {
    const heard = trigger.kind === 'event' ? trigger.event : undefined;
    const planIds = new Set(namesAfter('plan', state));
    if (heard?.stream.category === plan.category) planIds.add(heard.stream.id);
    const breachIds = new Set(namesAfter('waiting', state));
    if (heard?.type === 'BreachConfirmed') breachIds.add(heard.stream.id);
    const breaches: ConfirmedBreach[] = [];
    for (const id of breachIds) breaches.push(...(await confirmedBreach(reader, tenant, id)));
    const plans: CurrentPlan[] = [];
    for (const planId of planIds) {
      const { state: found } = await reader.load(plan, tenant, planId);
      if (found.status === 'unopened' || !isCurrent(found)) continue;
      plans.push({
        planId,
        from: found.from,
        keyServices: found.keyServices.map(({ serviceId }) => serviceId),
        statedBreaches: found.problems.flatMap(({ origin }) => (origin.kind === 'breach' ? [origin.breachId] : [])),
      });
    }
    return { tenant, breaches, plans };
  },
  react: (trigger, state, { tenant, breaches, plans }) => {
    if (trigger.kind === 'answer') return afterAnswer(trigger.command, state, tenant);
    const known = plansKnown(state, plans);
    return [
      ...known,
      ...statedByPeople(state, plans, tenant),
      ...breaches.flatMap((one) => forBreach(one, state, plans)),
    ];
  },
  orders: { 'state-problem': { command: StateProblem, handler: StateProblemHandler } },
});

/** Remembers the cycles that are open, and forgets those that were closed. */
function plansKnown(state: ProcessState, plans: readonly CurrentPlan[]): readonly ProcessEvent[] {
  const known = namesAfter('plan', state);
  const open = plans.map(({ planId }) => planId);
  return [
    ...plans
      .filter(({ planId }) => !known.includes(planId))
      .map(({ planId, from }): ProcessEvent => ({ type: 'Remembered', data: { name: planName(planId), value: from } })),
    ...known
      .filter((planId) => !open.includes(planId))
      .map((planId): ProcessEvent => ({ type: 'Forgotten', data: { name: planName(planId) } })),
  ];
}

/** Somebody has done what the team was asked for. */
function statedByPeople(state: ProcessState, plans: readonly CurrentPlan[], tenant: string): readonly ProcessEvent[] {
  const stated = plans.flatMap(({ statedBreaches }) => statedBreaches.map((one) => breachStream(tenant, one)));
  return openActions(state)
    .filter(({ subject }) => stated.includes(subject.stream))
    .map(({ action }) => ({ type: 'ActionSettled', data: { action, outcome: 'done' } }));
}

const isProblem = ({ severity, repeatCount }: Detection): boolean => severity === 'Severe' || repeatCount > 0;

function forBreach(
  { breachId, detection, serviceIds }: ConfirmedBreach,
  state: ProcessState,
  plans: readonly CurrentPlan[],
): readonly ProcessEvent[] {
  const isWaiting = state.memory[waitingName(breachId)] !== undefined;
  const noLonger: readonly ProcessEvent[] = isWaiting
    ? [{ type: 'Forgotten', data: { name: waitingName(breachId) } }]
    : [];
  if (!isProblem(detection) || isStated(breachId, state)) return [];
  if (plans.some(({ statedBreaches }) => statedBreaches.includes(breachId))) return noLonger;
  const candidates = plans
    .filter(({ planId }) => state.commands[commandName(breachId, planId)] === undefined)
    .flatMap(({ planId, from, keyServices }) => {
      const serviceId = keyServices.find((one) => serviceIds.includes(one));
      return serviceId === undefined ? [] : [{ planId, from, serviceId }];
    })
    .sort((left, right) =>
      left.from === right.from ? (left.planId < right.planId ? -1 : 1) : left.from < right.from ? 1 : -1,
    );
  const [chosen] = candidates;
  if (chosen === undefined) return isWaiting ? [] : [waits(breachId)];
  const { planId, serviceId } = chosen;
  return [
    ...noLonger,
    {
      type: 'CommandIssued',
      data: {
        name: commandName(breachId, planId),
        command: 'state-problem',
        target: planId,
        data: {
          problemId: problemIdOf(breachId),
          serviceId,
          statement: statementOf(detection),
          origin: { kind: 'breach', breachId },
          causes: [],
        },
      },
    },
  ];
}

const waits = (breachId: string): ProcessEvent => ({
  type: 'Remembered',
  data: { name: waitingName(breachId), value: 'no current plan has the service among its key services' },
});

/** In a plan, or on its way into one. */
const isStated = (breachId: string, { commands }: ProcessState): boolean =>
  Object.values(commands).some(
    ({ name, answer }) => answer !== 'refused' && name.startsWith(commandName(breachId, '')),
  );

/** A plan that did not take the problem is left out the next time: the breach waits for another one, and people are told. */
function afterAnswer(
  name: string,
  { commands, actions, memory }: ProcessState,
  tenant: string,
): readonly ProcessEvent[] {
  const sent = commands[name];
  if (sent?.answer !== 'refused' || actions[name] !== undefined) return [];
  const breachId = (sent.data['origin'] as { readonly breachId: string }).breachId;
  return [
    ...(memory[waitingName(breachId)] === undefined ? [waits(breachId)] : []),
    {
      type: 'ActionRequested',
      data: {
        action: name,
        kind: 'state-problem',
        role: 'team-member',
        subject: { kind: 'breach', stream: breachStream(tenant, breachId) },
        reason: sent.sentence,
      },
    },
  ];
}

/** The same breach is the same problem in every plan. */
const problemIdOf = (breachId: string): string => `breach-${uuidV5(ledgerNamespace, breachId).slice(0, 13)}`;

const statementOf = ({
  agreementId,
  objectiveId,
  scope,
  period,
  value,
  target,
  severity,
  repeatCount,
}: Detection): string =>
  `Objective ${objectiveId} of agreement ${agreementId} (${scope}) was ${value} instead of ${target} in ${period}: ` +
  `${severity.toLowerCase()}${repeatCount > 0 ? ', and missed in the period before too' : ''}.`;
