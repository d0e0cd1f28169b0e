import { DecimalField, EnumField, ListField, SlugField, TextField, problemAt, problems } from '@app/http';
import type { MeasuredResult } from './file-progress-report/file-progress-report.js';
import type { GoalResult } from './plan.events.js';

const resultKinds = ['measured', 'value', 'text', 'no-data'] as const;

export class GoalResultBody {
  @SlugField('Goal of the plan', { example: 'leaks-in-three-days' })
  goalId: string;
  @EnumField(
    'Taken from the readings of the period (measured), a number of the reporter, words, or missing',
    resultKinds,
    { example: 'measured' },
  )
  kind: (typeof resultKinds)[number];
  @DecimalField('The number, in the unit of the goal', { optional: true, example: '6.5' })
  value?: string;
  @TextField('The words, or why there is no data', { optional: true, maxLength: 2000 })
  text?: string;
}

export class EvidenceBody {
  @TextField('What it is', { maxLength: 300, example: 'Repair log of the second quarter' })
  title: string;
  @TextField('SHA-256 of the document, in lower-case hex', { pattern: /^[0-9a-f]{64}$/, example: 'b'.repeat(64) })
  sha256: string;
}

export class FileProgressReportBody {
  @SlugField('Short name of the report', { example: 'report-2026-q4' })
  reportId: string;
  @TextField('Month, quarter, year or fiscal year that it is about', { maxLength: 9, example: '2026-Q4' })
  period: string;
  @ListField('What came of the goals that the solutions of the reporter serve', () => GoalResultBody, {
    minItems: 1,
    maxItems: 500,
  })
  results: GoalResultBody[];
  @TextField('What was done, and what stands in the way', {
    maxLength: 10_000,
    example: 'The crew works since October.',
  })
  narrative: string;
  @ListField('Documents that show it', () => EvidenceBody, { maxItems: 100 })
  evidence: EvidenceBody[];
}

/** @throws Problem where a result has not exactly what its kind needs */
export function resultIn({ goalId, kind, value, text }: GoalResultBody, at: number): GoalResult | MeasuredResult {
  const given = value === undefined ? (text === undefined ? 'nothing' : 'text') : text === undefined ? 'value' : 'both';
  const needed = { measured: 'nothing', value: 'value', text: 'text', 'no-data': 'text' }[kind];
  if (given !== needed)
    throw problemAt(
      problems.invalidFields,
      `/results/${at}`,
      `A result of kind ${kind} has ${needed} beside its goal.`,
    );
  switch (kind) {
    case 'measured':
      return { kind, goalId };
    case 'value':
      return { kind, goalId, value: value!, readings: [] };
    case 'text':
      return { kind, goalId, text: text! };
    case 'no-data':
      return { kind, goalId, reason: text! };
  }
}
