import { Decimal, wallClockSeconds } from '@app/kernel';
import { consultationChannels, type GroupCoverage, type RequiredGroup } from './consultation.events.js';
import type { ClosedConsultation, OpenConsultation, Opportunity } from './consultation.state.js';

export const daySeconds = 86_400;
/** Digits of a published coverage. What is compared is the exact quotient. */
const places = 30;

type Reached = Pick<
  OpenConsultation | ClosedConsultation,
  'requiredGroups' | 'minOpenDays' | 'opportunities' | 'waivers' | 'openings' | 'closesAt'
>;

/**
 * Where every required group stands at a moment: opportunity counts, not response. A group is covered when the people
 * reached are its threshold or more, and one accessible channel was open to it for the days that the plan asks for.
 */
export const coverageOf = (state: Reached, until: string): readonly GroupCoverage[] =>
  state.requiredGroups.map((group) => coverageOfGroup(state, group, until));

export const uncovered = (coverage: readonly GroupCoverage[]): readonly string[] =>
  coverage.filter(({ standing }) => standing === 'uncovered').map(({ groupId }) => groupId);

function coverageOfGroup(state: Reached, group: RequiredGroup, until: string): GroupCoverage {
  const { groupId, population, threshold } = group;
  const own = state.opportunities.filter((one) => one.groupId === groupId);
  const reached = own.reduce((sum, one) => sum + one.reached, 0);
  const openChannels = consultationChannels.filter((channel) => {
    const accessible = own.filter((one) => one.channel === channel && one.accessibleFormats.length > 0);
    return openSeconds(accessible, state, until) >= state.minOpenDays * daySeconds;
  });
  const isReached = new Decimal(reached).greaterThanOrEqualTo(new Decimal(threshold).times(population));
  const isWaived = state.waivers.some((waiver) => waiver.groupId === groupId);
  return {
    groupId,
    reached,
    population,
    coverage: shareOf(reached, population),
    threshold,
    openChannels,
    standing: isReached && openChannels.length > 0 ? 'covered' : isWaived ? 'waived' : 'uncovered',
  };
}

/** Reached over population, at most 1. */
export const shareOf = (reached: number, population: number): string =>
  Decimal.min(1, new Decimal(reached).dividedBy(population)).toDecimalPlaces(places).toString();

type Stretch = readonly [from: number, to: number];

/** Seconds in which one of the opportunities was there while the consultation was open; what overlaps counts once. */
function openSeconds(opportunities: readonly Opportunity[], { openings, closesAt }: Reached, until: string): number {
  const end = Math.min(wallClockSeconds(until), wallClockSeconds(closesAt));
  const stretches = openings
    .flatMap(({ from, to }) =>
      opportunities.map((one): Stretch => [
        Math.max(wallClockSeconds(one.from), wallClockSeconds(from)),
        Math.min(wallClockSeconds(one.to), to === undefined ? end : wallClockSeconds(to)),
      ]),
    )
    .sort(([left], [right]) => left - right);
  let seconds = 0;
  let reachedTo = Number.NEGATIVE_INFINITY;
  for (const [from, to] of stretches) {
    seconds += Math.max(0, to - Math.max(from, reachedTo));
    reachedTo = Math.max(reachedTo, to);
  }
  return seconds;
}
