import type { RecordedEvent } from '@app/kernel';
import { defineProcess } from './engine/process-definition.js';
import { expectedOfInitiative, expectedOfPlan, type ExpectedPoint, type Expectation } from './expected-progress.js';
import { lateProgress } from './process/no-data.js';
import type { ProcessEvent, RequestedAction, Subject } from './process/process.events.js';
import { openActions, type ProcessState } from './process/process.state.js';
import { dayAfter, dayAt, endOf, workingDayAfter, workingDaysOf, type WorkingDays } from './working-days.js';

export interface ProgressFacts {
  readonly days: WorkingDays;
  /** None for a plan that is not in force and an initiative that is not under way. */
  readonly expectations: readonly Expectation[];
}

/** Working days: from the last day of a period to the reminder, from there to the escalation, and on to the notice. */
export const patience = { grace: 10, untilEscalation: 5, untilNotice: 5 } as const;

const look = 'look';
/** Calendar day on which something was expected first: a period that ended before it has its grace from then on. */
const sinceName = 'expected-since';
const ofStream = ({ stream }: RecordedEvent): readonly string[] => [stream.id];

/** What is missing of an expectation, and since when somebody is asked. */
interface Missing {
  readonly expectation: Expectation;
  readonly point: ExpectedPoint;
  readonly escalateAfter: string;
  readonly publishAfter: string;
}

/**
 * Of every goal and initiative something should be heard by certain days. When a day and its grace have passed, the owner
 * is reminded, then the head of department, then it is said in public that there are no data. An instance is a plan
 * (`water-2026`) or an initiative (`water-2026.fast-crew`); the newest day whose grace has passed is the one that counts.
 */
export const remindOwnerWhenProgressIsLate = defineProcess<ProgressFacts>({
  name: lateProgress,
  hears: {
    PlanPublished: ofStream,
    PlanRevisionPublished: ofStream,
    ProgressReportFiled: ofStream,
    ProgressReportReturned: ofStream,
    PlanCycleClosed: ofStream,
    InitiativeStarted: ofStream,
    MilestonePlanned: ofStream,
    MilestoneRescheduled: ofStream,
    MilestoneReached: ofStream,
    MilestoneMissed: ofStream,
    ProgressReported: ofStream,
    InitiativeCompleted: ofStream,
    InitiativeCancelled: ofStream,
  },
  facts: async (reader, { tenant, key }) => ({
    days: await workingDaysOf(reader, tenant),
    expectations: key.includes('.')
      ? await expectedOfInitiative(reader, tenant, key)
      : await expectedOfPlan(reader, tenant, key),
  }),
  react: (_trigger, state, { days, expectations }, now) => {
    const today = dayAt(days, now);
    const isPast = (day: string): boolean => day < today;
    const known = state.memory[sinceName];
    const since = known ?? today;
    const missing = expectations.flatMap((one) => missingOf(one, days, since, isPast));
    const wanted = missing.flatMap((one) => askedFor(one, isPast));
    return [
      ...firstExpected(known, since, expectations),
      ...openActions(state)
        .filter(({ action }) => !wanted.some((one) => one.action === action))
        .map((open) => settled(open, expectations)),
      ...wanted
        .filter(({ action }) => state.actions[action]?.outcome !== 'open')
        .map((data): ProcessEvent => ({ type: 'ActionRequested', data })),
      ...withdrawnNotices(state, expectations, missing),
      ...missing
        .filter(({ publishAfter, expectation }) => isPast(publishAfter) && !stands(state, expectation.subject))
        .map(noticeOf),
      ...nextLook(state, nextMoment(expectations, missing, { days, since, today })),
    ];
  },
  orders: {},
});

const firstExpected = (
  known: string | undefined,
  since: string,
  { length }: readonly Expectation[],
): readonly ProcessEvent[] =>
  known === undefined && length > 0 ? [{ type: 'Remembered', data: { name: sinceName, value: since } }] : [];

/** The newest day whose grace has passed, unless something has come for it or for a newer one. */
function missingOf(
  expectation: Expectation,
  days: WorkingDays,
  since: string,
  isPast: (day: string) => boolean,
): readonly Missing[] {
  const point = expectation.points.findLast((one) => one.isThere || isPast(deadlines(one, days, since).remindAfter));
  return point === undefined || point.isThere ? [] : [{ expectation, point, ...deadlines(point, days, since) }];
}

function deadlines({ endsOn }: ExpectedPoint, days: WorkingDays, since: string) {
  const remindAfter = workingDayAfter(days, endsOn < since ? since : endsOn, patience.grace);
  const escalateAfter = workingDayAfter(days, remindAfter, patience.untilEscalation);
  return { remindAfter, escalateAfter, publishAfter: workingDayAfter(days, escalateAfter, patience.untilNotice) };
}

const actionName = (what: 'remind' | 'escalate', { id }: Subject, { label }: ExpectedPoint): string =>
  [what, ...(id === undefined ? [] : [id]), label].join(' ');

function askedFor(
  { expectation: { subject, owner }, point, escalateAfter, publishAfter }: Missing,
  isPast: (day: string) => boolean,
): readonly RequestedAction[] {
  const reason = reasonOf(subject, point);
  const reminder: RequestedAction = {
    action: actionName('remind', subject, point),
    kind: 'report-progress',
    role: 'service-owner',
    ...(owner === undefined ? {} : { person: owner }),
    subject,
    dueOn: escalateAfter,
    reason,
  };
  const escalation: RequestedAction = {
    action: actionName('escalate', subject, point),
    kind: 'see-to-missing-progress',
    role: 'head-of-department',
    subject,
    dueOn: publishAfter,
    reason,
  };
  return isPast(escalateAfter) ? [reminder, escalation] : [reminder];
}

const reasonOf = ({ kind }: Subject, { label, endsOn }: ExpectedPoint): string =>
  kind === 'goal'
    ? `There is neither a reading nor a report for ${label}.`
    : `No progress was reported of ${label}, due on ${endsOn}.`;

const isSame = (one: Subject, other: Subject): boolean => one.stream === other.stream && one.id === other.id;

/** Done when something came; superseded when a newer day counts; withdrawn when nothing is expected any more. */
function settled(open: RequestedAction, expectations: readonly Expectation[]): ProcessEvent {
  const expectation = expectations.find(({ subject }) => isSame(subject, open.subject));
  const what = open.kind === 'report-progress' ? 'remind' : 'escalate';
  const point = expectation?.points.find((one) => actionName(what, open.subject, one) === open.action);
  const outcome = point === undefined ? 'withdrawn' : point.isThere ? 'done' : 'superseded';
  return { type: 'ActionSettled', data: { action: open.action, outcome } };
}

const noticeId = ({ id, stream }: Subject): string => `no-data ${id ?? stream}`;
const stands = ({ notices }: ProcessState, subject: Subject): boolean => notices[noticeId(subject)]?.stands === true;

const noticeOf = ({ expectation: { subject }, point }: Missing): ProcessEvent => ({
  type: 'PublicNoticeGiven',
  data: {
    notice: noticeId(subject),
    kind: 'no-data',
    subject,
    since: dayAfter(point.endsOn),
    reason: reasonOf(subject, point),
  },
});

/** A notice stands until something comes, also when a newer day counts by now. */
function withdrawnNotices(
  { notices }: ProcessState,
  expectations: readonly Expectation[],
  missing: readonly Missing[],
): readonly ProcessEvent[] {
  return Object.values(notices)
    .filter(
      ({ stands: isStanding, subject }) =>
        isStanding && !missing.some((one) => isSame(one.expectation.subject, subject)),
    )
    .map(({ notice, subject }) => {
      const isExpected = expectations.some((one) => isSame(one.subject, subject));
      const reason = isExpected ? 'A reading or a report has come.' : 'Nothing is expected of it any more.';
      return { type: 'PublicNoticeWithdrawn', data: { notice, reason } };
    });
}

/**
 * The next moment at which something may be due: the deadlines of what is missing and of the days to come. While somebody is
 * asked, every night: readings are not heard one by one.
 */
function nextMoment(
  expectations: readonly Expectation[],
  missing: readonly Missing[],
  { days, since, today }: { readonly days: WorkingDays; readonly since: string; readonly today: string },
): string | undefined {
  const graces = expectations.flatMap(({ points }) =>
    points.filter(({ isThere }) => !isThere).map((point) => deadlines(point, days, since).remindAfter),
  );
  const dates = [...graces, ...missing.flatMap((one) => [one.escalateAfter, one.publishAfter])].filter(
    (date) => date >= today,
  );
  const [first] = (missing.length === 0 ? dates : [...dates, today]).sort();
  return first === undefined ? undefined : endOf(days, first);
}

function nextLook({ timers }: ProcessState, dueAt: string | undefined): readonly ProcessEvent[] {
  if (dueAt === timers[look]?.dueAt) return [];
  return dueAt === undefined
    ? [{ type: 'TimerCancelled', data: { timer: look } }]
    : [{ type: 'TimerSet', data: { timer: look, dueAt } }];
}
