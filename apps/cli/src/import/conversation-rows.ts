import { basename } from 'node:path';
import { CommandFailure, exitCodes } from '../exit-codes.js';
import type { ConversationProfile } from './conversation-profile.js';
import { rowRules } from './map-row.js';
import type { Rejection } from './rejection-report.js';
import { readRows, sizeOf } from './source-rows.js';

/** One line of an upload, and where it comes from. */
export interface Line {
  readonly json: string;
  readonly origin: { readonly line: number; readonly id: string };
  /** When it happened; empty where the file does not say. */
  readonly at: string;
}
export interface Lines {
  readonly lines: readonly Line[];
  /** Rows that the profile cannot read. */
  readonly faults: readonly Rejection[];
}

type Row = (column: string) => string;
type Table = Pick<ConversationProfile, 'delimiter' | 'encoding'> & { readonly signal?: AbortSignal };

class Unreadable extends Error {
  constructor(
    readonly field: string,
    readonly rule: string,
    reason: string,
  ) {
    super(reason);
  }
}

/** Makes a line of every row of a file, in its order. */
async function linesOf(
  file: string,
  columns: readonly (string | undefined)[],
  table: Table,
  make: (row: Row) => { readonly id: string; readonly line: object; readonly at?: string },
): Promise<Lines> {
  const lines: Line[] = [];
  const faults: Rejection[] = [];
  const { delimiter, encoding, signal } = table;
  const options = { file, delimiter, encoding, onBytes: () => undefined, ...(signal === undefined ? {} : { signal }) };
  sizeOf(file);
  let header: readonly string[] | undefined;
  for await (const { line, fields } of readRows(options)) {
    if (header === undefined) {
      header = headerOf(fields, columns, file);
      continue;
    }
    const names = header;
    const row: Row = (column) => fields[names.indexOf(column)]!;
    try {
      if (fields.length !== names.length)
        throw new Unreadable('', rowRules.columns, `The row has ${fields.length} fields, the header ${names.length}.`);
      const { id, line: said, at = '' } = make(row);
      lines.push({ json: JSON.stringify(said), origin: { line, id }, at });
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      faults.push({ line, id: basename(file), field: error.field, rule: error.rule, reason: error.message });
    }
  }
  if (header === undefined) throw new CommandFailure(`${file} is empty: it has no header.`, exitCodes.usage);
  return { lines, faults };
}

function headerOf(
  header: readonly string[],
  columns: readonly (string | undefined)[],
  file: string,
): readonly string[] {
  const missing = columns.filter((name): name is string => name !== undefined && !header.includes(name));
  if (missing.length === 0) return header;
  const [wanted, shown] = [missing, header].map((names) => names.map((name) => `'${name}'`).join(', '));
  throw new CommandFailure(`${file} has no column ${wanted}. Its header has: ${shown}`, exitCodes.usage);
}

const scales = { 'epoch-milliseconds': 1, 'epoch-seconds': 1_000 } as const;

const timeIn =
  ({ time }: ConversationProfile) =>
  (row: Row, column: string): string => {
    const text = row(column);
    const instant = new Date(/^\d{1,14}$/.test(text) ? Number(text) * scales[time] : Number.NaN);
    if (Number.isNaN(instant.getTime()))
      throw new Unreadable(column, rowRules.time, `'${text.slice(0, 60)}' is not a moment as ${time}.`);
    return instant.toISOString();
  };

/** What a text of the file means; a text that the profile does not name is a fault of its row. */
function meaningOf<Meaning extends string>(
  texts: Readonly<Partial<Record<Meaning, readonly string[] | undefined>>>,
  row: Row,
  column: string,
): Meaning {
  const text = row(column);
  for (const meaning of Object.keys(texts) as Meaning[]) if (texts[meaning]?.includes(text)) return meaning;
  throw new Unreadable(column, rowRules.known, `'${text.slice(0, 60)}' is none of the texts that the profile names.`);
}

export interface Verdict {
  readonly statement: string;
  readonly verdict: 'pending' | 'accepted' | 'rejected';
}

export interface ConversationRows {
  readonly participants: Lines;
  /** Ids of the groups that participants are in, in order. */
  readonly groups: readonly string[];
  readonly statements: Lines;
  readonly verdicts: readonly Verdict[];
  /** In the order of time. */
  readonly votes: Lines;
  /** Of the first and last thing that happened; undefined where nothing did. */
  readonly first: string | undefined;
  readonly last: string | undefined;
}

/** Everything that the files of a conversation say. */
export async function readConversation(
  profile: ConversationProfile,
  pathOf: (file: string) => string,
  signal?: AbortSignal,
): Promise<ConversationRows> {
  const table = { ...profile, ...(signal === undefined ? {} : { signal }) };
  const blank = new Set(profile.blank);
  const timeOf = timeIn(profile);
  const times: string[] = [];
  const noted = (time: string): string => {
    times.push(time);
    return time;
  };

  const groups = new Set<string>();
  const { participants: people } = profile;
  const participants = await linesOf(pathOf(people.file), Object.values(people.columns), table, (row) => {
    const id = row(people.columns.id);
    const group = people.columns.group === undefined ? '' : row(people.columns.group);
    if (blank.has(group) || group === '') return { id, line: { id } };
    groups.add(group);
    return { id, line: { id, group } };
  });

  const verdicts: Verdict[] = [];
  const { columns, verdicts: texts, file } = profile.statements;
  const statements = await linesOf(pathOf(file), Object.values(columns), table, (row) => {
    const id = row(columns.id);
    const verdict = columns.verdict === undefined ? 'pending' : meaningOf(texts, row, columns.verdict);
    const author = columns.author === undefined ? '' : row(columns.author);
    const proposedAt = noted(timeOf(row, columns.time));
    verdicts.push({ statement: id, verdict });
    const by = blank.has(author) || author === '' ? {} : { author };
    return { id, line: { id, text: row(columns.text), ...by, proposedAt } };
  });

  const seen = new Map<string, number>();
  const { votes: ballots } = profile;
  const votes = await linesOf(pathOf(ballots.file), Object.values(ballots.columns), table, (row) => {
    const [participant, statement] = [row(ballots.columns.participant), row(ballots.columns.statement)];
    const castAt = noted(timeOf(row, ballots.columns.time));
    const vote = meaningOf(ballots.votes, row, ballots.columns.vote);
    // A file may hold the same row twice: that is two events.
    const name = `${statement}/${Date.parse(castAt)}`;
    const count = (seen.get(`${participant} ${name}`) ?? 0) + 1;
    seen.set(`${participant} ${name}`, count);
    const id = count === 1 ? name : `${name}/${count}`;
    return { id: `${participant} ${id}`, line: { id, participant, statement, vote, castAt }, at: castAt };
  });
  const sorted = times.sort();
  return {
    participants,
    groups: [...groups].sort(),
    statements,
    verdicts,
    votes: { ...votes, lines: votes.lines.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)) },
    first: sorted[0],
    last: sorted.at(-1),
  };
}

/** Names and values of a file without a header. */
export async function readNames(
  profile: ConversationProfile,
  file: string,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const { delimiter, encoding } = profile;
  sizeOf(file);
  const names = new Map<string, string>();
  const options = { file, delimiter, encoding, onBytes: () => undefined, ...(signal === undefined ? {} : { signal }) };
  for await (const { fields } of readRows(options)) names.set(fields[0] ?? '', fields[1] ?? '');
  return names;
}
