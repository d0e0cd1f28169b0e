import { isDecimalText, periodOf } from '@app/kernel';
import type { GoalsProfile } from './goals-profile.js';
import { columnNames, columnsIn, plainDecimal, rowRules, type RowFault } from './map-row.js';

type Direction = GoalsProfile['directions'][string];
type PlanOfProfile = GoalsProfile['plans']['of'][string];

interface Target {
  readonly kind: 'max' | 'min' | 'target' | 'range' | 'text';
  readonly value?: string;
  readonly from?: string;
  readonly to?: string;
  readonly text?: string;
}

/** A line of the upload. */
interface GoalLine {
  readonly goalId: string;
  readonly title: string;
  readonly headings: readonly string[];
  readonly indicatorId?: string;
  readonly target?: Target;
  readonly unit?: string;
  readonly direction?: Direction;
  readonly dueDate?: string;
  readonly carriedForward?: boolean;
  readonly changeNote?: string;
  readonly result?: { readonly reportedTo: string; readonly actual?: string; readonly status: string };
}

export interface GoalRow {
  readonly agency: string;
  readonly agencyName: string;
  readonly publishedBy: string;
  readonly plan: PlanOfProfile;
  readonly goal: GoalLine;
  /** The result, where it is a number. */
  readonly reading?: { readonly period: string; readonly value: string };
}
export type MappedGoal = GoalRow | { readonly fault: RowFault };

export const goalRowRules = {
  ...rowRules,
  known: 'import/a-text-is-one-that-the-profile-knows',
  due: 'import/a-due-date-is-a-year-and-a-month',
} as const;

class Unusable extends Error {
  constructor(
    readonly field: string,
    readonly rule: string,
    reason: string,
  ) {
    super(reason);
  }
}

/** Ids of other systems as a short name: `DR-QUANT-292` becomes `dr-quant-292`. */
export const shortName = (id: string): string =>
  id
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

/** Makes of each row one goal of one plan, as the profile says. Whether it is carried forward shows only with the other rows. */
export function goalMapper(
  profile: GoalsProfile,
  header: readonly string[],
  file: string,
): (fields: readonly string[]) => MappedGoal {
  const { columns, agencies, plans } = profile;
  const at = columnsIn(header, file, profile.name, [
    ...columnNames(columns),
    ['/agencies/column', agencies.column],
    ['/plans/column', plans.column],
  ]);
  const blank = new Set(profile.blank);
  return (fields) => {
    const textOf = (name: string | undefined): string => {
      const text = name === undefined ? '' : (fields[at(name)] ?? '').replaceAll('\r\n', '\n');
      return blank.has(text) ? '' : text;
    };
    const required = (name: string): string => {
      if (textOf(name) === '') throw new Unusable(name, goalRowRules.blank, `${name} is blank.`);
      return textOf(name);
    };
    const known = <T>(name: string, of: Readonly<Record<string, T>>): T => {
      const text = required(name);
      if (!Object.hasOwn(of, text))
        throw new Unusable(name, goalRowRules.known, `'${text.slice(0, 60)}' is not in the profile.`);
      return of[text]!;
    };
    const id = fields[at(columns.id)] ?? '';
    if (fields.length !== header.length) {
      const reason = `The row has ${fields.length} fields, the header ${header.length}.`;
      return { fault: { id, field: '', rule: goalRowRules.columns, reason } };
    }
    try {
      const agency = known(agencies.column, agencies.of);
      const plan = known(plans.column, plans.of);
      const unit = profile.units[textOf(columns.unit)];
      const target = targetOf(profile, textOf);
      const direction = profile.directions[textOf(columns.seeking)] ?? directionOf(target);
      const dueDate = dueDateOf(columns.dueYear, textOf(columns.dueYear), textOf(columns.dueMonth));
      const goalId = shortName(required(columns.id));
      const changeNote = textOf(columns.changeNote);
      const actual = textOf(columns.actual);
      const status = textOf(columns.status) === '' ? undefined : known(columns.status!, profile.statuses);
      const { reportedTo } = plan;
      const told = actual === '' ? {} : { actual };
      const result =
        reportedTo === undefined || status === undefined ? {} : { result: { reportedTo, ...told, status } };
      const goal: GoalLine = {
        goalId,
        title: required(columns.title),
        headings: columns.headings.map(textOf).filter((heading) => heading !== ''),
        ...(unit === undefined ? {} : { indicatorId: goalId, unit }),
        ...(target === undefined ? {} : { target }),
        ...(direction === undefined ? {} : { direction }),
        ...(dueDate === undefined ? {} : { dueDate }),
        ...(changeNote === '' ? {} : { changeNote }),
        ...result,
      };
      const { reportingCycle, fiscalYearStart } = profile.card;
      const value = plainDecimal(actual.replace(/ ?%$/, ''), '.');
      const isReading = 'result' in result && unit !== undefined && isDecimalText(value);
      return {
        agency: agency.id,
        agencyName: agency.name,
        publishedBy: required(columns.publishedBy),
        plan,
        goal,
        ...(isReading ? { reading: { period: periodOf(plan.from, reportingCycle, fiscalYearStart), value } } : {}),
      };
    } catch (error) {
      if (!(error instanceof Unusable)) throw error;
      return { fault: { id, field: error.field, rule: error.rule, reason: error.message } };
    }
  };
}

function targetOf(profile: GoalsProfile, textOf: (name: string | undefined) => string): Target | undefined {
  const { columns, inWords, undetermined } = profile;
  if (inWords.includes(textOf(columns.unit))) {
    const text = textOf(columns.words);
    return text === '' || undetermined.includes(text) ? undefined : { kind: 'text', text };
  }
  const number = (name: string): string | undefined => {
    const text = textOf(name);
    if (text === '') return undefined;
    const plain = plainDecimal(text, '.');
    if (!isDecimalText(plain))
      throw new Unusable(name, goalRowRules.number, `'${text.slice(0, 60)}' is not a plain decimal number.`);
    return plain;
  };
  const [from, to] = [number(columns.from), number(columns.to)];
  if (from === undefined && to === undefined) return undefined;
  if (to === undefined) return { kind: 'max', value: from! };
  if (from === undefined) return { kind: 'min', value: to };
  return from === to ? { kind: 'target', value: from } : { kind: 'range', from, to };
}

const directionOf = (target: Target | undefined): Direction | undefined =>
  target &&
  (
    {
      max: 'higher-is-better',
      min: 'lower-is-better',
      target: 'within-band',
      range: 'within-band',
      text: 'milestone',
    } as const
  )[target.kind];

function dueDateOf(column: string, year: string, month: string): string | undefined {
  if (year === '' && month === '') return undefined;
  if (!/^\d{4}$/.test(year) || !/^(0?[1-9]|1[0-2])$/.test(month))
    throw new Unusable(column, goalRowRules.due, `'${year.slice(0, 30)}', '${month.slice(0, 30)}' is no month.`);
  return new Date(Date.UTC(Number(year), Number(month), 0)).toISOString().slice(0, 10);
}
