import type { ConsultationEvent } from '../consultation/consultation.events.js';
import { consultation } from '../consultation/consultation.state.js';
import { isOpenAt, termsOf } from './consultation-terms.js';

const planned: ConsultationEvent = {
  type: 'ConsultationPlanned',
  data: {
    title: 'Minimum wage',
    subject: { kind: 'plan', id: 'wages' },
    level: 'consult',
    questions: ['What do you think of it?'],
    requiredGroups: [
      { groupId: 'renters', name: 'Renters', population: 9, asOf: '2026-01-01', source: 'Census', threshold: '0.5' },
    ],
    minOpenDays: 10,
    planner: 'p-1',
  },
};
const opened = (openedAt: string, closesAt: string): ConsultationEvent => ({
  type: 'ConsultationOpened',
  data: { materialsHash: 'ab', openedAt, closesAt },
});
const closed = (closedAt: string, adequate: boolean): ConsultationEvent => ({
  type: 'ConsultationClosed',
  data: { closedAt, adequate, coverage: [] },
});
const after = (...events: readonly ConsultationEvent[]) =>
  termsOf(events.reduce(consultation.evolve, consultation.initial));
const january = opened('2026-01-05T00:00:00Z', '2026-01-20T00:00:00Z');

describe('what votes are held against', () => {
  it('is nothing before a consultation is planned', () =>
    expect(after()).toEqual({ isKnown: false, groups: [], openings: [] }));
  it('are its groups from then on', () =>
    expect(after(planned)).toEqual({ isKnown: true, groups: ['renters'], openings: [] }));
  it('is the time in which it is open, until it is to close', () => {
    const terms = after(planned, january);
    expect(terms.openings).toEqual([{ from: '2026-01-05T00:00:00Z', to: '2026-01-20T00:00:00Z' }]);
    expect(
      ['2026-01-04T23:59:59.999Z', '2026-01-05T00:00:00Z', '2026-01-19T23:59:59.999Z', '2026-01-20T00:00:00Z'].map(
        (instant) => isOpenAt(terms, instant),
      ),
    ).toEqual([false, true, true, false]);
  });
  it('ends with the close where that comes first', () =>
    expect(after(planned, january, closed('2026-01-18T00:00:00Z', true))).toMatchObject({
      openings: [{ to: '2026-01-18T00:00:00Z' }],
      endedAt: '2026-01-18T00:00:00Z',
    }));
  it('is every opening of one that was opened again', () =>
    expect(
      after(
        planned,
        january,
        closed('2026-01-22T00:00:00Z', false),
        opened('2026-02-01T00:00:00Z', '2026-02-20T00:00:00Z'),
      ).openings,
    ).toEqual([
      { from: '2026-01-05T00:00:00Z', to: '2026-01-20T00:00:00Z' },
      { from: '2026-02-01T00:00:00Z', to: '2026-02-20T00:00:00Z' },
    ]));
  it('has not ended while it may be opened again', () =>
    expect(after(planned, january, closed('2026-01-22T00:00:00Z', false)).endedAt).toBeUndefined());
});
