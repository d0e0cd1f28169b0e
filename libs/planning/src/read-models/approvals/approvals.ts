import type { RecordedEvent } from '@app/kernel';
import { defineProjection } from '@app/projections';
import type { PlanEvent } from '../../plan/plan.events.js';

export const steps = ['endorse', 'approve', 'publish', 'verify', 'evaluate', 'mend'] as const;
export type Step = (typeof steps)[number];
export const decidingRoles = ['service-owner', 'head-of-department', 'executive', 'verifier', 'oversight'] as const;
export type DecidingRole = (typeof decidingRoles)[number];

/** A plan, progress report or revision, and what it waits for. */
export interface Matter {
  /** `boston/water-2026`, `boston/water-2026/report/report-2026-q4` or `boston/water-2026/revision/drought`. */
  readonly _id: string;
  readonly agency: string;
  readonly plan: string;
  readonly kind: 'plan' | 'report' | 'revision';
  /** Title of the plan, period of the report, or reason of the revision. */
  readonly about: string;
  readonly waiting: boolean;
  /** Where it waits: `<since> <_id>`, so that the longest wait comes first. */
  readonly order: string;
  readonly since: string;
  readonly step?: Step;
  readonly role?: DecidingRole;
  /** Who brought it there. */
  readonly by: string;
  /** Persons who have another duty in the matter: they are refused. */
  readonly excluded: readonly string[];
  /** The one person that it waits for, where the role is not enough. */
  readonly person?: string;
  /** What is decided on. */
  readonly contentHash?: string;
  /** Of a plan: who wrote it, and who decided on it so far. */
  readonly authors?: readonly string[];
  readonly deciders?: readonly string[];
}

type Recorded = Pick<RecordedEvent, 'stream' | 'metadata'>;

/** A report and a revision are matters of their own; everything else is about the plan. */
function idOf({ stream, data }: RecordedEvent<PlanEvent>): string {
  const plan = `${stream.tenant}/${stream.id}`;
  if ('reportId' in data) return `${plan}/report/${data.reportId}`;
  return 'revisionId' in data ? `${plan}/revision/${data.revisionId}` : plan;
}

interface Wait {
  readonly step: Step;
  readonly role: DecidingRole;
  readonly by: string;
  readonly excluded: readonly string[];
  readonly person?: string;
  readonly contentHash?: string;
}

type Begun = Pick<Matter, '_id' | 'agency' | 'plan' | 'kind' | 'about' | 'authors' | 'deciders'>;

const begun = (id: string, { stream }: Recorded, kind: Matter['kind'], about: string): Begun => ({
  _id: id,
  agency: stream.tenant,
  plan: stream.id,
  kind,
  about,
});

const kept = ({ _id, agency, plan, kind, about, authors = [], deciders = [] }: Begun): Begun => ({
  ...{ _id, agency, plan, kind, about },
  ...(kind === 'plan' ? { authors, deciders } : {}),
});

const waiting = (matter: Begun, { metadata }: Recorded, wait: Wait): Matter => ({
  ...kept(matter),
  waiting: true,
  order: `${metadata.occurredAt} ${matter._id}`,
  since: metadata.occurredAt,
  ...wait,
});

const idle = (matter: Begun, { metadata }: Recorded, by: string): Matter => ({
  ...kept(matter),
  waiting: false,
  order: `${metadata.occurredAt} ${matter._id}`,
  since: metadata.occurredAt,
  by,
  excluded: [],
});

const including = (persons: readonly string[] = [], person: string): readonly string[] =>
  persons.includes(person) ? persons : [...persons, person];

type Written = Recorded & { readonly data: { readonly by: string } };

const written = (doc: Matter | undefined, { data }: Written): Matter | undefined =>
  doc && { ...doc, authors: including(doc.authors, data.by) };

/** Who proposed a revision is the first who is excluded from deciding on it. */
const proposerOf = ({ excluded }: Matter): readonly string[] => excluded.slice(0, 1);

/** What waits for a decision on the way of a plan, for whom, and since when. A recorded plan waits for nobody. */
export const approvals = defineProjection<Matter, PlanEvent>({
  name: 'approvals',
  version: 1,
  indexes: [
    { key: { agency: 1, waiting: 1, order: 1, _id: 1 } },
    { key: { agency: 1, waiting: 1, role: 1, order: 1, _id: 1 } },
    { key: { agency: 1, waiting: 1, plan: 1, order: 1, _id: 1 } },
    { key: { agency: 1, waiting: 1, plan: 1, role: 1, order: 1, _id: 1 } },
  ],
  documentId: idOf,
  on: {
    PlanCycleOpened: (_doc, event, id) =>
      idle({ ...begun(id, event, 'plan', event.data.title), authors: [event.data.by] }, event, event.data.by),
    GoalSet: written,
    GoalChanged: written,
    GoalRemoved: written,
    PlanSubmitted: (doc, event) => {
      if (doc === undefined) return undefined;
      const { author, contentHash } = event.data;
      const authors = including(doc.authors, author);
      const wait = { step: 'endorse', role: 'head-of-department', by: author, excluded: authors, contentHash } as const;
      return waiting({ ...doc, authors, deciders: [] }, event, wait);
    },
    PlanReturned: (doc, event) =>
      doc && waiting(doc, event, { step: 'mend', role: 'service-owner', by: event.data.by, excluded: [] }),
    PlanEndorsedByHead: (doc, event) => {
      if (doc === undefined) return undefined;
      const { endorser, contentHash } = event.data;
      const excluded = including(doc.authors, endorser);
      const wait = { step: 'approve', role: 'executive', by: endorser, excluded, contentHash } as const;
      return waiting({ ...doc, deciders: including(doc.deciders, endorser) }, event, wait);
    },
    PlanApprovedByExecutive: (doc, event) => {
      if (doc === undefined) return undefined;
      const { approver, contentHash } = event.data;
      const excluded = doc.authors ?? [];
      const wait = { step: 'publish', role: 'executive', by: approver, excluded, contentHash } as const;
      return waiting({ ...doc, deciders: including(doc.deciders, approver) }, event, wait);
    },
    PlanPublished: (doc, event) => doc && idle(doc, event, event.data.by),
    PlanCycleClosed: (doc, event) => {
      if (doc === undefined) return undefined;
      const excluded = (doc.deciders ?? []).reduce(including, doc.authors ?? []);
      return waiting(doc, event, { step: 'evaluate', role: 'oversight', by: event.data.by, excluded });
    },
    PlanEvaluated: (doc, event) => doc && idle(doc, event, event.data.by),
    ProgressReportFiled: (_doc, event, id) => {
      const { period, reporter } = event.data;
      const wait = { step: 'verify', role: 'verifier', by: reporter, excluded: [reporter] } as const;
      return waiting(begun(id, event, 'report', period), event, wait);
    },
    ProgressReportVerified: () => undefined,
    ProgressReportReturned: (doc, event) =>
      doc &&
      waiting(doc, event, {
        ...{ step: 'mend', role: 'service-owner', by: event.data.verifier, excluded: [] },
        person: doc.by,
      }),
    PlanRevisionProposed: (_doc, event, id) => {
      const { reason, weakening, proposer } = event.data;
      const role = weakening ? 'oversight' : 'executive';
      const wait = { step: 'approve', role, by: proposer, excluded: [proposer] } as const;
      return waiting(begun(id, event, 'revision', reason), event, wait);
    },
    PlanRevisionApproved: (doc, event) => {
      if (doc === undefined) return undefined;
      const { approver, authority } = event.data;
      const byOversight = authority === 'oversight';
      return waiting(doc, event, {
        step: byOversight ? 'approve' : 'publish',
        role: 'executive',
        by: approver,
        excluded: byOversight ? including(doc.excluded, approver) : proposerOf(doc),
      });
    },
    PlanRevisionRejected: () => undefined,
    PlanRevisionPublished: () => undefined,
  },
});

/** The matters after one more event, folded as the engine folds them. */
export function withMatterOf(matters: ReadonlyMap<string, Matter>, event: RecordedEvent): ReadonlyMap<string, Matter> {
  const fold = approvals.on[event.type];
  if (fold === undefined) return matters;
  const next = new Map(matters);
  for (const id of approvals.documentIds(event)) {
    const matter = fold(next.get(id), event, id);
    if (matter === undefined) next.delete(id);
    else next.set(id, matter);
  }
  return next;
}

export type ApprovalRow = Pick<Matter, 'plan' | 'kind' | 'about' | 'since' | 'by'> & {
  /** Report or revision; empty for the plan itself. */
  readonly item: string;
  readonly step: Step;
  readonly role: DecidingRole;
  readonly person: string | null;
  readonly contentHash: string | null;
};

export const rowOf = ({ _id, plan, kind, about, since, step, role, by, person, contentHash }: Matter): ApprovalRow => ({
  plan,
  kind,
  item: kind === 'plan' ? '' : _id.slice(_id.lastIndexOf('/') + 1),
  about,
  step: step!,
  role: role!,
  person: person ?? null,
  since,
  by,
  contentHash: contentHash ?? null,
});
