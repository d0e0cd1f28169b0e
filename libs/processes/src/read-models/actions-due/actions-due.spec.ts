import type { RecordedEvent } from '@app/kernel';
import { lateGoal, reminded, reminderDone } from '../../process/process.examples.js';
import type { ProcessEvent } from '../../process/process.events.js';
import { actionsDue, noDueDay, type ActionDue } from './actions-due.js';

const idOfAction = 'boston/remind-owner-when-progress-is-late/water-2026#remind leaks 2026-Q1';

const recorded = (event: ProcessEvent, day = 1): RecordedEvent =>
  ({
    ...event,
    stream: { category: 'process', tenant: 'boston', id: 'remind-owner-when-progress-is-late/water-2026' },
    metadata: { occurredAt: `2026-04-0${day}T09:00:00Z` },
  }) as unknown as RecordedEvent;

const shown = (...events: readonly ProcessEvent[]): ActionDue | undefined =>
  events.reduce<ActionDue | undefined>(
    (doc, event, index) => actionsDue.on[event.type]!(doc, recorded(event, index + 1), idOfAction),
    undefined,
  );

describe('the actions that are due', () => {
  it('says what is asked of whom, about what and until when', () =>
    expect(shown(reminded)).toEqual({
      _id: idOfAction,
      agency: 'boston',
      process: 'remind-owner-when-progress-is-late',
      kind: 'report-progress',
      role: 'service-owner',
      person: 'p-owner',
      subject: lateGoal,
      dueOn: '2026-04-21',
      reason: 'There is neither a reading nor a report for 2026-Q1.',
      status: 'open',
      requestedAt: '2026-04-01T09:00:00Z',
    }));
  it('keeps what was settled, with its outcome and time', () =>
    expect(shown(reminded, reminderDone)).toMatchObject({ status: 'done', settledAt: '2026-04-02T09:00:00Z' }));
  it('puts what has no day last', () => {
    const { dueOn: _dueOn, ...data } = reminded.data as { dueOn: string };
    expect(shown({ ...reminded, data } as ProcessEvent)).toMatchObject({ dueOn: noDueDay });
  });
  it('has one document for each action of an instance, and none for other events', () => {
    expect(actionsDue.documentIds(recorded(reminded))).toEqual([idOfAction]);
    expect(actionsDue.documentIds(recorded(reminderDone))).toEqual([idOfAction]);
    expect(actionsDue.documentIds(recorded({ type: 'Forgotten', data: { name: 'plan x' } }))).toEqual([]);
  });
});
