import { Decimal, isDecimalText } from '@app/kernel';
import type { ScoringMethod } from '../plan/plan.events.js';
import { ratio, type Ratio } from './ratio.js';

/** What raters give for one solution, by name: plain decimals, or the bucket of MoSCoW. */
export type RatedValues = Readonly<Record<string, string>>;

export type Values = Readonly<Record<string, Decimal>>;

/** What a method makes of the values of one solution. */
export interface Judgement {
  readonly score: Ratio;
  /** Breaks ties before the effort does; absent where the method knows none. */
  readonly impact?: Decimal;
  readonly effort?: Decimal;
  /** Bucket of MoSCoW, quadrant of impact and effort. */
  readonly group?: string;
}

interface Scale {
  /** Undefined: not on the scale. */
  readonly read: (text: string) => Decimal | undefined;
  readonly says: string;
}

interface Method {
  /** Part of every ranking: raised when the formula or a scale changes. */
  readonly version: string;
  readonly values: Readonly<Record<string, Scale>>;
  readonly judge: (values: Values) => Judgement;
}

/** With more places products would no longer fit in exact decimals. */
const mostPlaces = 6;

/** A decimal that comparisons stay exact with. */
export const isShortDecimal = (text: string): boolean =>
  isDecimalText(text) && new Decimal(text).decimalPlaces() <= mostPlaces;

const within = (lowest: string, highest: string): Scale => ({
  says: `${lowest} to ${highest}, at most ${mostPlaces} places`,
  read: (text) => {
    if (!isShortDecimal(text)) return undefined;
    const value = new Decimal(text);
    return value.greaterThanOrEqualTo(lowest) && value.lessThanOrEqualTo(highest) ? value : undefined;
  },
});

const oneOf = (...allowed: readonly string[]): Scale => ({
  says: `one of ${allowed.join(', ')}`,
  read: (text) => {
    const value = isDecimalText(text) ? new Decimal(text) : undefined;
    return value !== undefined && allowed.some((one) => value.equals(one)) ? value : undefined;
  },
});

const buckets = ['wont', 'could', 'should', 'must'] as const;

const bucketScale: Scale = {
  says: `one of ${buckets.join(', ')}`,
  read: (text) => {
    const place = buckets.findIndex((bucket) => bucket === text);
    return place < 0 ? undefined : new Decimal(place + 1);
  },
};

/** The rough Fibonacci steps of SAFe. */
const steps = oneOf('1', '2', '3', '5', '8', '13', '20');
const oneToTen = within('1', '10');
/** Middle of the scale from 1 to 10: what reaches it is high. */
const high = '5.5';

/** Scale of every criterion of a weighted score. */
export const criterionScale = within('0', '10');

const methods: Readonly<Record<Exclude<ScoringMethod, 'weighted-score'>, Method>> = {
  rice: {
    version: '1',
    values: {
      reach: within('0', '1000000000'),
      impact: oneOf('0.25', '0.5', '1', '2', '3'),
      confidence: within('0', '1'),
      effort: within('0.01', '1000000'),
    },
    judge: (values) => {
      const effort = values['effort']!;
      const impact = values['reach']!.times(values['impact']!).times(values['confidence']!);
      return { score: ratio(impact, effort), impact, effort };
    },
  },
  wsjf: {
    version: '1',
    values: { businessValue: steps, timeCriticality: steps, riskReduction: steps, jobSize: steps },
    judge: (values) => {
      const effort = values['jobSize']!;
      const impact = values['businessValue']!.plus(values['timeCriticality']!).plus(values['riskReduction']!);
      return { score: ratio(impact, effort), impact, effort };
    },
  },
  moscow: {
    version: '1',
    values: { bucket: bucketScale },
    judge: (values) => {
      // A median between two buckets is the lower one: half of the raters did not want more.
      const place = values['bucket']!.floor();
      return { score: ratio(place), group: buckets[place.toNumber() - 1]! };
    },
  },
  'impact-effort': {
    version: '1',
    values: { impact: oneToTen, effort: oneToTen },
    judge: (values) => {
      const [impact, effort] = [values['impact']!, values['effort']!];
      const isHigh = impact.greaterThanOrEqualTo(high);
      const isCostly = effort.greaterThanOrEqualTo(high);
      const [place, group] = isHigh
        ? isCostly
          ? ([3, 'major-project'] as const)
          : ([4, 'quick-win'] as const)
        : isCostly
          ? ([1, 'thankless-task'] as const)
          : ([2, 'fill-in'] as const);
      return { score: ratio(place), impact, effort, group };
    },
  },
};

const weightedScoreVersion = '1';

export const versionOf = (method: ScoringMethod): string =>
  method === 'weighted-score' ? weightedScoreVersion : methods[method].version;

/** The method of a single formula; the weighted score needs its criteria. */
export const formulaOf = (method: Exclude<ScoringMethod, 'weighted-score'>): Method['judge'] => methods[method].judge;

/** What is wrong with a value that somebody gave; undefined when all of them can be read. */
export interface UnreadableValue {
  readonly name: string;
  readonly says: string;
}

const criterionName = /^[a-z0-9]+(-[a-z0-9]+)*$/;

export function unreadableIn(method: ScoringMethod, values: RatedValues): UnreadableValue | undefined {
  const names = Object.keys(values);
  if (method === 'weighted-score') {
    if (names.length === 0) return { name: '', says: 'at least one criterion is rated' };
    const wrong = names.find((name) => !criterionName.test(name) || criterionScale.read(values[name]!) === undefined);
    return wrong === undefined ? undefined : { name: wrong, says: criterionScale.says };
  }
  const scales = methods[method].values;
  const extra = names.find((name) => !Object.hasOwn(scales, name));
  if (extra !== undefined) return { name: extra, says: `not a value of ${method}` };
  for (const [name, scale] of Object.entries(scales)) {
    const text = Object.hasOwn(values, name) ? values[name]! : '';
    if (scale.read(text) === undefined) return { name, says: scale.says };
  }
  return undefined;
}

/** Values that {@link unreadableIn} found nothing wrong with. */
export const readValues = (method: ScoringMethod, values: RatedValues): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, text]) => {
      const scale = method === 'weighted-score' ? criterionScale : methods[method].values[name];
      return [name, scale!.read(text)!];
    }),
  );
