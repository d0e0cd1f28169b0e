import { Decimal, ensure } from '@app/kernel';
import type { Consequence, Objective } from './agreement.events.js';
import { agreementRules } from './agreement.rules.js';
import type { Terms } from './agreement.state.js';

/** Refuses terms that could not come into force; held again by nothing else, because every later edit voids signatures. */
export function ensureComplete({ parties, objectives, consequences, reviewSchedule }: Terms): void {
  const roles = parties.map(({ role }) => role);
  ensure(
    roles.includes('provider') && roles.includes('consumer'),
    agreementRules.aProviderAndAConsumerAgree,
    '/parties',
  );
  ensure(objectives.length > 0, agreementRules.anAgreementPromisesSomething, '/objectives');
  for (const objective of objectives) {
    const consequence = consequences.find(({ objectiveId }) => objectiveId === objective.objectiveId);
    ensure(
      consequence !== undefined,
      agreementRules.everyObjectiveHasAConsequence,
      `/objectives/${objective.objectiveId}`,
    );
    ensurePointsForEverySeverity(consequence, objective);
  }
  const sum = objectives.reduce((total, { weight }) => total.plus(weight), new Decimal(0));
  ensure(sum.equals(1), agreementRules.weightsSumToOne, '/objectives', `They sum to ${sum.toString()}.`);
  const starts = new Set(objectives.flatMap(({ fiscalYearStart }) => fiscalYearStart ?? []));
  ensure(
    starts.size <= 1,
    agreementRules.fiscalYearsStartInTheSameMonth,
    '/objectives',
    `They start in ${[...starts].join(', ')}.`,
  );
  ensure(reviewSchedule !== undefined, agreementRules.aReviewIsScheduled, '/reviewSchedule');
}

export function ensurePointsForEverySeverity(consequence: Consequence, objective: Objective): void {
  const given = consequence.points.map(({ severity }) => severity).sort();
  const wanted = objective.severityBands.map(({ severity }) => severity).sort();
  ensure(
    given.join() === wanted.join(),
    agreementRules.aConsequenceGivesPointsForEverySeverity,
    '/points',
    `${objective.objectiveId} has ${wanted.join(', ')}.`,
  );
}
