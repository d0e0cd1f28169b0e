import { defineProjection } from '@app/projections';
import type { AgencyEvent } from '../../agency/agency.events.js';

export interface ListedAgency {
  readonly _id: string;
  readonly name: string;
  readonly timeZone: string;
}

export const agencies = defineProjection<ListedAgency, AgencyEvent>({
  name: 'agencies',
  version: 1,
  documentId: ({ stream }) => stream.id,
  on: {
    AgencyRegistered: (_doc, { data, stream }) => ({ _id: stream.id, name: data.name, timeZone: data.timeZone }),
  },
});
