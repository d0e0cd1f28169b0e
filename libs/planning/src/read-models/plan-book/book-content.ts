import type { ConsultationState } from '@app/engagement/events';
import type { ServiceState } from '@app/directory/events';
import { Decimal, published } from '@app/kernel';
import type { NoData } from '@app/processes/events';
import type { CurrentStandard, DesiredStandard, StandardDimension } from '../../plan/plan.events.js';
import type { Standard } from '../../plan/plan.state.js';
import { goalRowsOf, targetInWords, type GoalRow, type ValidAt } from './goal-rows.js';
import { figureIn, type Measured } from './measures.js';
import type { ShownPlan } from './plans-at.js';

/** The parts of a service delivery improvement plan that regulation 38 (a) to (f) of South Africa's Public Service Regulations asks for. */
export const bookParts = ['consultation', 'access', 'standards', 'information', 'complaints'] as const;
export type BookPart = (typeof bookParts)[number];

const partOf: Readonly<Record<StandardDimension, BookPart>> = {
  consultation: 'consultation',
  access: 'access',
  'service-standards': 'standards',
  courtesy: 'standards',
  'value-for-money': 'standards',
  information: 'information',
  'openness-and-transparency': 'information',
  redress: 'complaints',
};

/** One standard for one client group; a group that no standard names apart has those of all. */
export interface StandardLine {
  readonly part: BookPart;
  readonly dimension: StandardDimension;
  readonly standard: string;
  readonly title: string;
  /** Id of the client group; null where the standard is for everybody. */
  readonly group: string | null;
  /** Values of dimensions that it is limited to. */
  readonly scope: Readonly<Record<string, string>>;
  readonly unit: string | null;
  readonly current: string;
  readonly currentPeriod: string | null;
  readonly years: readonly { readonly year: string; readonly desired: string; readonly actual: string | null }[];
}

export interface BookedGroup {
  readonly group: string;
  readonly name: string;
  readonly kind: string;
  readonly actualOrPotential: string;
  readonly population: number;
  readonly populationAsOf: string;
  readonly populationSource: string;
  /** Barriers that stand. */
  readonly barriers: readonly { readonly barrier: string; readonly severity: string }[];
}

export interface BookedService {
  readonly service: string;
  readonly name: string;
  readonly rationale: string;
  readonly channels: readonly string[];
  readonly groups: readonly BookedGroup[];
  readonly standards: readonly StandardLine[];
}

export interface BookedConsultation {
  readonly consultation: string;
  readonly title: string;
  readonly status: string;
  readonly adequate: boolean | null;
  readonly openedOn: string | null;
  readonly closedOn: string | null;
  readonly groups: readonly {
    readonly group: string;
    readonly reached: number;
    readonly population: number;
    readonly standing: string;
  }[];
  readonly youSaidWeDid: readonly { readonly youSaid: string; readonly weDid: string }[];
}

export interface PlanBookContent {
  readonly agency: string;
  readonly agencyName: string;
  readonly plan: string;
  readonly revision: string;
  readonly title: string;
  readonly cycle: number;
  readonly from: string;
  readonly to: string;
  readonly status: string;
  readonly version: number;
  readonly predecessor: string | null;
  readonly strategicPlan: string | null;
  /** Who decided on it, where that was not here. */
  readonly publishedBy: string | null;
  readonly source: string | null;
  readonly contentHash: string | null;
  readonly validAt: string;
  readonly seats: readonly { readonly seat: string; readonly members: number }[];
  readonly services: readonly BookedService[];
  readonly consultations: readonly BookedConsultation[];
  readonly problems: readonly {
    readonly problem: string;
    readonly service: string;
    readonly statement: string;
    readonly origin: string;
    readonly causes: readonly string[];
  }[];
  readonly goals: readonly GoalRow[];
  readonly solutions: readonly {
    readonly solution: string;
    readonly title: string;
    readonly status: string;
    readonly goals: readonly string[];
    readonly cost: string;
    readonly effort: string;
  }[];
  readonly targetChanges: readonly {
    readonly goal: string;
    readonly was: string | null;
    readonly now: string | null;
    readonly weakening: boolean | null;
    readonly reason: string;
    readonly authority: string;
    readonly changedAt: string;
  }[];
}

/** What the book needs beside the plan itself. */
export interface BookSources {
  readonly agencyName: string;
  readonly services: ReadonlyMap<string, ServiceState>;
  readonly consultations: ReadonlyMap<string, ConsultationState>;
  readonly measured: ReadonlyMap<string, Measured>;
  /** Goals of which it is said in public that nobody has answered for them. */
  readonly noData: ReadonlyMap<string, NoData>;
  readonly validAt: ValidAt;
}

export function bookOf(booked: ShownPlan, sources: BookSources): PlanBookContent {
  const { agency, plan, revision, state, targetChanges } = booked;
  const authority = 'authority' in state ? state.authority : undefined;
  const recorded = authority?.kind === 'recorded' ? authority : undefined;
  const seats = new Map<string, number>();
  for (const { seat } of state.team) seats.set(seat, (seats.get(seat) ?? 0) + 1);
  return {
    ...{ agency, agencyName: sources.agencyName, plan, revision },
    ...{ title: state.title, cycle: state.cycle, from: state.from, to: state.to },
    ...{ status: state.status, version: state.version },
    predecessor: state.predecessor ?? null,
    strategicPlan: state.strategicPlanRef ?? null,
    publishedBy: recorded?.publishedBy ?? null,
    source: recorded?.source ?? null,
    contentHash: 'contentHash' in state ? state.contentHash : null,
    validAt: sources.validAt.day,
    seats: [...seats].map(([seat, members]) => ({ seat, members })),
    services: state.keyServices.map(({ serviceId, rationale }) => serviceOf(serviceId, rationale, booked, sources)),
    consultations: [...sources.consultations].flatMap(([id, consultation]) => consultationOf(id, consultation)),
    problems: state.problems.map(({ problemId, serviceId, statement, origin, causes }) => ({
      ...{ problem: problemId, service: serviceId, statement, origin: origin.kind },
      causes: causes.map((cause) => cause.statement),
    })),
    goals: goalRowsOf(booked, sources.measured, sources.validAt, sources.noData),
    solutions: state.solutions.map(({ solutionId, title, status, goalIds, estimatedCost, estimatedEffort }) => ({
      ...{ solution: solutionId, title, status, goals: goalIds },
      cost: `${estimatedCost.amount} ${estimatedCost.unit}`,
      effort: `${estimatedEffort.amount} ${estimatedEffort.unit}`,
    })),
    targetChanges: targetChanges.map(({ goalId, was, now, weakening, reason, authority: by, changedAt }) => ({
      goal: goalId,
      was: was === undefined ? null : targetInWords(was),
      now: now === undefined ? null : targetInWords(now),
      weakening: weakening ?? null,
      ...{ reason, authority: by, changedAt },
    })),
  };
}

function serviceOf(
  serviceId: string,
  rationale: string,
  { state }: ShownPlan,
  { services, measured, validAt }: BookSources,
): BookedService {
  const known = services.get(serviceId);
  const registered = known === undefined || known.status === 'unregistered' ? undefined : known;
  const standards = state.standards.filter((standard) => standard.serviceId === serviceId);
  const groupsOf = (standard: Standard): readonly (string | null)[] => {
    const gaps = state.gaps.filter(({ standardId }) => standardId === standard.standardId);
    const groups = [...new Set(gaps.flatMap(({ affectedGroups }) => affectedGroups.map(({ groupId }) => groupId)))];
    return groups.length === 0 ? [null] : groups.sort();
  };
  return {
    service: serviceId,
    name: registered?.name ?? serviceId,
    rationale,
    channels: registered?.channels ?? [],
    groups: (registered?.clientGroups ?? []).map(
      ({ groupId, name, kind, actualOrPotential, populations, barriers }) => {
        const { populationSize, asOf, source } = populations.at(-1)!;
        return {
          ...{ group: groupId, name, kind, actualOrPotential },
          ...{ population: populationSize, populationAsOf: asOf, populationSource: source },
          barriers: barriers.flatMap(({ barrier, severity, removed }) =>
            removed === undefined ? [{ barrier, severity }] : [],
          ),
        };
      },
    ),
    standards: standards
      .flatMap((standard) => groupsOf(standard).map((group) => lineOf(standard, group, measured, validAt)))
      .sort((left, right) => bookParts.indexOf(left.part) - bookParts.indexOf(right.part)),
  };
}

function lineOf(
  standard: Standard,
  group: string | null,
  measured: ReadonlyMap<string, Measured>,
  validAt: ValidAt,
): StandardLine {
  const { standardId, dimension, title, scope, current, desired, indicatorId } = standard;
  const source = indicatorId === undefined ? undefined : measured.get(indicatorId);
  const actualOf = (year: string): string | null => {
    const figure = source === undefined ? undefined : figureIn(source, year, scope, validAt.moment);
    return figure === undefined ? null : published(figure, places);
  };
  return {
    ...{ part: partOf[dimension], dimension, standard: standardId, title, group, scope },
    unit: current.kind === 'measured' ? current.unit : null,
    current: currentInWords(current),
    currentPeriod: current.kind === 'measured' ? current.period : null,
    years: desired.map(({ year, desired: wanted }) => ({
      year,
      desired: desiredInWords(wanted),
      actual: actualOf(year),
    })),
  };
}

const places = 4;
const plain = (amount: string): string => published(new Decimal(amount), places);

const currentInWords = (current: CurrentStandard): string => {
  switch (current.kind) {
    case 'measured':
      return plain(current.value);
    case 'described':
      return current.text;
    case 'no-data':
      return `No data: ${current.reason}`;
  }
};

const desiredInWords = (desired: DesiredStandard): string =>
  desired.kind === 'value' ? plain(desired.value) : desired.text;

function consultationOf(id: string, consultation: ConsultationState): readonly BookedConsultation[] {
  if (consultation.status === 'unplanned') return [];
  const { title, status } = consultation;
  const isClosed = 'adequate' in consultation;
  return [
    {
      ...{ consultation: id, title, status },
      adequate: isClosed ? consultation.adequate : null,
      openedOn: 'openedAt' in consultation ? consultation.openedAt.slice(0, 10) : null,
      closedOn: isClosed ? consultation.closedAt.slice(0, 10) : null,
      groups: isClosed
        ? consultation.coverage.map(({ groupId, reached, population, standing }) => ({
            ...{ group: groupId, reached, population, standing },
          }))
        : [],
      youSaidWeDid:
        consultation.status === 'response-published'
          ? consultation.youSaidWeDid.map(({ youSaid, weDid }) => ({ youSaid, weDid }))
          : [],
    },
  ];
}
