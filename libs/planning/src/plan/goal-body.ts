import {
  DateField,
  DecimalField,
  EnumField,
  ListField,
  ObjectField,
  SlugField,
  TextField,
  problemAt,
  problems,
} from '@app/http';
import { goalDirections, type Goal, type GoalDirection, type GoalTarget } from './plan.events.js';

export class BaselineBody {
  @DecimalField('Level today', { example: '9' })
  value: string;
  @TextField('Period that it is of', { optional: true, maxLength: 10, example: '2025-Q4' })
  period?: string;
}

const targetKinds = ['max', 'min', 'target', 'range', 'text'] as const;

export class TargetBody {
  @EnumField(
    'At least a value (max), at most a value (min), exactly it (target), a range, or words (text)',
    targetKinds,
    { example: 'min' },
  )
  kind: GoalTarget['kind'];
  @DecimalField('Value, of max, min and target', { optional: true, example: '3' })
  value?: string;
  @DecimalField('Lower end, of a range; it belongs to it', { optional: true, example: '2' })
  from?: string;
  @DecimalField('Upper end, of a range; it belongs to it', { optional: true, example: '4' })
  to?: string;
  @TextField('Words, of text', { optional: true, maxLength: 2000 })
  text?: string;
}

export class TrajectoryPointBody {
  @TextField('Period: month, quarter, year or fiscal year', { maxLength: 10, example: '2026-Q4' })
  period: string;
  @DecimalField('Level that is expected at its end', { example: '7' })
  expected: string;
}

export class EquityFloorBody {
  @TextField('Dimension of the indicator, each value of which has the floor', { maxLength: 64, example: 'district' })
  dimension: string;
  @DecimalField('What each of them has to reach', { example: '4' })
  floor: string;
}

export class CarriedFromBody {
  @SlugField('Plan of the cycle before', { example: 'water-2023' })
  plan: string;
  @SlugField('Its goal', { example: 'leaks-in-five-days' })
  goalId: string;
}

/** Everything of a goal but its id. What is left out is asked for when the plan is submitted. */
export class GoalTermsBody {
  @TextField('Goal', { maxLength: 500, example: 'A leak is fixed within three working days' })
  title: string;
  @ListField('Problems of the plan that it serves', 'slug', { minItems: 1, maxItems: 100, example: ['slow-repairs'] })
  problems: string[];
  @SlugField('Indicator that measures it', { optional: true, example: 'leak-days' })
  indicator?: string;
  @ObjectField('Where it starts', () => BaselineBody, { optional: true })
  baseline?: BaselineBody;
  @ObjectField('Where it ends', () => TargetBody, { optional: true })
  target?: TargetBody;
  @TextField('Unit of the indicator', { optional: true, maxLength: 64, example: 'working days' })
  unit?: string;
  @EnumField('Direction of improvement', goalDirections, { optional: true, example: 'lower-is-better' })
  direction?: GoalDirection;
  @DateField('Day by which it is reached', { optional: true, example: '2028-12-31' })
  dueDate?: string;
  @ListField('Levels on the way', () => TrajectoryPointBody, { optional: true, maxItems: 120 })
  trajectory?: TrajectoryPointBody[];
  @ObjectField('What every district, channel or group has to reach', () => EquityFloorBody, { optional: true })
  equityFloor?: EquityFloorBody;
  @DecimalField('Share in the plan; all weights sum to 1', { optional: true, example: '1' })
  weight?: string;
  @ObjectField('Goal of the cycle before that it goes on with', () => CarriedFromBody, { optional: true })
  carriedFrom?: CarriedFromBody;
}

export class GoalBody extends GoalTermsBody {
  @SlugField('Short name of the goal', { example: 'leaks-in-three-days' })
  id: string;
}

/** @throws Problem for a target without the fields of its kind. */
export function goalOf(goalId: string, body: GoalTermsBody): Goal {
  const { title, indicator, baseline, target, trajectory = [], equityFloor, carriedFrom } = body;
  const { unit, direction, dueDate, weight } = body;
  return {
    goalId,
    title,
    problemIds: [...body.problems],
    ...(indicator === undefined ? {} : { indicatorId: indicator }),
    ...(baseline === undefined ? {} : { baseline: { ...baseline } }),
    ...(target === undefined ? {} : { target: targetOf(target) }),
    ...(unit === undefined ? {} : { unit }),
    ...(direction === undefined ? {} : { direction }),
    ...(dueDate === undefined ? {} : { dueDate }),
    trajectory: trajectory.map((point) => ({ ...point })),
    ...(equityFloor === undefined ? {} : { equityFloor: { ...equityFloor } }),
    ...(weight === undefined ? {} : { weight }),
    ...(carriedFrom === undefined ? {} : { carriedFrom: { ...carriedFrom } }),
  };
}

/** @throws Problem for a target without the fields of its kind. */
export function targetOf({ kind, value, from, to, text }: TargetBody): GoalTarget {
  switch (kind) {
    case 'max':
    case 'min':
    case 'target':
      return { kind, value: given(value, 'value') };
    case 'range':
      return { kind, from: given(from, 'from'), to: given(to, 'to') };
    case 'text':
      return { kind, text: given(text, 'text') };
  }
}

function given(text: string | undefined, field: string): string {
  if (text === undefined) throw problemAt(problems.invalidFields, `/target/${field}`, 'The kind of target needs it.');
  return text;
}
