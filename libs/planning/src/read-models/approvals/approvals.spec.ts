import type { RecordedEvent } from '@app/kernel';
import {
  approved,
  awaiting,
  closed,
  complete,
  endorsed,
  hash,
  inForce,
  opened,
  oversightApproved,
  reportFiled,
  reportReturned,
  reportVerified,
  returned,
  strengtheningApproved,
  strengtheningProposed,
  weakeningApproved,
  weakeningProposed,
} from '../../plan/plan.examples.js';
import type { PlanEvent } from '../../plan/plan.events.js';
import { rowOf, withMatterOf, type ApprovalRow, type Matter } from './approvals.js';

/** Documents after these events, as the engine folds them. */
function folded(events: readonly PlanEvent[]): ReadonlyMap<string, Matter> {
  return events.reduce<ReadonlyMap<string, Matter>>((matters, event, index) => {
    const recorded = {
      ...event,
      stream: { category: 'plan', tenant: 'boston', id: 'water-2026' },
      metadata: { occurredAt: `2026-01-05T09:00:${String(index).padStart(2, '0')}Z` },
    } as unknown as RecordedEvent;
    return withMatterOf(matters, recorded);
  }, new Map());
}

const waitingAfter = (...events: readonly PlanEvent[]): readonly Matter[] =>
  [...folded(events).values()].filter(({ waiting }) => waiting);
const rowsAfter = (...events: readonly PlanEvent[]): readonly ApprovalRow[] => waitingAfter(...events).map(rowOf);
const submittedAgain = { ...awaiting.at(-1)!, data: { ...awaiting.at(-1)!.data, author: 'p-lead' } } as PlanEvent;

describe('the approvals inbox', () => {
  it('has nothing of a plan that is written', () => expect(rowsAfter(...complete)).toEqual([]));
  it('shows a submitted plan to the head of department, with what is decided on and since when', () => {
    expect(rowsAfter(...awaiting)).toEqual([
      {
        plan: 'water-2026',
        kind: 'plan',
        item: '',
        about: 'Water that runs',
        step: 'endorse',
        role: 'head-of-department',
        person: null,
        since: `2026-01-05T09:00:${awaiting.length - 1}Z`,
        by: 'p-clerk',
        contentHash: hash,
      },
    ]);
    expect(waitingAfter(...awaiting)).toMatchObject([{ excluded: ['p-clerk'] }]);
  });
  it('shows it to the executive when it is endorsed, but not to who endorsed it', () =>
    expect(waitingAfter(...awaiting, endorsed)).toMatchObject([
      { step: 'approve', role: 'executive', excluded: ['p-clerk', 'p-head'] },
    ]));
  it('shows it once more before it is published, and no longer', () => {
    expect(rowsAfter(...awaiting, endorsed, approved)).toMatchObject([{ step: 'publish', role: 'executive' }]);
    expect(rowsAfter(...inForce)).toEqual([]);
  });
  it('gives a returned plan back to its authors, and forgets who had endorsed it', () => {
    expect(rowsAfter(...awaiting, endorsed, returned)).toMatchObject([{ step: 'mend', role: 'service-owner' }]);
    expect([...folded([...awaiting, endorsed, returned, submittedAgain]).values()]).toMatchObject([
      { step: 'endorse', authors: ['p-clerk', 'p-lead'], deciders: [], excluded: ['p-clerk', 'p-lead'] },
    ]);
  });
  it('shows a report to the verifier, or back to its reporter, until it is verified', () => {
    expect(waitingAfter(...inForce, reportFiled)).toMatchObject([
      { kind: 'report', about: '2026-Q4', step: 'verify', role: 'verifier', excluded: ['p-owner'] },
    ]);
    expect(rowsAfter(...inForce, reportFiled, reportReturned)).toMatchObject([
      { item: 'report-2026-q4', step: 'mend', role: 'service-owner', person: 'p-owner' },
    ]);
    expect(rowsAfter(...inForce, reportFiled, reportVerified)).toEqual([]);
  });
  it('shows a revision to the executive, and one that weakens to oversight first', () => {
    expect(waitingAfter(...inForce, strengtheningProposed)).toMatchObject([
      { kind: 'revision', step: 'approve', role: 'executive', excluded: ['p-owner'] },
    ]);
    expect(rowsAfter(...inForce, weakeningProposed)).toMatchObject([
      { item: 'drought', about: 'The drought left the pipes dry.', step: 'approve', role: 'oversight' },
    ]);
    expect(waitingAfter(...inForce, weakeningProposed, oversightApproved)).toMatchObject([
      { step: 'approve', role: 'executive', excluded: ['p-owner', 'p-council'] },
    ]);
    for (const approvedRevision of [
      [weakeningProposed, oversightApproved, weakeningApproved],
      [strengtheningProposed, strengtheningApproved],
    ])
      expect(waitingAfter(...inForce, ...approvedRevision)).toMatchObject([
        { step: 'publish', role: 'executive', excluded: ['p-owner'] },
      ]);
    const by = 'p-mayor';
    const contentHash = hash;
    for (const end of [
      { type: 'PlanRevisionPublished', data: { revisionId: 'drought', version: 2, contentHash, by } },
      { type: 'PlanRevisionRejected', data: { revisionId: 'drought', reason: 'No.', by } },
    ] as const)
      expect(rowsAfter(...inForce, weakeningProposed, end)).toEqual([]);
  });
  it('shows a closed cycle to oversight until it is evaluated', () => {
    expect(waitingAfter(...closed)).toMatchObject([
      { step: 'evaluate', role: 'oversight', excluded: ['p-clerk', 'p-head', 'p-mayor'] },
    ]);
  });
  it('has nothing of a plan that somebody else decided on', () => {
    const recorded: PlanEvent = {
      type: 'PublishedPlanRecorded',
      data: { ...opened.data, publishedBy: 'Canada', source: 'goals.csv', sourceHash: hash },
    };
    expect(rowsAfter(recorded, ...closed.slice(1))).toEqual([]);
  });
  it('puts the longest wait first', () => {
    const [first, second] = waitingAfter(...inForce, reportFiled, weakeningProposed);
    expect(first!.order < second!.order).toBe(true);
  });
});
