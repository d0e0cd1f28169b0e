import { indicator, type IndicatorEvent, type ReadingLedgerEvent } from '@app/indicators/events';
import type { RecordedEvent } from '@app/kernel';
import { defineProjection, type Projection } from '@app/projections';
import { planEvents, type GoalTarget, type PlanEvent } from '../../plan/plan.events.js';
import { plan, type PlanState } from '../../plan/plan.state.js';

/** A target that was changed while its plan was in force, or from one published plan to the next. */
export interface TargetChange {
  readonly goalId: string;
  /** Left out where there was none. */
  readonly was?: GoalTarget;
  readonly now?: GoalTarget;
  /** Left out where the two cannot be compared. */
  readonly weakening?: boolean;
  readonly reason: string;
  readonly authority: string;
  /** When it was recorded, RFC 3339. */
  readonly changedAt: string;
}

/** A whole plan in one document: hundreds of goals are one read. */
export interface BookedPlan {
  /** `plan/boston/streets-2026`. */
  readonly _id: string;
  readonly kind: 'plan';
  readonly agency: string;
  readonly plan: string;
  readonly revision: string;
  readonly updatedAt: string;
  readonly state: PlanState;
  readonly targetChanges: readonly TargetChange[];
}

/** What an indicator is, and how far each of its ledgers goes: the readings themselves stay in the log. */
export interface BookedIndicator {
  /** `indicator/boston/on-time-closure`. */
  readonly _id: string;
  readonly kind: 'indicator';
  readonly agency: string;
  readonly indicator: string;
  readonly state: IndicatorState;
  /** Newest revision of the ledger of each period. */
  readonly ledgers: Readonly<Record<string, string>>;
}

export type IndicatorState = ReturnType<typeof indicator.evolve>;
export type BookedDocument = BookedPlan | BookedIndicator;
type BookedEvent = PlanEvent | IndicatorEvent | ReadingLedgerEvent;
type Fold = (doc: BookedDocument | undefined, event: RecordedEvent, id: string) => BookedDocument | undefined;

export const planDocumentId = (agency: string, planId: string): string => `plan/${agency}/${planId}`;
export const indicatorDocumentId = (agency: string, indicatorId: string): string =>
  `indicator/${agency}/${indicatorId}`;

const ofLedger = (ledger: string): readonly [indicatorId: string, period: string] => {
  const slash = ledger.lastIndexOf('/');
  return [ledger.slice(0, slash), ledger.slice(slash + 1)];
};

const planned: Fold = (doc, event, _id) => {
  const { stream, metadata, revision } = event;
  const before = doc as BookedPlan | undefined;
  const change = event as unknown as PlanEvent;
  const changes = before?.targetChanges ?? [];
  return {
    _id,
    kind: 'plan',
    agency: stream.tenant,
    plan: stream.id,
    revision: revision.toString(),
    updatedAt: metadata.occurredAt,
    state: plan.evolve(before?.state ?? plan.initial, change),
    targetChanges:
      change.type === 'GoalRevised' ? [...changes, targetChange(change.data, metadata.occurredAt)] : changes,
  };
};

type Revised = Extract<PlanEvent, { readonly type: 'GoalRevised' }>['data'];

const targetChange = (
  { goalId, was, now, weakening, reason, authority }: Revised,
  changedAt: string,
): TargetChange => ({
  goalId,
  ...(was.target === undefined ? {} : { was: was.target }),
  ...(now.target === undefined ? {} : { now: now.target }),
  ...(weakening === undefined ? {} : { weakening }),
  ...{ reason, authority, changedAt },
});

const blank = (_id: string, agency: string, indicatorId: string): BookedIndicator => ({
  _id,
  kind: 'indicator',
  agency,
  indicator: indicatorId,
  state: indicator.initial,
  ledgers: {},
});

const defined: Fold = (doc, event, id) => {
  const before = (doc as BookedIndicator | undefined) ?? blank(id, event.stream.tenant, event.stream.id);
  return { ...before, state: indicator.evolve(before.state, event as unknown as IndicatorEvent) };
};

const read: Fold = (doc, { stream, revision }, id) => {
  const [indicatorId, period] = ofLedger(stream.id);
  const before = (doc as BookedIndicator | undefined) ?? blank(id, stream.tenant, indicatorId);
  return { ...before, ledgers: { ...before.ledgers, [period]: revision.toString() } };
};

/** Every event of a plan changes what the book shows, so none is left out. */
const foldsOfPlans = Object.fromEntries(Object.keys(planEvents).map((type) => [type, planned]));
const folds: Readonly<Record<string, Fold>> = {
  ...foldsOfPlans,
  IndicatorDefined: defined,
  IndicatorRevised: defined,
  IndicatorRetired: defined,
  CaseRecorded: read,
  CaseClosed: read,
  RatioRecorded: read,
  ValueRecorded: read,
  ReadingVerified: read,
  ReadingCorrected: read,
  ReadingVoided: read,
};

export const planBook: Projection<BookedDocument> = defineProjection<BookedDocument, BookedEvent>({
  name: 'plan-book',
  version: 1,
  indexes: [{ key: { agency: 1, kind: 1, _id: 1 } }],
  documentId: ({ stream: { category, tenant, id } }) => {
    if (category === 'plan') return planDocumentId(tenant, id);
    return indicatorDocumentId(tenant, category === 'readings' ? ofLedger(id)[0] : id);
  },
  on: folds,
});
