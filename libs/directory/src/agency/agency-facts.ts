import type { AggregateReader } from '@app/event-store';
import type { Command } from '@app/kernel';
import { Temporal } from 'temporal-polyfill';
import { agency, type AgencyState } from './agency.state.js';

/** What decisions about an agency's records need to know of the agency. */
export interface AgencyFacts {
  readonly isRegistered: boolean;
  /** Calendar day, where the agency is, on which the command was given. */
  readonly today: string;
}

/** An agency is registered for ever, so what is read here cannot become untrue before the decision. */
export async function agencyFacts({ tenant, metadata }: Command, reader: AggregateReader): Promise<AgencyFacts> {
  const { state } = await reader.load(agency, tenant, tenant);
  return factsOf(state, metadata.occurredAt);
}

export function factsOf(state: AgencyState, occurredAt: string): AgencyFacts {
  const isRegistered = state.status === 'registered';
  const there = Temporal.Instant.from(occurredAt).toZonedDateTimeISO(isRegistered ? state.timeZone : 'UTC');
  return { isRegistered, today: there.toPlainDate().toString() };
}
