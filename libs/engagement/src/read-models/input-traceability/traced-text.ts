import type { GoalOutcome, Outcome } from '../../consultation/outcomes.js';

/** `problem water-2026/far-standpipes: standpipe-within-200m 41.5 (2026-Q2)`, for one cell of a table. */
export function tracedText({ kind, plan, agreement, id, goals = [] }: Outcome): string {
  const name = `${kind} ${plan ?? agreement ?? ''}/${id}`;
  const results = goals.map(goalText);
  return results.length === 0 ? name : `${name}: ${results.join(', ')}`;
}

function goalText({ goal, result, noData }: GoalOutcome): string {
  const notice = noData === undefined ? '' : `, no data since ${noData.since}`;
  if (result === undefined) return `${goal} not measured yet${notice}`;
  const measured = 'value' in result ? result.value : 'text' in result ? result.text : `no data, ${result.noData}`;
  return `${goal} ${measured} (${result.period})${notice}`;
}
