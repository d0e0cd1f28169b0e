import type { RecordedEvent } from '@app/kernel';
import type { ProcessEvent } from '../../process/process.events.js';
import { lateGoal, noticeGiven, reminded } from '../../process/process.examples.js';
import { publicNotices, type GivenNotice } from './public-notices.js';

const idOfNotice = 'boston/remind-owner-when-progress-is-late/water-2026#no-data leaks';
const withdrawn: ProcessEvent = {
  type: 'PublicNoticeWithdrawn',
  data: { notice: 'no-data leaks', reason: 'A reading or a report has come.' },
};

const recorded = (event: ProcessEvent, day = 1): RecordedEvent =>
  ({
    ...event,
    stream: { category: 'process', tenant: 'boston', id: 'remind-owner-when-progress-is-late/water-2026' },
    metadata: { occurredAt: `2026-04-0${day}T09:00:00Z` },
  }) as unknown as RecordedEvent;

const shown = (...events: readonly ProcessEvent[]): GivenNotice | undefined =>
  events.reduce<GivenNotice | undefined>(
    (doc, event, index) => publicNotices.on[event.type]!(doc, recorded(event, index + 1), idOfNotice),
    undefined,
  );

describe('the public notices', () => {
  it('say of what there are no data, since when and why', () =>
    expect(shown(noticeGiven)).toEqual({
      _id: idOfNotice,
      agency: 'boston',
      kind: 'no-data',
      subject: lateGoal,
      since: '2026-04-29',
      reason: 'There is neither a reading nor a report for 2026-Q1.',
      status: 'standing',
      givenAt: '2026-04-01T09:00:00Z',
    }));
  it('keep one that was withdrawn, with the reason', () =>
    expect(shown(noticeGiven, withdrawn)).toMatchObject({
      status: 'withdrawn',
      withdrawnAt: '2026-04-02T09:00:00Z',
      withdrawnFor: 'A reading or a report has come.',
    }));
  it('stand again when they are given again', () =>
    expect(shown(noticeGiven, withdrawn, noticeGiven)).not.toHaveProperty('withdrawnAt'));
  it('have one document each, and none for other events', () => {
    expect(publicNotices.documentIds(recorded(withdrawn))).toEqual([idOfNotice]);
    expect(publicNotices.documentIds(recorded(reminded))).toEqual([]);
  });
});
