import type { RecordedEvent } from '@app/kernel';
import { defineProjection } from '@app/projections';
import type { CalendarEvent } from '../../calendar/calendar.events.js';

export interface ListedCalendar {
  /** `boston/office`. */
  readonly _id: string;
  readonly agency: string;
  readonly calendar: string;
  readonly name: string;
  readonly timeZone: string;
  readonly revision: string;
  readonly updatedAt: string;
}

const changed = (doc: ListedCalendar | undefined, event: Pick<RecordedEvent, 'revision' | 'metadata'>) =>
  doc && { ...doc, revision: event.revision.toString(), updatedAt: event.metadata.occurredAt };

export const calendars = defineProjection<ListedCalendar, CalendarEvent>({
  name: 'calendars',
  version: 1,
  indexes: [{ key: { agency: 1, _id: 1 } }],
  documentId: ({ stream }) => `${stream.tenant}/${stream.id}`,
  on: {
    CalendarDefined: (_doc, { data, stream, revision, metadata }, _id) => ({
      _id,
      agency: stream.tenant,
      calendar: stream.id,
      name: data.name,
      timeZone: data.timeZone,
      revision: revision.toString(),
      updatedAt: metadata.occurredAt,
    }),
    WorkingHoursChanged: changed,
    HolidayDeclared: changed,
    HolidayRevoked: changed,
  },
});
