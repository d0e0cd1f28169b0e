import type { Projection } from '@app/projections';
import { statementSupport } from './read-models/statement-support/statement-support.js';
import { votingDays } from './read-models/voting-days/voting-days.js';

export const engagementProjections: readonly Projection[] = [statementSupport, votingDays];
