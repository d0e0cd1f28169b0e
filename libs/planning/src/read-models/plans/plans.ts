import type { RecordedEvent } from '@app/kernel';
import { defineProjection } from '@app/projections';
import type { PlanEvent } from '../../plan/plan.events.js';
import type { PlanStatus } from '../../plan/plan.state.js';

export type ListedStatus = Exclude<PlanStatus, 'unopened'>;

/** Where each plan of an agency stands; the whole of it is at its own address. */
export interface ListedPlan {
  /** `boston/water-2026`. */
  readonly _id: string;
  readonly agency: string;
  readonly plan: string;
  readonly title: string;
  readonly cycle: number;
  readonly from: string;
  readonly to: string;
  readonly predecessor?: string;
  /** Whose plan it is, where somebody else published it. */
  readonly publishedBy?: string;
  readonly status: ListedStatus;
  /** Submissions and published revisions so far. */
  readonly version: number;
  readonly services: readonly string[];
  readonly problems: number;
  readonly goals: number;
  readonly selectedSolutions: number;
  readonly revision: string;
  readonly updatedAt: string;
}

type Recorded = RecordedEvent<PlanEvent>;
type Change = (doc: ListedPlan, data: Recorded['data']) => Partial<ListedPlan>;

const place = ({ stream, revision, metadata }: Recorded) => ({
  _id: `${stream.tenant}/${stream.id}`,
  agency: stream.tenant,
  plan: stream.id,
  revision: revision.toString(),
  updatedAt: metadata.occurredAt,
});
const nothingYet = { version: 0, services: [], problems: 0, goals: 0, selectedSolutions: 0 } as const;

/** Nothing for a plan that was not opened. */
const then =
  (change: Change) =>
  (doc: ListedPlan | undefined, event: Recorded): ListedPlan | undefined =>
    doc && {
      ...doc,
      ...change(doc, event.data),
      revision: event.revision.toString(),
      updatedAt: event.metadata.occurredAt,
    };

const becomes = (status: ListedStatus) => then(() => ({ status }));
const touched = then(() => ({}));
const versionOf = (data: Recorded['data']): number => (data as { readonly version: number }).version;

export const plans = defineProjection<ListedPlan, PlanEvent>({
  name: 'plans',
  version: 1,
  indexes: [
    { key: { agency: 1, _id: 1 } },
    { key: { agency: 1, status: 1, _id: 1 } },
    { key: { agency: 1, services: 1, _id: 1 } },
    { key: { agency: 1, status: 1, services: 1, _id: 1 } },
  ],
  documentId: ({ stream }) => `${stream.tenant}/${stream.id}`,
  on: {
    PlanCycleOpened: (_doc, event) => {
      const { by: _by, strategicPlanRef: _ref, ...cycle } = event.data;
      return { ...place(event), ...nothingYet, ...cycle, status: 'cycle-open' };
    },
    PublishedPlanRecorded: (_doc, event) => {
      const { title, cycle, from, to, predecessor, publishedBy } = event.data;
      const before = predecessor === undefined ? {} : { predecessor };
      const its = { title, cycle, from, to, ...before, publishedBy };
      return { ...place(event), ...nothingYet, ...its, version: 1, status: 'published' };
    },
    TeamMemberAppointed: touched,
    TeamMemberRemoved: touched,
    KeyServiceSelected: then((doc, data) => ({
      services: [...doc.services, (data as { readonly serviceId: string }).serviceId],
      status: doc.status === 'cycle-open' ? 'diagnosing' : doc.status,
    })),
    CurrentStandardRecorded: touched,
    DesiredStandardSet: touched,
    GapIdentified: touched,
    DiagnosisEnded: becomes('goal-setting'),
    ProblemStated: then(({ problems }) => ({ problems: problems + 1 })),
    ProblemCausesStated: touched,
    GoalSet: then(({ goals }) => ({ goals: goals + 1 })),
    GoalChanged: touched,
    GoalRemoved: then(({ goals }) => ({ goals: goals - 1 })),
    GoalSettingEnded: becomes('prioritising'),
    SolutionProposed: touched,
    SolutionScored: touched,
    PrioritiesRanked: touched,
    SolutionSelected: then(({ selectedSolutions }) => ({ selectedSolutions: selectedSolutions + 1 })),
    SolutionRejected: touched,
    SolutionOwnerNamed: touched,
    PlanSubmitted: then((_doc, data) => ({ status: 'submitted', version: versionOf(data) })),
    PlanReturned: becomes('goal-setting'),
    PlanEndorsedByHead: becomes('endorsed'),
    PlanApprovedByExecutive: becomes('approved'),
    PlanPublished: becomes('published'),
    PublishedResultRecorded: touched,
    ProgressReportFiled: touched,
    ProgressReportVerified: touched,
    ProgressReportReturned: touched,
    PlanRevisionProposed: becomes('under-revision'),
    PlanRevisionApproved: touched,
    PlanRevisionRejected: becomes('published'),
    PlanRevisionPublished: then((_doc, data) => ({ status: 'published', version: versionOf(data) })),
    GoalRevised: touched,
    PlanCycleClosed: becomes('cycle-closed'),
    PlanEvaluated: becomes('evaluated'),
    PlanCycleFollowed: touched,
    GoalCarriedForward: touched,
  },
});

export interface PlanRow {
  readonly plan: string;
  readonly title: string;
  readonly cycle: number;
  readonly from: string;
  readonly to: string;
  readonly predecessor: string | null;
  readonly publishedBy: string | null;
  readonly status: ListedStatus;
  readonly version: number;
  readonly services: readonly string[];
  readonly problems: number;
  readonly goals: number;
  readonly selectedSolutions: number;
  readonly revision: string;
  readonly updatedAt: string;
}

export const rowOf = ({ _id, agency: _agency, ...doc }: ListedPlan): PlanRow => ({
  plan: doc.plan,
  title: doc.title,
  cycle: doc.cycle,
  from: doc.from,
  to: doc.to,
  predecessor: doc.predecessor ?? null,
  publishedBy: doc.publishedBy ?? null,
  status: doc.status,
  version: doc.version,
  services: doc.services,
  problems: doc.problems,
  goals: doc.goals,
  selectedSolutions: doc.selectedSolutions,
  revision: doc.revision,
  updatedAt: doc.updatedAt,
});
