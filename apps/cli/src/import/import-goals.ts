import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { CommandFailure, exitCodes } from '../exit-codes.js';
import { batchSender, type BatchOutcome } from './batch-sender.js';
import type { GoalsProfile } from './goals-profile.js';
import { ImportStopped, type ImportCounts, type ImportOptions } from './import-options.js';
import { goalMapper, type GoalRow, type MappedGoal } from './map-goal.js';
import { RejectionReport } from './rejection-report.js';
import { registrar } from './set-up.js';
import { readRows, sizeOf } from './source-rows.js';

interface PlacedRow extends GoalRow {
  /** Of the file. */
  readonly line: number;
}
interface PublishedPlan {
  readonly agency: string;
  readonly plan: GoalRow['plan'];
  readonly publishedBy: string;
  readonly rows: readonly PlacedRow[];
}
type Line = Pick<PlacedRow, 'line'> & { readonly id: string; readonly content: object };

/** Cards, and uploads of readings, on their way at the same time. */
const atOnce = 8;

/**
 * Records the published plans of a file with their goals, in order of their cycles, and results in numbers as readings of one indicator
 * for each goal. All rows are read first: only the other plans show which goals are carried forward. A row whose goal stands but whose
 * reading is refused counts as rejected too.
 */
export async function importGoals(options: ImportOptions<GoalsProfile>): Promise<ImportCounts> {
  const { url, token, profile, file, fetch = globalThis.fetch, patience = 60_000, batchLines = 2000 } = options;
  const bytesTotal = sizeOf(file);
  const retrying = { patience, ...(options.signal === undefined ? {} : { signal: options.signal }) };
  const report = options.reportFile === undefined ? undefined : new RejectionReport(options.reportFile);
  const counts = { accepted: 0, unchanged: 0, rejected: 0 };
  const deliver = async (agency: string, path: string, lines: readonly Line[]): Promise<BatchOutcome[]> => {
    const send = batchSender({ ...retrying, url, fetch, token, agency, path });
    const outcomes: BatchOutcome[] = [];
    for (let from = 0; from < lines.length; from += batchLines) {
      const origins = lines.slice(from, from + batchLines);
      const outcome = await send({
        ndjson: origins.map(({ content }) => `${JSON.stringify(content)}\n`).join(''),
        origins,
      });
      for (const { line, pointer, rule, detail } of outcome.refusals) {
        const origin = origins[line - 1];
        if (origin === undefined) throw new CommandFailure(`The service rejected line ${line}, which was not sent.`);
        await report?.add({ line: origin.line, id: origin.id, field: pointer, rule, reason: detail });
      }
      counts.rejected += outcome.rejected;
      outcomes.push(outcome);
    }
    return outcomes;
  };
  try {
    const rows: PlacedRow[] = [];
    for await (const { line, mapped } of mappedRows(options)) {
      if (!('fault' in mapped)) rows.push({ ...mapped, line });
      else {
        counts.rejected++;
        await report?.add({ line, ...mapped.fault, id: mapped.fault.id.slice(0, 200) });
      }
    }
    const sourceHash = await hashOf(file);
    const register = await registrar({ url, token, fetch, retrying, notice: options.notice ?? (() => undefined) });
    for (const { agency, agencyName } of firstOf(rows, ({ agency: id }) => id))
      await register(
        '/v1/agencies',
        { id: agency, name: agencyName, timeZone: profile.agencies.timeZone },
        `Agency ${agency}`,
      );
    await severally(cardsOf(profile, rows), ({ agency, card }) =>
      register(`/v1/agencies/${agency}/indicators`, card, `Indicator ${card.id}`),
    );
    const plans = plansIn(rows);
    for (const published of plans) {
      const { agency, plan, publishedBy } = published;
      const { reportedTo: _reportedTo, ...head } = plan;
      const before = plans.find((other) => other.agency === agency && other.plan.id === plan.predecessor);
      const { predecessor: _predecessor, ...first } = head;
      const body = { ...(before === undefined ? first : head), publishedBy, source: profile.source, sourceHash };
      await register(`/v1/agencies/${agency}/published-plans`, body, `Plan ${plan.id} of ${agency}`);
      const path = `/v1/agencies/${agency}/plans/${plan.id}`;
      for (const outcome of await deliver(agency, `${path}/published-goals`, goalLines(published, before))) {
        counts.accepted += outcome.accepted;
        counts.unchanged += outcome.unchanged;
        const answered = counts.accepted + counts.unchanged + counts.rejected;
        options.progress?.({
          ...counts,
          rows: answered,
          bytesTotal,
          bytesRead: Math.floor((bytesTotal * answered) / rows.length),
        });
      }
      if (before !== undefined) {
        const successor = `/v1/agencies/${agency}/plans/${before.plan.id}/successor`;
        await register(successor, { plan: plan.id }, `Plan ${plan.id} after ${before.plan.id} of ${agency}`);
      }
    }
    await severally(readingsIn(rows), async ({ agency, indicator, lines }) => {
      await deliver(agency, `/v1/agencies/${agency}/indicators/${indicator}/readings`, lines);
    });
    return counts;
  } catch (error) {
    if (counts.accepted + counts.unchanged === 0 && error instanceof CommandFailure) throw error;
    throw new ImportStopped(error, counts);
  } finally {
    await report?.close();
  }
}

async function* mappedRows({
  profile,
  file,
  signal,
}: ImportOptions<GoalsProfile>): AsyncGenerator<{ readonly line: number; readonly mapped: MappedGoal }> {
  const { delimiter, encoding } = profile;
  const onBytes = (): void => undefined;
  let map: ReturnType<typeof goalMapper> | undefined;
  for await (const { line, fields } of readRows({
    file,
    delimiter,
    encoding,
    onBytes,
    ...(signal ? { signal } : {}),
  })) {
    if (map === undefined) map = goalMapper(profile, fields, basename(file));
    else yield { line, mapped: map(fields) };
  }
  if (map === undefined) throw new CommandFailure(`${basename(file)} is empty: it has no header.`, exitCodes.usage);
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

const firstOf = <T>(all: readonly T[], key: (one: T) => string): T[] =>
  [...groupsOf(all, key).values()].map(([one]) => one!);

function groupsOf<T>(all: readonly T[], key: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(key(one));
    if (group === undefined) groups.set(key(one), [one]);
    else group.push(one);
  }
  return groups;
}

/** In order of cycles: a plan is recorded after the one that it follows. */
const plansIn = (rows: readonly PlacedRow[]): PublishedPlan[] =>
  [...groupsOf(rows, ({ agency, plan }) => `${agency} ${plan.id}`).values()]
    .map((group) => ({
      agency: group[0]!.agency,
      plan: group[0]!.plan,
      publishedBy: group[0]!.publishedBy,
      rows: group,
    }))
    .sort((left, right) => left.plan.cycle - right.plan.cycle);

function goalLines({ rows }: PublishedPlan, before: PublishedPlan | undefined): Line[] {
  const standing = new Set(before?.rows.map(({ goal }) => goal.goalId));
  return rows.map(({ line, goal }) => ({
    line,
    id: goal.goalId,
    content: standing.has(goal.goalId) ? { ...goal, carriedForward: true } : goal,
  }));
}

/** One indicator for each goal that has a result in numbers; the others name theirs, and it is defined with their first result. */
const cardsOf = (profile: GoalsProfile, rows: readonly PlacedRow[]) =>
  firstOf(
    rows.filter(({ reading }) => reading !== undefined).sort((left, right) => left.plan.cycle - right.plan.cycle),
    ({ agency, goal }) => `${agency} ${goal.goalId}`,
  ).map(({ agency, goal }) => ({
    agency,
    card: {
      ...profile.card,
      id: goal.goalId,
      title: goal.title.slice(0, 200),
      definition: goal.title,
      unit: goal.unit!,
      direction: goal.direction === 'lower-is-better' ? 'lower-is-better' : 'higher-is-better',
      timeZone: profile.agencies.timeZone,
    },
  }));

const readingsIn = (rows: readonly PlacedRow[]) =>
  [
    ...groupsOf(
      rows.filter(({ reading }) => reading !== undefined),
      ({ agency, goal }) => `${agency} ${goal.goalId}`,
    ).values(),
  ].map((group) => ({
    agency: group[0]!.agency,
    indicator: group[0]!.goal.goalId,
    lines: group.map(({ line, plan, goal, reading }): Line => ({
      line,
      id: goal.goalId,
      content: { id: `${plan.id}/${goal.goalId}`, kind: 'value', ...reading, dimensions: {} },
    })),
  }));

/** A few at the same time; the first failure ends the rest. */
async function severally<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const waiting = [...all];
  const next = async (): Promise<void> => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) await work(one);
  };
  await Promise.all(Array.from({ length: atOnce }, next));
}
