import type { RecordedEvent } from '@app/kernel';
import {
  by,
  closed,
  goalSet,
  inForce,
  leaksGoal,
  oversightApproved,
  weakeningApproved,
  weakeningProposed,
} from '../../plan/plan.examples.js';
import { planEvents, type PlanEvent } from '../../plan/plan.events.js';
import { plan } from '../../plan/plan.state.js';
import {
  closed2018,
  recorded2018,
  recorded2019,
  requestsCarried,
  requestsGoal,
  requestsRecorded,
} from '../../plan/published-plan.examples.js';
import { callCentreSelected, chatLineRejected, ownerNamed, ranked } from '../../plan/solution.examples.js';
import { planBook, type BookedDocument } from './plan-book.js';

const carried = { goalId: 'leaks-in-three-days', toPlan: 'water-2029', by };
const at = '2026-04-01T09:00:00Z';

type OfStream = readonly [category: string, id: string, event: object];

/** Folds events of several streams, each with the revision that it has in its stream. */
function booked(events: readonly OfStream[], before = new Map<string, BookedDocument>(), first = 0n) {
  const documents = new Map(before);
  const revisions = new Map<string, bigint>();
  for (const [category, id, event] of events) {
    const revision = (revisions.get(`${category} ${id}`) ?? first - 1n) + 1n;
    revisions.set(`${category} ${id}`, revision);
    const stream = { category, tenant: 'boston', id };
    const recorded = { ...event, stream, revision, metadata: { occurredAt: at } } as unknown as RecordedEvent;
    for (const documentId of planBook.documentIds(recorded)) {
      const folded = planBook.on[recorded.type]!(documents.get(documentId), recorded, documentId);
      if (folded !== undefined) documents.set(documentId, folded);
    }
  }
  return documents;
}

/** What the document store keeps: it has null for undefined. */
const stored = (documents: ReadonlyMap<string, BookedDocument>): Map<string, BookedDocument> =>
  new Map(
    JSON.parse(JSON.stringify([...documents], (_name, value: unknown) => value ?? null)) as [string, BookedDocument][],
  );

const ofPlan = (...events: readonly PlanEvent[]): OfStream[] => events.map((event) => ['plan', 'water-2026', event]);
const card = { title: 'Days', kind: 'value', disaggregations: [], reportingCycle: 'quarter' };

describe('the book of plans', () => {
  it('hears every event of a plan', () =>
    expect(Object.keys(planBook.on)).toEqual(expect.arrayContaining(Object.keys(planEvents))));
  it('holds a whole plan in one document, with its revision', () =>
    expect(booked(ofPlan(...inForce)).get('plan/boston/water-2026')).toEqual({
      _id: 'plan/boston/water-2026',
      kind: 'plan',
      agency: 'boston',
      plan: 'water-2026',
      revision: String(inForce.length - 1),
      updatedAt: at,
      state: inForce.reduce(plan.evolve, plan.initial),
      targetChanges: [],
    }));
  it.each<[string, readonly PlanEvent[]]>([
    ['through its whole life', [...closed, { type: 'GoalCarriedForward', data: carried }]],
    ['with a revision', [...inForce, weakeningProposed, oversightApproved, weakeningApproved]],
    ['with ranked solutions', [...ranked, callCentreSelected, chatLineRejected, ownerNamed]],
    ['of somebody else', [recorded2018, requestsRecorded, closed2018]],
  ])('is the same document %s, however the events were batched', (_what, events) => {
    const batches = events.reduce(
      (documents, event, index) => stored(booked(ofPlan(event), documents, BigInt(index))),
      new Map<string, BookedDocument>(),
    );
    expect(JSON.stringify([...batches])).toBe(JSON.stringify([...stored(booked(ofPlan(...events)))]));
  });
  it('keeps how targets were changed, and whether that weakened them', () => {
    const now = { ...requestsGoal, target: { kind: 'max' as const, value: '97' } };
    const revised: PlanEvent = {
      type: 'GoalRevised',
      data: {
        goalId: 'dr-quant-329',
        was: requestsGoal,
        now,
        weakening: true,
        reason: 'diminished',
        authority: 'Treasury Board Secretariat',
      },
    };
    const documents = booked(ofPlan(recorded2019, requestsCarried, revised));
    expect(documents.get('plan/boston/water-2026')).toMatchObject({
      targetChanges: [
        {
          goalId: 'dr-quant-329',
          was: { kind: 'max', value: '100.00' },
          now: { kind: 'max', value: '97' },
          weakening: true,
          reason: 'diminished',
          authority: 'Treasury Board Secretariat',
          changedAt: at,
        },
      ],
    });
  });
  it('knows of an indicator its card, and how far each ledger goes', () => {
    const documents = booked([
      ['indicator', 'leak-days', { type: 'IndicatorDefined', data: card }],
      ['readings', 'leak-days/2025-Q4', { type: 'ValueRecorded', data: { entry: 0 } }],
      ['readings', 'leak-days/2025-Q4', { type: 'ReadingVerified', data: { entry: 0 } }],
      ['readings', 'leak-days/2026-Q1', { type: 'ValueRecorded', data: { entry: 0 } }],
    ]);
    expect([...documents.values()]).toEqual([
      expect.objectContaining({
        _id: 'indicator/boston/leak-days',
        kind: 'indicator',
        state: expect.objectContaining({ status: 'defined', card }),
        ledgers: { '2025-Q4': '1', '2026-Q1': '0' },
      }),
    ]);
  });
  it('keeps plan and indicator of one name apart', () => {
    const defined: OfStream = ['indicator', 'water-2026', { type: 'IndicatorDefined', data: card }];
    expect([...booked([...ofPlan(...inForce, goalSet), defined]).keys()]).toEqual([
      'plan/boston/water-2026',
      'indicator/boston/water-2026',
    ]);
  });
  it('has goals as they were set', () =>
    expect(booked(ofPlan(...inForce)).get('plan/boston/water-2026')).toMatchObject({
      state: { goals: [leaksGoal] },
    }));
});
