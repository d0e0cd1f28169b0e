import { Decimal, published } from '@app/kernel';
import {
  consultationChannels,
  type ConsultationChannel,
  type GroupCoverage,
} from '../../consultation/consultation.events.js';
import type { ConsultationState, KnownConsultation, Opportunity } from '../../consultation/consultation.state.js';
import { coverageOf, uncovered } from '../../consultation/coverage.js';

export interface ChannelRow {
  readonly channel: ConsultationChannel;
  readonly opportunities: number;
  readonly reached: number;
  /** Of all its opportunities; none: it is not accessible. */
  readonly accessibleFormats: readonly string[];
  /** Accessible, and there for as long as the plan of the consultation asks for. */
  readonly open: boolean;
}

export interface CoverageRow {
  readonly group: string;
  readonly name: string;
  readonly population: number;
  readonly populationAsOf: string;
  readonly populationSource: string;
  readonly threshold: string;
  readonly reached: number;
  /** Reached over population, at most 1. */
  readonly coverage: string;
  readonly standing: GroupCoverage['standing'];
  readonly channels: readonly ChannelRow[];
  /** Why it could not be reached; absent where nobody said so. */
  readonly unreachable?: string;
  /** Why oversight waived its coverage. */
  readonly waiver?: string;
  /** People of the group who sent an input; null where so few are not told. */
  readonly respondents: number | null;
  /** Respondents over reached. */
  readonly responseRate: string | null;
  /** Share of the respondents over share of the population; a report, never a gate. */
  readonly representation: string | null;
  /** Whether the representation is under 0.8. */
  readonly underrepresented: boolean | null;
}

/** People by group. */
export type Respondents = ReadonlyMap<string, number>;

const places = 4;
const leastRepresentation = '0.8';

/** Where each required group stands: as closed, else now, which is RFC 3339 on the wall clock of the agency. */
export function coverageAt(state: ConsultationState, now: string): readonly GroupCoverage[] {
  if (state.status === 'unplanned' || state.status === 'past') return [];
  if (state.status === 'closed' || state.status === 'response-published') return state.coverage;
  const openings = state.status === 'open' ? state.openings : [];
  return coverageOf({ ...state, openings, closesAt: state.status === 'open' ? state.closesAt : now }, now);
}

/** Rows of the required groups; no figures of people where `respondents` are not known. */
export function rowsOf(
  state: KnownConsultation,
  coverage: readonly GroupCoverage[],
  respondents: Respondents | undefined,
): readonly CoverageRow[] {
  const told = figuresOf(coverage, respondents);
  return coverage.map(({ groupId, reached, population, coverage: share, threshold, openChannels, standing }) => {
    const group = state.requiredGroups.find((one) => one.groupId === groupId)!;
    const unreachable = state.unreachable.find((one) => one.groupId === groupId);
    const waiver = state.waivers.find((one) => one.groupId === groupId);
    return {
      group: groupId,
      name: group.name,
      population,
      populationAsOf: group.asOf,
      populationSource: group.source,
      threshold,
      reached,
      coverage: share,
      standing,
      channels: channelsOf(
        state.opportunities.filter((one) => one.groupId === groupId),
        openChannels,
      ),
      ...(unreachable === undefined ? {} : { unreachable: unreachable.reason }),
      ...(waiver === undefined ? {} : { waiver: waiver.reason }),
      ...told(groupId, reached, population),
    };
  });
}

function channelsOf(
  opportunities: readonly Opportunity[],
  openChannels: readonly ConsultationChannel[],
): readonly ChannelRow[] {
  return consultationChannels.flatMap((channel): ChannelRow[] => {
    const own = opportunities.filter((one) => one.channel === channel);
    if (own.length === 0) return [];
    return [
      {
        channel,
        opportunities: own.length,
        reached: own.reduce((sum, { reached }) => sum + reached, 0),
        accessibleFormats: [...new Set(own.flatMap((one) => one.accessibleFormats))].sort(),
        open: openChannels.includes(channel),
      },
    ];
  });
}

type Figures = Pick<CoverageRow, 'respondents' | 'responseRate' | 'representation' | 'underrepresented'>;
const nothingTold: Figures = { respondents: null, responseRate: null, representation: null, underrepresented: null };

function figuresOf(coverage: readonly GroupCoverage[], respondents: Respondents | undefined) {
  const peopleOf = (groupId: string): number => respondents?.get(groupId) ?? 0;
  const everybody = coverage.reduce((sum, { groupId }) => sum + peopleOf(groupId), 0);
  const population = coverage.reduce((sum, group) => sum + group.population, 0);
  const isWhole = respondents !== undefined && coverage.every(({ groupId }) => respondents.has(groupId));
  return (groupId: string, reached: number, ofGroup: number): Figures => {
    const people = respondents?.get(groupId);
    if (people === undefined) return nothingTold;
    // Shares of all would tell the figure of the one group that is left out.
    const share = isWhole && everybody > 0 ? new Decimal(people).times(population) : undefined;
    const index = share?.dividedBy(new Decimal(everybody).times(ofGroup));
    return {
      respondents: people,
      responseRate: reached === 0 ? null : published(new Decimal(people).dividedBy(reached), places),
      representation: index === undefined ? null : published(index, places),
      underrepresented: index === undefined ? null : index.lessThan(leastRepresentation),
    };
  };
}

const fewest = 10;
const roundedTo = 5;

/** For everybody: fewer than ten people are not told, zero neither, and others are rounded to five. */
export const forThePublic = (respondents: Respondents): Respondents =>
  new Map(
    [...respondents]
      .filter(([, people]) => people >= fewest)
      .map(([group, people]) => [group, Math.round(people / roundedTo) * roundedTo]),
  );

export interface CoverageSummary {
  readonly status: ConsultationState['status'];
  readonly requiredGroups: number;
  /** Covered or waived. */
  readonly settledGroups: number;
  readonly uncovered: readonly string[];
  readonly waived: readonly string[];
  /** Whether it was closed as adequate; absent before it closes. */
  readonly adequate?: boolean;
}

export const summaryOf = (state: KnownConsultation, coverage: readonly GroupCoverage[]): CoverageSummary => ({
  status: state.status,
  requiredGroups: coverage.length,
  settledGroups: coverage.length - uncovered(coverage).length,
  uncovered: uncovered(coverage),
  waived: coverage.filter(({ standing }) => standing === 'waived').map(({ groupId }) => groupId),
  ...('adequate' in state ? { adequate: state.adequate } : {}),
});
