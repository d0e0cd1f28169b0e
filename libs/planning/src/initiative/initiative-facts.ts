import { agency } from '@app/directory/events';
import type { AggregateReader } from '@app/event-store';
import { onWallClock, type Command } from '@app/kernel';

/** What decisions about an initiative need to know beside it. */
export interface Today {
  /** Calendar day, where the agency is, on which the command was given. */
  readonly today: string;
}

export async function todayOf({ tenant, metadata }: Command, reader: AggregateReader): Promise<Today> {
  const { state } = await reader.load(agency, tenant, tenant);
  const timeZone = state.status === 'registered' ? state.timeZone : 'UTC';
  return { today: onWallClock(metadata.occurredAt, timeZone).slice(0, 10) };
}

/** Second half of its stream name: a solution of a plan is carried out once. */
export const initiativeIdOf = (planId: string, solutionId: string): string => `${planId}.${solutionId}`;

export const addressOf = (agencyId: string, planId: string, solutionId: string): string =>
  `/v1/agencies/${agencyId}/plans/${planId}/initiatives/${solutionId}`;
