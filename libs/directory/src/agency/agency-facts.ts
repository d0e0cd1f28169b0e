import type { AggregateReader } from '@app/event-store';
import type { Command } from '@app/kernel';
import { Temporal } from 'temporal-polyfill';
import { agency } from './agency.state.js';

/** What decisions about an agency's records need to know of the agency. */
export interface AgencyFacts {
  readonly isRegistered: boolean;
  /** Calendar day, where the agency is, on which the command was given. */
  readonly today: string;
}

/** An agency is registered for ever, so what is read here cannot become untrue before the decision. */
export async function agencyFacts({ tenant, metadata }: Command, reader: AggregateReader): Promise<AgencyFacts> {
  const { state } = await reader.load(agency, tenant, tenant);
  const timeZone = state.status === 'registered' ? state.timeZone : 'UTC';
  const today = Temporal.Instant.from(metadata.occurredAt).toZonedDateTimeISO(timeZone).toPlainDate().toString();
  return { isRegistered: state.status === 'registered', today };
}
