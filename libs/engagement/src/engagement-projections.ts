import type { Projection } from '@app/projections';
import { consultationCoverage } from './read-models/consultation-coverage/consultation-coverage.js';
import { respondents } from './read-models/consultation-coverage/respondents.js';
import { inputTraceability } from './read-models/input-traceability/input-traceability.js';
import { statementSupport } from './read-models/statement-support/statement-support.js';
import { votingDays } from './read-models/voting-days/voting-days.js';

export const engagementProjections: readonly Projection[] = [
  consultationCoverage,
  respondents,
  inputTraceability,
  statementSupport,
  votingDays,
];
