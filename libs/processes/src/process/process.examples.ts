import type { ProcessEvent, Subject } from './process.events.js';

export const lateGoal: Subject = { kind: 'goal', stream: 'plan-boston/water-2026', id: 'leaks' };
export const cause = {
  eventId: '00000000-0000-4000-8000-000000000003',
  correlationId: '00000000-0000-4000-8000-000000000002',
};
export const timerSet: ProcessEvent = {
  type: 'TimerSet',
  data: { timer: 'look', dueAt: '2026-04-15T00:00:00-04:00', cause },
};
export const timerElapsed: ProcessEvent = { type: 'TimerElapsed', data: { timer: 'look' } };
export const reminded: ProcessEvent = {
  type: 'ActionRequested',
  data: {
    action: 'remind leaks 2026-Q1',
    kind: 'report-progress',
    role: 'service-owner',
    person: 'p-owner',
    subject: lateGoal,
    dueOn: '2026-04-21',
    reason: 'There is neither a reading nor a report for 2026-Q1.',
  },
};
export const reminderDone: ProcessEvent = {
  type: 'ActionSettled',
  data: { action: 'remind leaks 2026-Q1', outcome: 'done' },
};
export const issued: ProcessEvent = {
  type: 'CommandIssued',
  data: { name: 'open next', command: 'open-plan-cycle', target: 'water-2029', data: { cycle: 2 }, cause },
};
export const accepted: ProcessEvent = {
  type: 'CommandAccepted',
  data: { name: 'open next', revision: '0', eventIds: ['00000000-0000-4000-8000-000000000004'] },
};
export const refused: ProcessEvent = {
  type: 'CommandRefused',
  data: { name: 'open next', rule: 'plan/the-predecessor-is-closed', sentence: 'A plan cycle is opened later.' },
};
export const noticeGiven: ProcessEvent = {
  type: 'PublicNoticeGiven',
  data: {
    notice: 'no-data leaks',
    kind: 'no-data',
    subject: lateGoal,
    since: '2026-04-29',
    reason: 'There is neither a reading nor a report for 2026-Q1.',
  },
};
