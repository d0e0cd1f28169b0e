import { Decimal } from '@app/kernel';
import { contentHash } from '../src/plan/content-hash.js';
import type { PlanState, Published } from '../src/plan/plan.state.js';

export function ensureSeated(state: PlanState): void {
  if (state.status === 'unopened') return;
  const persons = state.team.map(({ person }) => person);
  expect(new Set(persons).size).toBe(persons.length);
  if (state.status === 'cycle-open' || state.status === 'diagnosing') return;
  const seats = state.team.map((member) => member.seat);
  expect(seats).toEqual(expect.arrayContaining(['supervisor', 'team-lead', 'community']));
}

export function expectPublished(state: PlanState): void {
  if (state.status !== 'published') throw new Error('It is in force.');
  expectDecidedByThree(state);
  expectComplete(state);
}

/** Everybody was heard when the content was submitted, and nothing that was accepted leads nowhere. */
function expectDecidedByThree({ authority, authors, contentHash: hash, version, ...content }: Published): void {
  if (authority.kind !== 'approved') throw new Error('Nobody else published it.');
  const { author, endorser, approver, consultations } = authority;
  expect(new Set([author, endorser, approver]).size).toBe(3);
  expect(authors).toContain(author);
  expect(authors).not.toContain(endorser);
  expect(authors).not.toContain(approver);
  expect(consultations).toEqual(['water-2026']);
  expect(hash).toBe(contentHash('boston', 'water-2026', version, { ...content, authors, version }, consultations));
}

function expectComplete({ keyServices, standards, problems, goals, solutions }: Published): void {
  for (const { serviceId } of keyServices)
    expect(standards.some((one) => one.serviceId === serviceId && one.desired.length > 0)).toBe(true);
  expect(problems.length).toBeGreaterThan(0);
  for (const { problemId } of problems.filter(({ late }) => !late)) {
    expect(goals.some(({ problemIds }) => problemIds.includes(problemId))).toBe(true);
    expect(solutions.some((one) => one.status !== 'rejected' && one.problemIds.includes(problemId))).toBe(true);
  }
  for (const { indicatorId, baseline, target, unit, direction, dueDate } of goals) {
    expect([indicatorId, unit, direction, dueDate]).not.toContain(undefined);
    if (baseline === undefined || target?.kind !== 'min') throw new Error('A goal without baseline or target.');
    expect(new Decimal(target.value).lessThan(baseline.value)).toBe(true);
  }
  const weights = goals.map(({ weight }) => weight ?? '0');
  expect(Decimal.sum(...weights).toString()).toBe('1');
  for (const { status, owner } of solutions) expect(status === 'selected' && owner === undefined).toBe(false);
}
