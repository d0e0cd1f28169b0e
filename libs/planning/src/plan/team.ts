import type { Seat } from './plan.events.js';
import type { TeamMember } from './plan-content.js';

/** Nobody ends a diagnosis without them. */
export const neededSeats = ['supervisor', 'team-lead', 'community'] as const satisfies readonly Seat[];

export const emptySeats = (team: readonly TeamMember[]): readonly Seat[] =>
  neededSeats.filter((needed) => !team.some(({ seat }) => seat === needed));
