import type { RecordedEvent } from '@app/kernel';
import {
  blockerCleared,
  blockerRaised,
  cancelled,
  hiringMissed,
  hiringPlanned,
  hiringReached,
  hiringRescheduled,
  initiativeStarted,
  progressReported,
} from '../../initiative/initiative.examples.js';
import { initiativeEvents, type InitiativeEvent } from '../../initiative/initiative.events.js';
import { initiativeBoard, never, rowOf, type BoardedInitiative } from './initiative-board.js';

type Handler = (doc: BoardedInitiative | undefined, event: RecordedEvent) => BoardedInitiative | undefined;
const handlers = initiativeBoard.on as unknown as Readonly<Record<string, Handler>>;

function fold(...events: readonly InitiativeEvent[]): BoardedInitiative {
  return events.reduce<BoardedInitiative | undefined>((doc, event, index) => {
    const recorded = {
      ...event,
      revision: BigInt(index),
      stream: { category: 'initiative', tenant: 'boston', id: 'water.second-crew' },
      metadata: { occurredAt: '2026-01-05T09:00:00Z' },
    } as unknown as RecordedEvent;
    return handlers[event.type]!(doc, recorded);
  }, undefined)!;
}
const progressOf = (spend: string): InitiativeEvent =>
  ({ ...progressReported, data: { ...progressReported.data, spend } }) as InitiativeEvent;

describe('the initiative board', () => {
  it('hears every event of an initiative', () =>
    expect(Object.keys(initiativeBoard.on).sort()).toEqual(Object.keys(initiativeEvents).sort()));
  it('shows an initiative from its start on', () =>
    expect(rowOf(fold(initiativeStarted), '2026-01-05')).toEqual({
      plan: 'water',
      initiative: 'second-crew',
      title: 'A second repair crew',
      status: 'under-way',
      owner: 'p-clerk',
      startedOn: '2026-01-05',
      dueOn: '2027-12-31',
      percent: null,
      confidence: null,
      lastReportOn: null,
      budget: '1200000',
      spend: null,
      currency: 'ZAR',
      spendPercent: null,
      overBudget: false,
      milestones: 0,
      milestonesReached: 0,
      milestonesMissed: 0,
      milestonesOverdue: 0,
      nextMilestone: null,
      nextMilestoneDueOn: null,
      openBlockers: [],
      blockerSeverity: null,
      overdue: false,
      revision: '0',
      updatedAt: '2026-01-05T09:00:00Z',
    }));
  it('shows milestones, blockers, progress and spend', () =>
    expect(rowOf(fold(initiativeStarted, hiringPlanned, blockerRaised, progressReported), '2026-01-05')).toMatchObject({
      percent: 40,
      confidence: 'medium',
      lastReportOn: '2026-01-05',
      spend: '300000.50',
      spendPercent: '25',
      milestones: 1,
      nextMilestone: 'crew-hired',
      nextMilestoneDueOn: '2026-06-30',
      openBlockers: ['no-van'],
      blockerSeverity: 'high',
      revision: '3',
    }));
  it('forgets a blocker that was cleared', () =>
    expect(rowOf(fold(initiativeStarted, blockerRaised, blockerCleared), '2026-01-05')).toMatchObject({
      openBlockers: [],
      blockerSeverity: null,
    }));
  it('is overdue when the day of a planned milestone has passed', () => {
    const doc = fold(initiativeStarted, hiringPlanned);
    expect(doc.nextDueOn).toBe('2026-06-30');
    expect(rowOf(doc, '2026-06-30')).toMatchObject({ overdue: false, milestonesOverdue: 0 });
    expect(rowOf(doc, '2026-07-01')).toMatchObject({ overdue: true, milestonesOverdue: 1 });
    expect(rowOf(fold(initiativeStarted, hiringPlanned, hiringRescheduled), '2026-07-01').overdue).toBe(false);
  });
  it('is overdue when its own day has passed, with all milestones decided', () => {
    for (const decided of [hiringReached, hiringMissed])
      expect(rowOf(fold(initiativeStarted, hiringPlanned, decided), '2028-01-01')).toMatchObject({
        overdue: true,
        milestonesOverdue: 0,
        nextMilestone: null,
      });
  });
  it('is never overdue after its end', () => {
    const doc = fold(initiativeStarted, hiringPlanned, cancelled);
    expect(doc.nextDueOn).toBe(never);
    expect(rowOf(doc, '2028-01-01')).toMatchObject({ status: 'cancelled', overdue: false, milestonesOverdue: 0 });
  });
  it('says when more was spent than planned, and no share of nothing', () => {
    expect(rowOf(fold(initiativeStarted, progressOf('1200000.01')), '2026-01-05')).toMatchObject({
      overBudget: true,
      spendPercent: '100',
    });
    const free = {
      ...initiativeStarted,
      data: { ...initiativeStarted.data, budget: { amount: '0', unit: 'ZAR' } },
    } as InitiativeEvent;
    expect(rowOf(fold(free, progressOf('0')), '2026-01-05')).toMatchObject({ overBudget: false, spendPercent: null });
  });
});
