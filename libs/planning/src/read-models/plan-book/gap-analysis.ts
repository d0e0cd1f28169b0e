import { Decimal, published } from '@app/kernel';
import type { StandardDimension } from '../../plan/plan.events.js';
import type { Measured } from './measures.js';
import type { ShownPlan } from './plans-at.js';

export interface GapRow {
  readonly agency: string;
  readonly plan: string;
  readonly planTitle: string;
  readonly planStatus: string;
  readonly gap: string;
  readonly service: string;
  readonly dimension: StandardDimension;
  readonly standard: string;
  readonly title: string;
  /** Of the scope of the standard; null where it is of all districts. */
  readonly district: string | null;
  readonly year: string;
  readonly current: string;
  readonly desired: string;
  readonly unit: string;
  /** In the direction of improvement. */
  readonly size: string;
  /** Size by desired standard; null where that is zero. */
  readonly relative: string | null;
  readonly peopleAffected: number;
  readonly groups: readonly string[];
  /** Problems of the plan that it showed. */
  readonly problems: readonly string[];
}

export const gapColumns: readonly (keyof GapRow)[] = [
  'agency',
  'plan',
  'planTitle',
  'planStatus',
  'gap',
  'service',
  'dimension',
  'standard',
  'title',
  'district',
  'year',
  'current',
  'desired',
  'unit',
  'size',
  'relative',
  'peopleAffected',
  'groups',
  'problems',
];

const places = 4;
const shown = (amount: string): string => published(new Decimal(amount), places);

/** Every gap of a plan with the standard that it is in. */
export function gapRowsOf(
  { agency, plan, state }: ShownPlan,
  measured: ReadonlyMap<string, Pick<Measured, 'state'>>,
): readonly GapRow[] {
  return state.gaps.flatMap((gap): GapRow[] => {
    const standard = state.standards.find(({ standardId }) => standardId === gap.standardId);
    if (standard === undefined) return [];
    const { serviceId, dimension, title, scope, indicatorId } = standard;
    const card = indicatorId === undefined ? undefined : measured.get(indicatorId)?.state.card;
    const showed = state.problems.filter(({ origin }) => origin.kind === 'gap' && origin.gapId === gap.gapId);
    return [
      {
        ...{ agency, plan, planTitle: state.title, planStatus: state.status, gap: gap.gapId },
        ...{ service: serviceId, dimension, standard: gap.standardId, title },
        district: scope[card?.districtDimension ?? 'district'] ?? null,
        year: gap.year,
        ...{ current: shown(gap.current), desired: shown(gap.desired), unit: gap.unit, size: shown(gap.size) },
        relative: gap.relative === undefined ? null : shown(gap.relative),
        peopleAffected: gap.peopleAffected,
        groups: gap.affectedGroups.map(({ groupId }) => groupId),
        problems: showed.map(({ problemId }) => problemId),
      },
    ];
  });
}
