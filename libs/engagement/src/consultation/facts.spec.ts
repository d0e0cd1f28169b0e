import { agreement } from '@app/agreements/events';
import type { AggregateReader } from '@app/event-store';
import type { Aggregate, DomainEvent } from '@app/kernel';
import { plan, type PlanEvent } from '@app/planning/events';
import type { AnswerLink } from './consultation.events.js';
import { deadLinks, standingOf, timeZoneOf } from './facts.js';

const contentHash = 'a'.repeat(64);
const by = 'p-1';
const drafting: readonly PlanEvent[] = [
  {
    type: 'PlanCycleOpened',
    data: { title: 'Water', cycle: 1, from: '2026-04-01', to: '2029-03-31', strategicPlanRef: '3', by },
  },
  { type: 'KeyServiceSelected', data: { serviceId: 'water', rationale: 'x', evidence: [], by } },
  {
    type: 'ProblemStated',
    data: {
      problemId: 'far',
      serviceId: 'water',
      statement: 'Too far',
      origin: { kind: 'audit', reference: '7' },
      causes: [],
      by,
    },
  },
  { type: 'GoalSet', data: { goalId: 'near', title: 'Near', problemIds: ['far'], trajectory: [], by } },
  { type: 'DiagnosisEnded', data: { by } },
  { type: 'GoalSettingEnded', data: { by } },
];
const submitted: PlanEvent = {
  type: 'PlanSubmitted',
  data: { version: 1, contentHash, consultations: [], author: by },
};
const returned: PlanEvent = { type: 'PlanReturned', data: { contentHash, findings: [{ finding: 'Too little' }], by } };
const terms = { objectives: [{ objectiveId: 'on-time' }] };

/** What stands in the streams. */
const reader = (states: Readonly<Record<string, unknown>>): AggregateReader => ({
  load: <State, Event extends DomainEvent>(
    { category, initial }: Aggregate<State, Event>,
    tenant: string,
    id: string,
  ) => Promise.resolve({ state: (states[`${category}-${tenant}/${id}`] ?? initial) as State, revision: 0n }),
});
const after = (...events: readonly PlanEvent[]): unknown => events.reduce(plan.evolve, plan.initial);
const withPlan = (...events: readonly PlanEvent[]) => reader({ 'plan-boston/water': after(...events) });

describe('what a consultation informs', () => {
  const ofPlan = { kind: 'plan', id: 'water' } as const;

  it.each(drafting.map((_event, index) => index))(
    'is undecided while the plan is written: after %i more events',
    (more) => expect(standingOf(withPlan(...drafting.slice(0, more + 1)), 'boston', ofPlan)).resolves.toBe('undecided'),
  );
  it('is decided from the submission of the plan on, until it is returned', async () => {
    expect(await standingOf(withPlan(...drafting, submitted), 'boston', ofPlan)).toBe('decided');
    expect(await standingOf(withPlan(...drafting, submitted, returned), 'boston', ofPlan)).toBe('undecided');
  });
  it('is decided from the submission of an agreement for signature on', async () => {
    const of = (status: string) =>
      standingOf(reader({ 'agreement-boston/supply': { status, terms } }), 'boston', {
        kind: 'agreement',
        id: 'supply',
      });
    expect(await of('drafting')).toBe('undecided');
    for (const status of ['awaiting-signatures', 'signed', 'active']) expect(await of(status)).toBe('decided');
  });
  it.each(['plan', 'agreement', 'amendment'] as const)('is unknown where there is no such %s', (kind) =>
    expect(standingOf(reader({}), 'boston', { kind, id: 'nothing' })).resolves.toBe('unknown'),
  );
});

describe('what an answer leads to', () => {
  const stream = `${agreement.category}-boston/supply`;
  const all = reader({ 'plan-boston/water': after(...drafting), [stream]: { status: 'drafting', terms } });
  const alive: readonly AnswerLink[] = [
    { kind: 'problem', plan: 'water', id: 'far' },
    { kind: 'goal', plan: 'water', id: 'near' },
    { kind: 'clause', agreement: 'supply', id: 'on-time' },
  ];
  const dead: readonly AnswerLink[] = [
    { kind: 'problem', plan: 'water', id: 'near' },
    { kind: 'goal', plan: 'water', id: 'far' },
    { kind: 'goal', plan: 'roads', id: 'near' },
    { kind: 'goal', id: 'near' },
    { kind: 'goal', plan: 'water', agreement: 'supply', id: 'near' },
    { kind: 'clause', agreement: 'supply', id: 'near' },
    { kind: 'clause', agreement: 'roads', id: 'on-time' },
    { kind: 'clause', plan: 'water', id: 'far' },
  ];

  it('is a problem, goal or clause that is there', () =>
    expect(deadLinks(all, 'boston', [...alive, ...dead])).resolves.toEqual(dead));
  it('is of the same agency', () => expect(deadLinks(all, 'cape-town', alive)).resolves.toEqual(alive));
});

describe('the time zone of an agency', () => {
  it('is the one that it was registered with', async () => {
    const registered = { status: 'registered', name: 'Boston', timeZone: 'America/New_York' };
    expect(await timeZoneOf(reader({ 'agency-boston/boston': registered }), 'boston')).toBe('America/New_York');
    expect(await timeZoneOf(reader({}), 'boston')).toBeUndefined();
  });
});
