import { Decimal, cycleOf, isDecimalText, isPeriodKey, periodOf } from '@app/kernel';
import { CommandFailure, exitCodes } from '../exit-codes.js';
import type { ReadingsProfile } from './profile.js';
import { timeFormat, zoned } from './time-format.js';

/** A row that the profile cannot make a reading of. */
export interface RowFault {
  readonly id: string;
  readonly field: string;
  readonly rule: string;
  readonly reason: string;
}
export type Mapped =
  { readonly id: string; readonly json: string } | { readonly fault: RowFault } | { readonly leftOut: true };

export const rowRules = {
  columns: 'import/a-row-has-as-many-fields-as-the-header',
  blank: 'import/a-required-field-is-not-blank',
  time: 'import/a-time-follows-the-time-format',
  number: 'import/a-number-is-a-plain-decimal',
  period: 'import/a-period-follows-the-reporting-cycle',
  known: 'import/a-text-is-one-that-the-profile-names',
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

const lettersOf = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

function similarTo(name: string, header: readonly string[]): string {
  const wanted = lettersOf(name);
  const like = header.find(
    (other) => lettersOf(other) === wanted || (wanted.length > 3 && near(lettersOf(other), wanted)),
  );
  return like === undefined ? '' : ` Did you mean '${like}'?`;
}

/** One contains the other, or they begin alike for most of their length. */
const near = (a: string, b: string): boolean => {
  if (a.length > 3 && (a.includes(b) || b.includes(a))) return true;
  let same = 0;
  while (same < Math.min(a.length, b.length) && a[same] === b[same]) same++;
  return same * 2 > Math.max(a.length, b.length);
};

/** Finds every column that a profile names, wherever it stands; says all that are missing at once. */
export function columnsIn(
  header: readonly string[],
  file: string,
  profile: string,
  wanted: readonly (readonly [pointer: string, name: string])[],
): (name: string) => number {
  const mistakes = wanted.flatMap(([pointer, name]) => {
    const times = header.filter((other) => other === name).length;
    if (times === 1) return [];
    if (times > 1) return [`column '${name}' (profile ${pointer}) stands ${times} times in the header.`];
    return [`column '${name}' (profile ${pointer}) is not in the header.${similarTo(name, header)}`];
  });
  if (mistakes.length > 0) {
    const shown = header
      .slice(0, 40)
      .map((name) => `'${name.slice(0, 60)}'`)
      .join(', ');
    throw new CommandFailure(
      `${file}: the header does not fit profile ${profile}:\n  ${mistakes.join('\n  ')}\nThe header has: ${shown}`,
      exitCodes.usage,
    );
  }
  return (name) => header.indexOf(name);
}

export const columnNames = (columns: Readonly<Record<string, string | readonly string[] | undefined>>) =>
  Object.entries(columns).flatMap(([key, names]): [string, string][] =>
    [names ?? []].flat().map((name): [string, string] => [`/columns/${key}`, name]),
  );

/** Without plus, leading zeros and spaces; what is no number stays as it is. */
export const plainDecimal = (text: string, mark: '.' | ','): string => {
  const found = /^\s*([+-]?)0*(\d*)(?:\.(\d*))?\s*$/.exec(mark === ',' ? text.replace(',', '.') : text);
  if (found === null || (!found[2] && !found[3] && !/0/.test(text))) return text;
  const plain = `${found[2] || '0'}${found[3] ? `.${found[3]}` : ''}`;
  return found[1] === '-' ? `-${plain}` : plain;
};

/** Makes of each row one NDJSON line of the bulk upload, as the profile says. */
export function rowMapper(
  profile: ReadingsProfile,
  header: readonly string[],
  file: string,
): (fields: readonly string[]) => Mapped {
  const at = columnsIn(header, file, profile.name, [
    ...columnNames(profile.columns),
    ...Object.keys(profile.only).map((name): [string, string] => [`/only/${name}`, name]),
    ...Object.entries(profile.dimensions).map(([key, name]): [string, string] => [`/dimensions/${key}`, name]),
  ]);
  const blank = new Set(profile.blank);
  const idAt = [profile.columns.id].flat().map(at);
  const dimensions = Object.entries(profile.dimensions).map(([name, column]): [string, number] => [name, at(column)]);
  const only = Object.entries(profile.only).map(([column, texts]) => ({ index: at(column), texts: new Set(texts) }));
  const contentOf = contentMapper(profile, at, (text) => blank.has(text));
  const given = (fields: readonly string[], index: number): string => {
    const text = fields[index]!;
    return blank.has(text) ? '' : text;
  };
  return (fields) => {
    const id = idAt.map((index) => fields[index] ?? '').join('/');
    if (fields.length !== header.length) {
      const reason = `The row has ${fields.length} fields, the header ${header.length}.`;
      return { fault: { id, field: '', rule: rowRules.columns, reason } };
    }
    if (only.some(({ index, texts }) => !texts.has(fields[index]!))) return { leftOut: true };
    try {
      const missing = idAt.find((index) => given(fields, index) === '');
      if (missing !== undefined) throw new Unusable(header[missing]!, rowRules.blank, 'A reading has an id.');
      const json = JSON.stringify({
        id,
        kind: profile.kind,
        ...contentOf(fields),
        dimensions: Object.fromEntries(dimensions.map(([name, index]) => [name, given(fields, index)])),
      });
      return { id, json };
    } catch (error) {
      if (!(error instanceof Unusable)) throw error;
      return { fault: { id, field: error.field, rule: error.rule, reason: error.message } };
    }
  };
}

type Content = (fields: readonly string[]) => Record<string, string>;

function contentMapper(
  profile: ReadingsProfile,
  at: (name: string) => number,
  isBlank: (text: string) => boolean,
): Content {
  const required = (fields: readonly string[], column: string, index: number): string => {
    const text = fields[index]!;
    if (isBlank(text)) throw new Unusable(column, rowRules.blank, `${column} is blank.`);
    return text;
  };
  if (profile.kind === 'case') {
    const read = timeFormat(profile.timeFormat);
    const toZone = zoned(profile.timeZone);
    const time = (column: string, text: string): string => {
      const parsed = read(text);
      if (parsed !== undefined) return toZone(parsed);
      throw new Unusable(column, rowRules.time, `'${text.slice(0, 60)}' is not a time like ${profile.timeFormat}.`);
    };
    const { start, stop, deadline } = profile.columns;
    const startAt = at(start);
    const rest = (
      [
        ['stoppedAt', stop],
        ['dueAt', deadline],
      ] as const
    ).flatMap(([name, column]) => (column === undefined ? [] : [{ name, column, index: at(column) }]));
    return (fields) => {
      const content: Record<string, string> = { startedAt: time(start, required(fields, start, startAt)) };
      for (const { name, column, index } of rest) {
        const text = fields[index]!;
        if (!isBlank(text)) content[name] = time(column, text);
      }
      return content;
    };
  }
  const numbers = Object.entries(profile.columns).flatMap(([name, column]) =>
    name === 'id' || name === 'period' || typeof column !== 'string' ? [] : [{ name, column, index: at(column) }],
  );
  const period = periodReader(profile);
  const periodAt = at(profile.columns.period);
  const percents = profile.kind === 'ratio' && profile.targetUnit === 'share';
  return (fields) => {
    const content: Record<string, string> = {
      period: period(required(fields, profile.columns.period, periodAt)),
    };
    for (const { name, column, index } of numbers) {
      const text = fields[index]!;
      if (isBlank(text)) continue;
      const number = plainDecimal(text, profile.decimalMark);
      if (!isDecimalText(number)) {
        throw new Unusable(column, rowRules.number, `'${number.slice(0, 60)}' is not a plain decimal number.`);
      }
      content[name] = name === 'target' && percents ? new Decimal(number).times(100).toString() : number;
    }
    return content;
  };
}

function periodReader(profile: Exclude<ReadingsProfile, { kind: 'case' }>): (text: string) => string {
  const { cycle, format, fiscalYearStart } = profile.period;
  const column = profile.columns.period;
  const read = format === undefined ? undefined : timeFormat(format);
  return (text) => {
    if (read === undefined) {
      if (isPeriodKey(text, cycle)) return text;
      const other = cycleOf(text);
      const seen = other === undefined ? 'is not a period' : `is a ${other}`;
      throw new Unusable(column, rowRules.period, `'${text.slice(0, 60)}' ${seen}; the profile says ${cycle}.`);
    }
    const parsed = read(text);
    if (parsed === undefined) {
      throw new Unusable(column, rowRules.time, `'${text.slice(0, 60)}' is not a date like ${format}.`);
    }
    return periodOf(parsed.local, cycle, fiscalYearStart);
  };
}
