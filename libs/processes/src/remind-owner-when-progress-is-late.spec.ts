import { due, heard, processSpecFor } from '@app/testing';
import type { ExpectedPoint } from './expected-progress.js';
import type { ProcessEvent } from './process/process.events.js';
import { processInstance } from './process/process.state.js';
import { remindOwnerWhenProgressIsLate, type ProgressFacts } from './remind-owner-when-progress-is-late.process.js';

const { given } = processSpecFor(processInstance, remindOwnerWhenProgressIsLate);

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const;
/** Monday to Friday; 20 April is a holiday. */
const days: ProgressFacts['days'] = {
  timeZone: 'America/New_York',
  calendar: {
    name: 'Office hours',
    timeZone: 'America/New_York',
    hours: [{ weeklyHours: weekdays.map((weekday) => ({ weekday, from: '09:00', to: '17:00' })) }],
    holidays: new Map([['2026-04-20', "Patriots' Day"]]),
    revokedHolidays: new Map(),
  },
};
const leaks = { kind: 'goal', stream: 'plan-boston/water-2026', id: 'leaks' } as const;
const quarter = (label: string, endsOn: string, isThere = false): ExpectedPoint => ({ label, endsOn, isThere });
const q1 = quarter('2026-Q1', '2026-03-31');
const q2 = quarter('2026-Q2', '2026-06-30');
const factsOf = (...points: readonly ExpectedPoint[]): ProgressFacts => ({
  days,
  expectations: [{ subject: leaks, owner: 'p-owner', points }],
});
const nothing: ProgressFacts = { days, expectations: [] };

const published = heard({ type: 'PlanPublished', data: {} }, { category: 'plan', tenant: 'boston', id: 'water-2026' });
const filed = heard(
  { type: 'ProgressReportFiled', data: {} },
  { category: 'plan', tenant: 'boston', id: 'water-2026' },
);
const closed = heard({ type: 'PlanCycleClosed', data: {} }, { category: 'plan', tenant: 'boston', id: 'water-2026' });
const since: ProcessEvent = { type: 'Remembered', data: { name: 'expected-since', value: '2026-01-05' } };
const look = (dueAt: string): ProcessEvent => ({ type: 'TimerSet', data: { timer: 'look', dueAt } });
const cancelled: ProcessEvent = { type: 'TimerCancelled', data: { timer: 'look' } };

const reason = 'There is neither a reading nor a report for 2026-Q1.';
/** Ten working days after 31 March end on 14 April, five more on 22 April, five more on 29 April. */
const reminder: ProcessEvent = {
  type: 'ActionRequested',
  data: {
    action: 'remind leaks 2026-Q1',
    kind: 'report-progress',
    role: 'service-owner',
    person: 'p-owner',
    subject: leaks,
    dueOn: '2026-04-22',
    reason,
  },
};
const escalation: ProcessEvent = {
  type: 'ActionRequested',
  data: {
    action: 'escalate leaks 2026-Q1',
    kind: 'see-to-missing-progress',
    role: 'head-of-department',
    subject: leaks,
    dueOn: '2026-04-29',
    reason,
  },
};
const notice: ProcessEvent = {
  type: 'PublicNoticeGiven',
  data: { notice: 'no-data leaks', kind: 'no-data', subject: leaks, since: '2026-04-01', reason },
};
const settled = (action: string, outcome: 'done' | 'withdrawn' | 'superseded'): ProcessEvent => ({
  type: 'ActionSettled',
  data: { action, outcome },
});
const midnight = (day: string): string => `${day}T00:00:00-04:00`;

describe('remind the owner when progress is late', () => {
  it('looks when the grace of the first period has passed: ten working days, until the end of the last one', () =>
    given()
      .when(published, factsOf(q1, q2), '2026-01-05T12:00:00Z')
      .then(since, look(midnight('2026-04-15'))));
  it('published twice, looks once', () =>
    given(since, look(midnight('2026-04-15')))
      .when(published, factsOf(q1, q2), '2026-01-06T12:00:00Z')
      .then());
  it('is silent a second before, in the time of the agency', () =>
    given(since)
      .when(due('look'), factsOf(q1, q2), '2026-04-15T03:59:59Z')
      .then(look(midnight('2026-04-15'))));
  it('reminds the owner, and looks again every night', () =>
    given(since)
      .when(due('look'), factsOf(q1, q2), '2026-04-15T04:00:00Z')
      .then(reminder, look(midnight('2026-04-16'))));
  it('asks for nothing where a reading or a report has come, and looks after the next period', () =>
    given(since)
      .when(due('look'), factsOf({ ...q1, isThere: true }, q2), '2026-04-15T04:00:00Z')
      .then(look(midnight('2026-07-15'))));
  it('tells the head of department five working days later: the holiday does not count', () => {
    given(since, reminder)
      .when(due('look'), factsOf(q1, q2), '2026-04-22T04:00:00Z')
      .then(look(midnight('2026-04-23')));
    given(since, reminder)
      .when(due('look'), factsOf(q1, q2), '2026-04-23T04:00:00Z')
      .then(escalation, look(midnight('2026-04-24')));
  });
  it('says in public that there are no data five working days after that, once', () => {
    given(since, reminder, escalation)
      .when(due('look'), factsOf(q1, q2), '2026-04-30T04:00:00Z')
      .then(notice, look(midnight('2026-05-01')));
    given(since, reminder, escalation, notice)
      .when(due('look'), factsOf(q1, q2), '2026-05-01T04:00:00Z')
      .then(look(midnight('2026-05-02')));
  });
  it('takes all steps that are due at once after a long standstill', () =>
    given(since)
      .when(due('look'), factsOf(q1, q2), '2026-06-01T12:00:00Z')
      .then(reminder, escalation, notice, look(midnight('2026-06-02'))));
  it('settles everything when a reading or a report comes', () =>
    given(since, reminder, escalation, notice, look(midnight('2026-05-01')))
      .when(filed, factsOf({ ...q1, isThere: true }, q2), '2026-04-30T12:00:00Z')
      .then(
        settled('remind leaks 2026-Q1', 'done'),
        settled('escalate leaks 2026-Q1', 'done'),
        { type: 'PublicNoticeWithdrawn', data: { notice: 'no-data leaks', reason: 'A reading or a report has come.' } },
        look(midnight('2026-07-15')),
      ));
  it('asks for the newest period whose grace has passed; the notice stands until something comes', () => {
    given(since, reminder, escalation, notice)
      .when(due('look'), factsOf(q1, q2), '2026-07-14T04:00:00Z')
      .then(look(midnight('2026-07-15')));
    const later = (event: ProcessEvent, name: string, dueOn: string): ProcessEvent =>
      ({
        type: event.type,
        data: { ...event.data, action: name, dueOn, reason: reason.replace('Q1', 'Q2') },
      }) as ProcessEvent;
    given(since, reminder, escalation, notice)
      .when(due('look'), factsOf(q1, q2), '2026-07-15T04:00:00Z')
      .then(
        settled('remind leaks 2026-Q1', 'superseded'),
        settled('escalate leaks 2026-Q1', 'superseded'),
        later(reminder, 'remind leaks 2026-Q2', '2026-07-21'),
        look(midnight('2026-07-16')),
      );
  });
  it('is content when something came for a newer period', () =>
    given(since, reminder)
      .when(filed, factsOf(q1, { ...q2, isThere: true }), '2026-07-15T04:00:00Z')
      .then(settled('remind leaks 2026-Q1', 'superseded')));
  it('reminds again when the report is returned', () =>
    given(since, reminder, settled('remind leaks 2026-Q1', 'done'), look(midnight('2026-07-16')))
      .when(
        heard({ type: 'ProgressReportReturned', data: {} }, { category: 'plan', tenant: 'boston', id: 'water-2026' }),
        factsOf(q1, q2),
        '2026-04-17T12:00:00Z',
      )
      .then(reminder, look(midnight('2026-04-18'))));
  it('gives a period its grace from the publication on that ended before', () =>
    given()
      .when(published, factsOf(q1, q2), '2026-04-13T12:00:00Z')
      .then(
        { type: 'Remembered', data: { name: 'expected-since', value: '2026-04-13' } },
        look(midnight('2026-04-29')),
      ));
  it('withdraws everything when the cycle is closed', () =>
    given(since, reminder, notice, look(midnight('2026-05-01')))
      .when(closed, nothing, '2026-04-30T12:00:00Z')
      .then(
        settled('remind leaks 2026-Q1', 'withdrawn'),
        {
          type: 'PublicNoticeWithdrawn',
          data: { notice: 'no-data leaks', reason: 'Nothing is expected of it any more.' },
        },
        cancelled,
      ));
  it('names the milestone of an initiative', () => {
    const crew = { kind: 'initiative', stream: 'initiative-boston/water-2026.fast-crew' } as const;
    const facts: ProgressFacts = {
      days,
      expectations: [{ subject: crew, owner: undefined, points: [quarter('hire', '2026-03-31')] }],
    };
    const asked: ProcessEvent = {
      type: 'ActionRequested',
      data: {
        action: 'remind hire',
        kind: 'report-progress',
        role: 'service-owner',
        subject: crew,
        dueOn: '2026-04-22',
        reason: 'No progress was reported of hire, due on 2026-03-31.',
      },
    };
    given(since)
      .when(due('look'), facts, '2026-04-15T04:00:00Z')
      .then(asked, look(midnight('2026-04-16')));
  });
});
