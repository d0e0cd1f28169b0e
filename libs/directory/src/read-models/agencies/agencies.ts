import { defineProjection } from '@app/projections';
import type { AgencyEvent } from '../../agency/agency.events.js';

export interface ListedAgency {
  readonly _id: string;
  readonly name: string;
  readonly timeZone: string;
  readonly revision: string;
}

export const agencies = defineProjection<ListedAgency, AgencyEvent>({
  name: 'agencies',
  version: 2,
  documentId: ({ stream }) => stream.id,
  on: {
    AgencyRegistered: (_doc, { data, stream, revision }) => ({
      _id: stream.id,
      name: data.name,
      timeZone: data.timeZone,
      revision: revision.toString(),
    }),
  },
});
